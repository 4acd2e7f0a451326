import { recordedId } from '../../shared/record/recorded-id.ts';
import { isOpen } from '../../shared/record/timeline.ts';
import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { numberFrom, text } from '../kit/option.ts';
import { plural } from '../kit/plural.ts';
import { withRecord } from './open-record.ts';
import { queuedCopies } from './queued-copies.ts';
import { readTimelinesOf } from './read-timelines.ts';
import { withCopies } from './receipts-of-copies.ts';
import { openEvents, unannounced } from './record-queries.ts';
import { spanOf, spanOptions } from './span-options.ts';
import { timelineLines, type TimelineJson, timelineJson } from './timeline-json.ts';

const hourMs = 3_600_000;
/** Events that are listed; more would be a fault to look into, not a list to read. */
const mostOpen = 1_000;

export const check = defineCommand({
  name: 'events check',
  summary: 'events that were accepted and have no end after some hours: there must be none',
  page: 'docs/record.md',
  examples: ['npm run events -- check --hours 24 --env production'],
  options: {
    hours: text(
      '<n>',
      'how long an event may take; 1 if left out, and 0 for the local one',
      numberFrom(0, 10_000).optional(),
    ),
    ...spanOptions('7 days'),
    ...targetOptions,
  },
  async run({ hours, ...options }, effects) {
    const now = effects.clock();
    const target = targetOf(options, effects);
    const span = spanOf(options, now, 7 * 24 * hourMs);
    const before = now.getTime() - (hours ?? (target.deployment === 'local' ? 0 : 1)) * hourMs;
    return withRecord(target, async ({ store, digest }) => {
      const ids = await store.query(openEvents(store.dialect, span, before, mostOpen));
      const timelines = await readTimelinesOf(
        store,
        span,
        ids.map(({ id }) => String(id)),
      );
      const openIds = new Set(timelines.filter(isOpen).map(({ messageId }) => messageId));
      // SQS itself ends what was received too often, and writes no receipt.
      const { copies } = await queuedCopies(target, [...openIds], effects);
      const ended = copies.filter(({ isMoved, queue, letter }) => {
        return isMoved && queue === 'deadLetters' && openIds.has(recordedId(letter.messageId, digest));
      });
      const found = await withCopies(timelines, ended, digest, target, now);
      const open: TimelineJson[] = found.filter(isOpen).map((timeline) => timelineJson(timeline));
      const receivedTooOften = openIds.size - open.length;
      const [missing] = await store.query(unannounced(store.dialect, span));
      const result = { open, withoutAcceptance: Number(missing?.['total'] ?? 0), receivedTooOften };
      return { result, failed: open.length > 0 };
    });
  },
  print({ open, withoutAcceptance, receivedTooOften }, { out, err }) {
    for (const timeline of open) for (const line of timelineLines(timeline, new Date())) out(line);
    if (open.length === 0) out('Every event that was accepted has come to its end.');
    else {
      const more = open.length === mostOpen ? ' at least' : '';
      err(
        `${plural(open.length, 'event')}${more} without an end: waiting, or lost. What waits is on the events queue.`,
      );
    }
    if (receivedTooOften > 0) {
      out(
        `${plural(receivedTooOften, 'event')} in the dead letter queue that SQS gave up: npm run dead-letters -- list --code received_too_often`,
      );
    }
    if (withoutAcceptance > 0) {
      out(
        `${plural(withoutAcceptance, 'event')} with an end, of which no receipt says that they were accepted: ingest ended before it was written.`,
      );
    }
  },
});
