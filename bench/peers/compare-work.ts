import type { JsonObject } from '../../shared/segment/event.ts';
import type { CandidateName } from './candidate.ts';

/** Members of a server event that a candidate writes differently from the minimum, and how often. */
export type Differences = ReadonlyMap<string, number>;

/**
 * Differences that are known, by candidate and member: none of them changes which one is faster. A member that ends in `.*`
 * stands for all below it.
 */
export const knownDifferences: Readonly<Record<CandidateName, Readonly<Record<string, string>>>> = {
  'this project': {
    referrer_url: 'is sent as well',
    'user_data.external_id': 'holds the anonymous id as well',
    'custom_data.num_items': 'is the sum of the quantities',
    'custom_data.content_name': 'is left out for a product: its line has it',
    'custom_data.content_category': 'is left out for a product: its line has it',
  },
  ...sameForBoth(["Segment's action", "Segment's framework"], {
    event_time: 'stays text',
    'user_data.db': 'is hashed as it is written',
    'user_data.ct': 'keeps its marks',
    'custom_data.content_ids': 'is left out for a product',
    'custom_data.num_items': 'is left out',
  }),
  "Meta's SDK": { 'user_data.external_id': 'is not hashed' },
  "RudderStack's transformer": {
    'user_data.ph': 'is hashed as it is written',
    'user_data.db': 'is hashed as it is written',
    'user_data.ct': 'is hashed as it is written',
    'custom_data.*': 'holds all properties',
  },
  'by hand over JSON.parse': {},
  'from bytes to bytes': {},
};

/** Where the samples of a candidate differ from the minimum's, event by event. */
export function differences(samples: readonly JsonObject[], expected: readonly JsonObject[]): Differences {
  const counts = new Map<string, number>();
  expected.forEach((event, index) => {
    const [wanted, given] = [membersOf(event), membersOf(samples[index] ?? {})];
    for (const member of new Set([...wanted.keys(), ...given.keys()])) {
      if (wanted.get(member) !== given.get(member)) counts.set(member, (counts.get(member) ?? 0) + 1);
    }
  });
  return counts;
}

/** Members among them that are not known. */
export function unknownDifferences(candidate: CandidateName, found: Differences): string[] {
  const known = Object.keys(knownDifferences[candidate]);
  const isKnown = (member: string): boolean =>
    known.some((name) => name === member || (name.endsWith('.*') && member.startsWith(name.slice(0, -1))));
  return [...found.keys()].filter((member) => !isKnown(member));
}

/** Values by the path of their members, as JSON. Whether one digest stands in a list makes no difference to Meta. */
function membersOf(event: JsonObject, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(event).flatMap(([name, value]): [string, string][] => {
      if (isObject(value)) return [...membersOf(value, `${prefix}${name}.`)];
      const [only, ...others] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
      return [[prefix + name, JSON.stringify(others.length === 0 ? only : value) ?? '']];
    }),
  );
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sameForBoth<Name extends CandidateName>(names: readonly Name[], known: Readonly<Record<string, string>>) {
  return Object.fromEntries(names.map((name) => [name, known])) as Record<Name, Readonly<Record<string, string>>>;
}
