import { isObject, type JsonObject } from '../mapping/json-type.ts';
import { writeUserData } from '../meta/user-data/user-data.ts';
import { userDataNames } from '../meta/user-data/user-data-names.ts';
import { withoutRoot } from './advice.ts';
import { directiveAt } from './directive-at.ts';
import type { ExplainedField, MatchKeyAdvice } from './explanation.ts';
import { type FieldSubject, memberOf } from './field-subject.ts';
import { hashedKeys, plainKeys } from './match-key-names.ts';
import { pathsIn } from './paths-in.ts';
import { orList } from './words.ts';

interface RankedKey {
  readonly key: string;
  readonly title: string;
  /** Only visitors of a site have it. */
  readonly browser?: true;
}

/**
 * Match keys worth sending, the ones that find most people first.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/best-practices
 */
const ranking: readonly RankedKey[] = [
  { key: 'em', title: 'Email address' },
  { key: 'ph', title: 'Phone number' },
  { key: 'fbc', title: 'Click id', browser: true },
  { key: 'external_id', title: 'User id or visitor id' },
  { key: 'fbp', title: 'Browser id', browser: true },
  { key: 'client_ip_address', title: 'IP address', browser: true },
  { key: 'client_user_agent', title: 'User agent', browser: true },
  { key: 'fn', title: 'First name' },
  { key: 'ln', title: 'Last name' },
  { key: 'db', title: 'Date of birth' },
  { key: 'zp', title: 'Postal code' },
  { key: 'ct', title: 'City' },
  { key: 'country', title: 'Country' },
  { key: 'st', title: 'State' },
  { key: 'ge', title: 'Gender' },
];

/** What a key needs that its paths do not say. */
const hints: Readonly<Record<string, string>> = {
  fbc: ' Either the _fbc cookie or the URL of the landing page with its fbclid will do; keep it for later conversions.',
  fbp: ' It is the value of the _fbp cookie.',
  ph: ' Begin it with the country code.',
  client_ip_address: " It must be the visitor's own.",
  client_user_agent: " It must be that of the visitor's browser.",
};

/** Which match keys an event has, and where the ones that would help belong in the Segment event. */
export function adviseMatchKeys(subject: FieldSubject, fields: readonly ExplainedField[]): MatchKeyAdvice {
  const present = Object.keys(peopleOf(subject));
  const source = subject.resolved['action_source'];
  const missing = ranking
    .filter(({ key, browser }) => !present.includes(key) && (!browser || source === undefined || source === 'website'))
    .map(({ key, title }) => ({ key, title, how: howToGive(key, subject, fields) }));
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
  return JSON.parse(writeUserData(values, { occurredAt: now, now, lastResort: false, sha256 }, []).json);
}

const membersOfKey = (key: string): readonly string[] =>
  [...Object.entries(hashedKeys), ...Object.entries(plainKeys)].flatMap(([name, its]) => (its === key ? [name] : []));

function howToGive(key: string, { mapping, event }: FieldSubject, fields: readonly ExplainedField[]): string {
  const members = membersOfKey(key).map((name) => `user_data.${name}`);
  const dropped = fields.find(({ field, dropped }) => dropped !== undefined && members.includes(field))?.dropped;
  const read = members.flatMap((member) => pathsIn(directiveAt(mapping, member.split('.'))));
  const places = read.filter((path) => isPlaceIn(path, event)).map(withoutRoot);
  const how =
    places.length === 0
      ? `The mapping does not read it: fill ${members[0]}.`
      : `Put it into ${orList(places)} of the event.${hints[key] ?? ''}`;
  return dropped === undefined ? how : `The value that came was left out: ${dropped} ${how}`;
}

/** Only identify and group calls have traits of their own, and these have no properties. */
function isPlaceIn(path: string, { type }: JsonObject): boolean {
  const hasTraits = type === 'identify' || type === 'group';
  return !path.startsWith(hasTraits ? '$.properties.' : '$.traits.');
}
