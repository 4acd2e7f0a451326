import * as z from 'zod/mini';
import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';

/** Lines of the functions that say why events did not arrive. */
const Report = z.object({
  message: z.literal('delivery report'),
  reasons: z.optional(z.record(z.string(), z.record(z.string(), z.number()))),
  held: z.optional(z.array(z.string())),
  tokensRefused: z.optional(z.array(z.string())),
});
const Outcomes = z.object({
  message: z.literal('event outcomes'),
  groups: z.array(
    z.object({
      outcome: z.string(),
      reason: z.optional(z.string()),
      destination: z.optional(z.string()),
      messageIds: z.array(z.string()),
    }),
  ),
});
const Refused = z.object({ message: z.literal('request refused'), code: z.string(), requests: z.number() });
const Compared = z.object({ message: z.literal('counts compared'), changes: z.array(z.string()) });
const Line = z.union([Report, Outcomes, Refused, Compared]);

/** Causes that the logs tell of the last minutes. */
export interface Causes {
  /** Counts by outcome and reason, such as `dead currency_invalid`, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** Destinations that wait for a person. */
  readonly held: readonly string[];
  readonly tokensRefused: readonly string[];
  /** Of events that were not delivered, as logs show them; none where ids are not logged. */
  readonly messageIds: readonly string[];
  /** Event names that fell or grew, such as `Purchase fell by 80 % (41, usually 205)`. */
  readonly changes: readonly string[];
}

const mostReasons = 5;
const mostIds = 3;
/** Outcomes that tell of trouble: a skip is on purpose. */
const telling: ReadonlySet<string> = new Set(['dead', 'waiting']);

/** Adds up lines of the functions' logs. Lines of other kinds are left out. */
export function causesIn(lines: readonly string[]): Causes {
  const counts = new Map<string, number>();
  const held = new Set<string>();
  const tokensRefused = new Set<string>();
  const ids = new Set<string>();
  const changes = new Set<string>();
  const add = (reason: string, count: number): void => {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  };
  for (const line of lines) {
    const { data } = z.safeParse(Line, jsonOrNothing(line));
    if (data?.message === 'request refused') add(`refused ${data.code}`, data.requests);
    else if (data?.message === 'counts compared') for (const change of data.changes) changes.add(change);
    else if (data?.message === 'event outcomes') {
      for (const { outcome, messageIds } of data.groups) {
        if (!telling.has(outcome)) continue;
        for (const id of messageIds) if (ids.size < mostIds) ids.add(id);
      }
    } else if (data !== undefined) {
      for (const name of data.held ?? []) held.add(name);
      for (const name of data.tokensRefused ?? []) tokensRefused.add(name);
      for (const [outcome, reasons] of Object.entries(data.reasons ?? {})) {
        if (!telling.has(outcome)) continue;
        for (const [reason, count] of Object.entries(reasons)) add(`${outcome} ${reason}`, count);
      }
    }
  }
  return {
    reasons: [...counts]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, mostReasons),
    ...{ held: [...held], tokensRefused: [...tokensRefused], messageIds: [...ids], changes: [...changes] },
  };
}
