import { closest } from '../../shared/lib/closest.ts';
import { plural } from '../kit/plural.ts';
import { safeText } from '../kit/safe-text.ts';
import type { Filter, FilterName } from './filter.ts';
import type { Letter } from './letter.ts';
import type { Counts, Seen } from './seen.ts';
import { holdsPersonalData, maskedText } from './personal-text.ts';

const dimensions = {
  stage: ({ stage }) => stage,
  code: ({ code }) => code,
  source: ({ source }) => source ?? '(none)',
  destination: ({ destination }) => destination ?? '(none)',
  event: ({ eventName }) => eventName,
} satisfies Record<string, (letter: Letter) => string>;
type Dimension = keyof typeof dimensions;
const dimensionNames = Object.keys(dimensions) as Dimension[];

/** An event name may be anything, even an email address. */
export const shownName = (name: string): string => (holdsPersonalData(name) ? maskedText : name);

/** Counts letters one by one. */
export function letterTally() {
  const tallies = dimensionNames.map((name) => ({ name, read: dimensions[name], counts: new Map<string, number>() }));
  let total = 0;
  return {
    add(letter: Letter): void {
      total += letter.events;
      for (const { read, counts } of tallies) {
        const value = read(letter);
        counts.set(value, (counts.get(value) ?? 0) + letter.events);
      }
    },
    counts: (): Counts => ({
      total,
      by: Object.fromEntries(tallies.map(({ name, counts }) => [name, ordered(name, counts)])),
    }),
  };
}

function ordered(dimension: Dimension, counts: ReadonlyMap<string, number>): Record<string, number> {
  const shown = new Map<string, number>();
  for (const [value, count] of counts) {
    const name = dimension === 'event' ? shownName(value) : value;
    shown.set(name, (shown.get(name) ?? 0) + count);
  }
  return Object.fromEntries([...shown].sort(([, a], [, b]) => b - a));
}

/** Events of letters by their code. */
export function eventsByCode(letters: readonly Pick<Letter, 'code' | 'events'>[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code, events } of letters) counts.set(code, (counts.get(code) ?? 0) + events);
  return Object.fromEntries(counts);
}

export function countLetters(letters: readonly Letter[]): Counts {
  const tally = letterTally();
  for (const letter of letters) tally.add(letter);
  return tally.counts();
}

const shownValues = 10;

const countsLine = (dimension: string, counts: Readonly<Record<string, number>>): string => {
  const all = Object.entries(counts);
  const shown = all.slice(0, shownValues).map(([value, count]) => `${safeText(value, 60)} ${count}`);
  const rest = all.length > shownValues ? `, and ${all.length - shownValues} others` : '';
  return `  ${dimension.padEnd(12)} ${shown.join(', ')}${rest}`;
};

/** The counts for a terminal, among how many; where nothing matches, what there is instead. */
export function countLines({ total, by }: Counts, seen: Seen, filter: Filter): string[] {
  const { lookedAt } = seen;
  if (lookedAt === 0) return ['No dead letters.'];
  if (total === 0) {
    const were = `${lookedAt.toLocaleString('en-US')} ${lookedAt === 1 ? 'was' : 'were'} looked at`;
    return [`No dead letter matches; ${were}${ofQueue(seen)}.`, ...missesOf(filter, seen.counts)];
  }
  return [
    `${plural(total, 'dead letter')}${ofQueue(seen)}`,
    ...Object.entries(by).map(([dimension, counts]) => countsLine(dimension, counts)),
  ];
}

/** How much of the queue was looked at, where it was not all. */
const ofQueue = ({ limitReached, messages, inQueue }: Pick<Seen, 'limitReached' | 'messages' | 'inQueue'>): string =>
  limitReached && inQueue > messages
    ? `, in ${messages.toLocaleString('en-US')} of about ${inQueue.toLocaleString('en-US')} messages`
    : '';

/** Says that there may be more, where there may. */
export const limitLines = (seen: Pick<Seen, 'limitReached' | 'messages' | 'inQueue'>): string[] =>
  seen.limitReached
    ? [`Not all messages were looked at${ofQueue(seen).replace(', in', ':')}; --limit looks at more.`]
    : [];

/** For each value of a filter that no letter has: the values that there are, and which of them may be meant. */
function missesOf(filter: Filter, { by }: Counts): string[] {
  return dimensionNames.flatMap((name) => {
    const wanted = filter[name satisfies FilterName] ?? [];
    const there = by[name] ?? {};
    const missing = wanted.filter((value) => !Object.hasOwn(there, value));
    if (missing.length < wanted.length || wanted.length === 0) return [];
    const meant = closest(missing[0] ?? '', Object.keys(there));
    return [
      `There is no ${name} ${missing.map((value) => safeText(JSON.stringify(shownName(value)), 60)).join(' or ')}.${meant === undefined ? '' : ` Did you mean --${name} ${safeText(meant, 60)}?`} There are:`,
      countsLine(name, there),
    ];
  });
}
