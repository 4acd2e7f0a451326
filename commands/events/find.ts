import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { recordedId } from '../../shared/record/recorded-id.ts';
import { withRecord } from './open-record.ts';
import { isUnsettled, type QueuedCopies, queuedCopies, type QueuedCopy } from './queued-copies.ts';
import { readTimelines } from './read-timelines.ts';
import { withCopies } from './receipts-of-copies.ts';
import { selectorOptions, wantedBy } from './selectors.ts';
import { spanOf, spanOptions } from './span-options.ts';
import { timelineLines, type TimelineJson, timelineJson } from './timeline-json.ts';

const allTime = 400 * 86_400_000;
/** Events that are looked for on the queues; of a person with more, the others stay as the record tells them. */
const mostLookedFor = 1_000;
const notLooked: QueuedCopies = { copies: [], lookedInto: new Set() };

export const find = defineCommand({
  name: 'events find',
  summary: 'the whole timeline of an event, or of all events of a person or an order',
  page: 'docs/record.md',
  examples: [
    'npm run events -- find order-4711',
    'npm run events -- find --email jane@example.com --since 2d --env production',
  ],
  operands: [{ name: 'message id', help: 'of the event', required: false }],
  options: { ...selectorOptions, ...spanOptions('as far as the record goes back'), ...targetOptions },
  async run(options, effects, { positionals }) {
    const now = effects.clock();
    const span = spanOf(options, now, allTime);
    const target = targetOf(options, effects);
    return withRecord(target, async ({ store, digest }) => {
      const wanted = wantedBy(options, positionals, digest);
      const recorded = await readTimelines(store, span, wanted);
      // What is delivered is on no queue any more.
      const unsettled = recorded.filter(isUnsettled).map(({ messageId }) => messageId);
      const isAsked = recorded.length === 0 || unsettled.length > 0;
      const named = [...positionals, ...(options.eventId ?? [])];
      const texts = new Set([...named, ...unsettled.filter((id) => !id.startsWith('~')).slice(0, mostLookedFor)]);
      const { copies, lookedInto } = isAsked ? await queuedCopies(target, [...texts], effects) : notLooked;
      const wantedIds = new Set([...wanted.ids, ...wanted.eventIds, ...unsettled]);
      const found = copies.filter(({ letter }) => wantedIds.has(recordedId(letter.messageId, digest)));
      const timelines = await withCopies(recorded, found, digest, target, now);
      const queuesOf = (id: string): Set<QueuedCopy['queue']> | undefined =>
        lookedInto.size < 2
          ? undefined
          : new Set(found.flatMap(({ queue, letter }) => (recordedId(letter.messageId, digest) === id ? [queue] : [])));
      // Only who knows an id that is kept as a digest can say it.
      const asked = new Map(positionals.map((id) => [recordedId(id, digest), id]));
      const result: { events: TimelineJson[] } = {
        events: timelines.map((timeline) => timelineJson(timeline, asked, queuesOf(timeline.messageId))),
      };
      return { result };
    });
  },
  print({ events }, { out, err }) {
    if (events.length === 0)
      err('The record has no such event: it never came, or longer ago than the record goes back.');
    for (const [index, timeline] of events.entries()) {
      if (index > 0) out('');
      for (const line of timelineLines(timeline, new Date())) out(line);
    }
  },
});
