import type { IndexedLetter } from './letter-index.ts';
import type { LetterGroup } from './wire.ts';

/** Widths that a bar of a trend may stand for, in milliseconds. */
const widths = [60_000, 300_000, 3_600_000, 6 * 3_600_000, 86_400_000];
const bars = 24;

/** Letters by their reason, the most frequent first. Latest letters come first. */
export function groupsOf(letters: readonly IndexedLetter[], now: Date): LetterGroup[] {
  const groups = Map.groupBy(letters, ({ facts }) => `${facts.stage} ${facts.code}`);
  const oldest = letters.reduce((time, { facts }) => Math.min(time, facts.lastFailedAt.getTime()), now.getTime());
  const barMs = widths.find((width) => (now.getTime() - oldest) / width < bars) ?? 86_400_000;
  return [...groups.values()]
    .map((group) => groupOf(group, now, barMs))
    .toSorted((a, b) => b.events - a.events || (a.code < b.code ? -1 : 1));
}

function groupOf(group: readonly IndexedLetter[], now: Date, barMs: number): LetterGroup {
  const trend = Array.from({ length: bars }, () => 0);
  let events = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  const names = new Map<string, number>();
  for (const { facts } of group) {
    const failedAt = facts.lastFailedAt.getTime();
    events += facts.events;
    first = Math.min(first, facts.firstFailedAt.getTime());
    last = Math.max(last, failedAt);
    const bar = bars - 1 - Math.floor((now.getTime() - failedAt) / barMs);
    if (bar >= 0) trend[Math.min(bar, bars - 1)] = (trend[Math.min(bar, bars - 1)] ?? 0) + facts.events;
    names.set(facts.eventName, (names.get(facts.eventName) ?? 0) + facts.events);
  }
  const [sample] = group as [IndexedLetter];
  const { code, stage, reason, fix } = sample.facts;
  return {
    ...{ code, stage, reason, fix, events, letters: group.length, trend, barMs },
    firstFailedAt: new Date(first).toISOString(),
    lastFailedAt: new Date(last).toISOString(),
    sample: { key: sample.key, ...(sample.facts.messageId !== undefined && { messageId: sample.facts.messageId }) },
    eventNames: [...names]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 5)
      .map(([name, count]) => ({ name, count })),
  };
}
