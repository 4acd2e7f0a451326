import { isObject, type JsonObject } from '../mapping/json-type.ts';
import { writeUserData } from '../meta/user-data/user-data.ts';
import { type MatchKeyRow, matchKeyTable, userDataNames } from '../meta/user-data/match-key-table.ts';
import { withoutRoot } from './advice.ts';
import { directiveAt } from './directive-at.ts';
import type { ExplainedField, MatchKeyAdvice } from './explanation.ts';
import { type FieldSubject, memberOf } from './field-subject.ts';
import { pathsIn } from './paths-in.ts';
import { orList } from './words.ts';

/**
 * Match keys worth sending, the ones that find most people first.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices
 */
const ranking = (matchKeyTable as readonly MatchKeyRow[])
  .flatMap(({ key, from, madeFrom, hashed, advice }) =>
    advice === undefined
      ? []
      : [{ key, ...advice, members: Object.keys({ ...from, ...(hashed === undefined && madeFrom) }) }],
  )
  .toSorted((a, b) => a.rank - b.rank);
type RankedKey = (typeof ranking)[number];

/** The match keys that an event has, and where the ones that would help belong in the Segment event. */
export function adviseMatchKeys(subject: FieldSubject, fields: readonly ExplainedField[]): MatchKeyAdvice {
  const present = Object.keys(peopleOf(subject));
  const source = subject.resolved['action_source'];
  const missing = ranking
    .filter(({ key, browser }) => !present.includes(key) && (!browser || source === undefined || source === 'website'))
    .map((row) => ({ key: row.key, title: row.title, how: howToGive(row, subject, fields) }));
  return { present: present.toSorted((a, b) => rankOf(a) - rankOf(b)), missing };
}

const rankOf = (key: string): number => {
  const rank = ranking.findIndex((each) => each.key === key);
  return rank === -1 ? ranking.length : rank;
};

/** As sent; for an event that came to nothing, as it would have been. */
function peopleOf({ serverEvent, resolved, sha256, now }: FieldSubject): JsonObject {
  const sent = memberOf(serverEvent, 'user_data');
  if (isObject(sent)) return sent;
  const values = userDataNames.map((name) => memberOf(resolved['user_data'], name));
  return JSON.parse(writeUserData(values, { occurredAt: now, now, asSegment: false, sha256 }, []).json);
}

/** Of the places that a mapping reads for a member, the first say enough. */
const mostPlaces = { ofOne: 2, ofSeveral: 1 } as const;

function howToGive(
  { members: names, hint }: RankedKey,
  { mapping, event }: FieldSubject,
  fields: readonly ExplainedField[],
): string {
  const members = names.map((name) => `user_data.${name}`);
  const dropped = fields.find(({ field, dropped }) => dropped !== undefined && members.includes(field))?.dropped;
  const placesOf = members
    .map((member) =>
      pathsIn(directiveAt(mapping, member.split('.')))
        .filter((path) => isPlaceIn(path, event))
        .map(withoutRoot)
        .filter(isFirstOfItsHolder),
    )
    .filter((places) => places.length > 0);
  const most = placesOf.length === 1 ? mostPlaces.ofOne : mostPlaces.ofSeveral;
  const places = placesOf.flatMap((each) => each.slice(0, most));
  const how =
    places.length === 0
      ? `The mapping does not read it: fill ${members[0]}.`
      : `Put it into ${orList(places)} of the event.${hint === undefined ? '' : ` ${hint}`}`;
  return dropped === undefined ? how : `The value that came was left out: ${dropped} ${how}`;
}

/** Other spellings of a member in the same place need not be told. */
const isFirstOfItsHolder = (place: string, index: number, places: readonly string[]): boolean =>
  places.findIndex((each) => holderOf(each) === holderOf(place)) === index;

const holderOf = (place: string): string => place.slice(0, place.lastIndexOf('.'));

/** Only identify and group calls have traits of their own, and these have no properties. */
function isPlaceIn(path: string, { type }: JsonObject): boolean {
  const hasTraits = type === 'identify' || type === 'group';
  return !path.startsWith(hasTraits ? '$.properties.' : '$.traits.');
}
