import { computed, signal } from '@preact/signals';
import type { LetterList, LettersChosen, LettersMoved, LetterView } from '../../server/wire.ts';
import { announce } from './announce.ts';
import { ask } from './api.ts';
import { count, plural } from '../parts/format.ts';
import { setup, status } from './store.ts';

export type LetterAction = 'redrive' | 'purge';

/** Action on letters, as it is asked for. */
export interface Asked {
  readonly action: LetterAction;
  readonly chosen: LettersChosen;
  /** How many events are meant. */
  readonly events: number;
  /** Which, in a few words. */
  readonly what?: string;
  readonly event?: unknown;
  /** It was confirmed once: what happens elsewhere is asked twice. */
  readonly isSure?: boolean;
  /** Facts to know before going on. */
  readonly warnings?: readonly string[];
}

/** Result of an action, reason by reason. */
export interface Result {
  readonly text: string;
  readonly by: readonly string[];
  readonly kept: readonly { readonly why: string; readonly events: number }[];
  readonly isGood: boolean;
}

/** The list as it was when it was loaded: it does not change under the reader. */
export const list = signal<LetterList | undefined>(undefined);
/** Rows that were loaded so far. */
export const rows = signal<readonly LetterView[]>([]);
/** Became of rows in the meantime, by their keys. */
export const gone = signal<ReadonlyMap<string, LetterAction>>(new Map());
/** Letters that an action is under way for. */
export const working = signal<ReadonlySet<string>>(new Set());
export const problem = signal<string | undefined>(undefined);
export const result = signal<Result | undefined>(undefined);
export const asked = signal<Asked | undefined>(undefined);

/** Letters that came since the list was loaded. */
export const newer = computed(() => {
  const known = list.value;
  return known === undefined ? 0 : Math.max(0, (status.value?.deadLetters.lastNumber ?? 0) - known.upTo);
});

/** Nothing may be changed from here. */
export const isReadOnly = computed(() => setup.value?.mayChange === false);
/** The letters are those of a deployment that others use. */
export const isRemote = computed(() => (setup.value?.deployment ?? 'local') !== 'local');

let loads = 0;

/** Loads the letters that fit as they are now, in place of those shown. */
export async function load(query: Readonly<Record<string, string>>): Promise<void> {
  const mine = ++loads;
  const answer = await fetchList(query);
  if (mine !== loads || answer === undefined) return;
  list.value = answer;
  rows.value = answer.letters;
  gone.value = new Map();
}

/** Loads the next letters of the same list. */
export async function loadMore(query: Readonly<Record<string, string>>): Promise<void> {
  const known = list.value;
  if (known?.before === undefined) return;
  const answer = await fetchList({ ...query, upTo: String(known.upTo), before: String(known.before) });
  if (answer === undefined || list.value !== known) return;
  const { before: _, ...rest } = known;
  list.value = { ...rest, ...(answer.before !== undefined && { before: answer.before }) };
  rows.value = [...rows.value, ...answer.letters];
}

/** Counts again what is left of the list; its rows stay where they are. */
async function recount(query: Readonly<Record<string, string>>): Promise<void> {
  const known = list.value;
  if (known === undefined) return;
  const answer = await fetchList({ ...query, upTo: String(known.upTo) });
  if (answer === undefined || list.value?.upTo !== known.upTo) return;
  const { matching, events, all, groups } = answer;
  list.value = { ...list.value, matching, events, all, groups };
}

async function fetchList(query: Readonly<Record<string, string>>): Promise<LetterList | undefined> {
  try {
    const answer = await ask<LetterList>(`dead-letters?${new URLSearchParams(query)}`);
    problem.value = undefined;
    return answer;
  } catch (error) {
    problem.value = (error as Error).message;
    return undefined;
  }
}

/** Does what was asked for, or asks again where there is something to know first. */
export async function run(wanted: Asked, query: Readonly<Record<string, string>>): Promise<void> {
  const { action, chosen, event, warnings } = wanted;
  const keys = 'keys' in chosen ? chosen.keys : [];
  working.value = new Set([...working.value, ...keys]);
  try {
    const confirmed = action === 'purge' || warnings !== undefined;
    const moved = await ask<LettersMoved>(action, { chosen, event, confirmed });
    if (moved.warnings.length > 0) {
      asked.value = { ...wanted, warnings: moved.warnings };
      return;
    }
    gone.value = new Map([...gone.value, ...moved.keys.map((key) => [key, action] as const)]);
    result.value = resultOf(action, moved);
  } catch (error) {
    result.value = { text: (error as Error).message, by: [], kept: [], isGood: false };
  } finally {
    working.value = new Set([...working.value].filter((key) => !keys.includes(key)));
  }
  announce(result.value.text);
  await recount(query);
}

function resultOf(action: LetterAction, { done, doneBy, kept }: LettersMoved): Result {
  const went = action === 'redrive' ? 'went back on the events queue' : 'purged';
  const reasons = Object.entries(doneBy);
  return {
    text: `${plural(done, 'event')} ${went}.`,
    by: reasons.length > 1 ? reasons.map(([code, number]) => `${code} ${count(number)}`) : [],
    kept,
    isGood: kept.length === 0,
  };
}
