import { batch, computed, signal } from '@preact/signals';
import type { EventLine, Setup, Status } from '../../server/wire.ts';
import { matchesFilter } from './matches-filter.ts';
import { found } from './search.ts';
import { filter, isFiltered } from './stream-filter.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** Events that are kept here; the server keeps as many. */
export const mostLines = 5_000;

export const connection = signal<Connection>('connecting');
export const setup = signal<Setup | undefined>(undefined);
export const status = signal<Status | undefined>(undefined);
/** The server was started anew while the reader held the list: what is shown is from before. */
export const isFromBefore = signal(false);

/** By sequence number, oldest first. */
const bySeq = new Map<number, EventLine>();
/** Those that were there when the list was held, whatever comes after. */
let heldBySeq: Map<number, EventLine> | undefined;

/** The latest that the server keeps, newest first. */
export const lines = signal<readonly EventLine[]>([]);
const heldLines = signal<readonly EventLine[] | undefined>(undefined);

/** How many of the lines have each name and source: to count them all at every change would take most of the time. */
const counts = { name: new Map<string, number>(), source: new Map<string, number>() };
const liveNames = signal<readonly string[]>([]);
const liveSources = signal<readonly string[]>([]);

function count(line: EventLine | undefined, by: 1 | -1): void {
  if (line === undefined) return;
  for (const member of ['name', 'source'] as const) {
    const value = line[member];
    const next = (counts[member].get(value) ?? 0) + by;
    if (next === 0) counts[member].delete(value);
    else counts[member].set(value, next);
    if (next !== 0 && !(next === 1 && by === 1)) continue;
    const list = member === 'name' ? liveNames : liveSources;
    list.value = [...counts[member].keys()].sort();
  }
}

/** Forgets the lines; those that are shown stay until the next ones take their place. */
export function forgetLines(): void {
  for (const line of bySeq.values()) count(line, -1);
  bySeq.clear();
  publishSoon();
}

function add(line: EventLine): void {
  const before = bySeq.get(line.seq);
  if (before === undefined) count(line, 1);
  else if (before.name !== line.name || before.source !== line.source) {
    count(before, -1);
    count(line, 1);
  }
  bySeq.set(line.seq, line);
}

export function mergeLines(changed: readonly EventLine[]): void {
  for (const line of changed) {
    add(line);
    if (heldBySeq?.has(line.seq) === true) {
      heldBySeq.set(line.seq, line);
      isHeldChanged = true;
    }
  }
  for (const [seq, line] of bySeq) {
    if (bySeq.size <= mostLines) break;
    bySeq.delete(seq);
    count(line, -1);
  }
  publishSoon();
}

/** Drawing more often than this is not seen, and takes half a core when hundreds come in a second. */
const publishEveryMs = 250;
let publishedAt = 0;
let publishing: ReturnType<typeof setTimeout> | undefined;
let isHeldChanged = false;

function publishSoon(): void {
  publishing ??= setTimeout(publish, Math.max(0, publishEveryMs - (performance.now() - publishedAt)));
}

function publish(): void {
  clearTimeout(publishing);
  publishing = undefined;
  publishedAt = performance.now();
  batch(() => {
    lines.value = [...bySeq.values()].reverse();
    if (heldBySeq !== undefined && isHeldChanged) heldLines.value = [...heldBySeq.values()].reverse();
    isHeldChanged = false;
  });
}

/** The events that the list is made of: the latest, or those of the moment when it was held. */
export const listed = computed(() => heldLines.value ?? lines.value);

/** An event of the page by its id, of several with that id the one that came at a time, else the latest. */
export function lineOf(id: string, at: number | undefined): EventLine | undefined {
  const fits = (line: EventLine): boolean => line.id === id && (at === undefined || line.receivedAt === at);
  return lines.value.find(fits) ?? heldLines.value?.find(fits);
}

/** Nothing newer than this is shown: the stream is paused, or held because the reader scrolled down. */
export const heldAt = signal<number | undefined>(undefined);
export const isPaused = signal(false);

const matching = (all: readonly EventLine[]): readonly EventLine[] => {
  if (!isFiltered.value) return all;
  const wanted = filter.value;
  const { seqs } = found.value;
  return all.filter((line) => matchesFilter(line, wanted, seqs));
};

/** Rows that the stream shows, newest first. */
export const shown = computed(() => matching(listed.value));

/** Events that came since the list was held and fit the filter, as far as they are kept. */
export const heldBack = computed(() => {
  const last = heldAt.value;
  return last === undefined ? 0 : matching(lines.value.filter(({ seq }) => seq > last)).length;
});

/** Whether more came than is kept. */
export const isMoreHeldBack = computed(() => {
  const last = heldAt.value;
  const oldest = lines.value.at(-1)?.seq;
  return last !== undefined && oldest !== undefined && oldest > last + 1;
});

/** The oldest event that the server still keeps. */
export const oldestKept = computed(() =>
  isFromBefore.value ? Number.POSITIVE_INFINITY : (lines.value.at(-1)?.seq ?? 0),
);

/** Rows that are still shown, though the server no longer keeps them. */
export const noLongerKept = computed(() => {
  if (heldLines.value === undefined) return 0;
  const oldest = oldestKept.value;
  return shown.value.reduce((sum, { seq }) => (seq < oldest ? sum + 1 : sum), 0);
});

export function hold(): void {
  if (heldAt.peek() !== undefined) return;
  if (publishing !== undefined) publish();
  heldBySeq = new Map(bySeq);
  heldLines.value = lines.peek();
  heldAt.value = lines.peek()[0]?.seq ?? 0;
}

export function release(): void {
  if (isFromBefore.peek()) location.reload();
  heldBySeq = undefined;
  heldLines.value = undefined;
  heldAt.value = undefined;
  isPaused.value = false;
}

export function togglePause(): void {
  if (isPaused.value) release();
  else {
    isPaused.value = true;
    hold();
  }
}

/** The row that the keyboard is on. */
export const activeSeq = signal<number | undefined>(undefined);

const withHeld = (live: readonly string[], member: 'name' | 'source'): readonly string[] =>
  heldLines.value === undefined ? live : [...new Set([...live, ...heldLines.value.map((line) => line[member])])].sort();
export const names = computed(() => withHeld(liveNames.value, 'name'));
export const sources = computed(() => withHeld(liveSources.value, 'source'));
