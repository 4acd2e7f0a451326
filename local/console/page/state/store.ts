import { computed, signal } from '@preact/signals';
import type { EventLine, Setup, Status } from '../../server/wire.ts';
import { matchesFilter, type StreamFilter } from './matches-filter.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** Events that are kept here; the server keeps as many. */
const mostLines = 5_000;

export const connection = signal<Connection>('connecting');
export const setup = signal<Setup | undefined>(undefined);
export const status = signal<Status | undefined>(undefined);

/** By sequence number, oldest first. */
const bySeq = new Map<number, EventLine>();

/** Newest first. */
export const lines = signal<readonly EventLine[]>([]);

export function replaceLines(all: readonly EventLine[]): void {
  bySeq.clear();
  for (const line of all.toReversed()) bySeq.set(line.seq, line);
  publish();
}

export function mergeLines(changed: readonly EventLine[]): void {
  for (const line of changed) bySeq.set(line.seq, line);
  for (const seq of bySeq.keys()) {
    if (bySeq.size <= mostLines) break;
    bySeq.delete(seq);
  }
  publish();
}

function publish(): void {
  lines.value = [...bySeq.values()].reverse();
}

export const lineOf = (seq: number): EventLine | undefined => lines.value.find((line) => line.seq === seq);

export const noFilter: StreamFilter = { text: '', stages: [], source: '', name: '' };
export const filter = signal<StreamFilter>(noFilter);
export const isFiltered = computed(() => filter.value !== noFilter);

/** Nothing newer than this is shown: the stream is paused, or held because the reader scrolled down. */
export const heldAt = signal<number | undefined>(undefined);
export const isPaused = signal(false);

const matching = computed(() => {
  const wanted = filter.value;
  return wanted === noFilter ? lines.value : lines.value.filter((line) => matchesFilter(line, wanted));
});

/** Rows that the stream shows, newest first. */
export const shown = computed(() => {
  const last = heldAt.value;
  return last === undefined ? matching.value : matching.value.filter(({ seq }) => seq <= last);
});

export const heldBack = computed(() => matching.value.length - shown.value.length);

export function hold(): void {
  heldAt.value ??= lines.value[0]?.seq ?? 0;
}

export function release(): void {
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

export const names = computed(() => [...new Set(lines.value.map(({ name }) => name))].sort());
export const sources = computed(() => [...new Set(lines.value.map(({ source }) => source))].sort());
