import type { SegmentEvent } from '../segment/event.ts';
import { delaySeconds } from './backoff.ts';
import { type EventMessage, packMessages } from '../queue/message.ts';
import { messageText } from '../lib/json/message-text.ts';
import type { OutgoingMessage } from '../queue/ports.ts';
import type { Outcome } from './send-batch.ts';

export type Waiting = Extract<Outcome, { status: 'waiting' }>;

/** Writes what is still owed as messages of its own: just those events, for that destination and those mappings. */
export function retryMessages(
  waiting: readonly Waiting[],
  now: Date,
  random: () => number,
  limitSeconds?: number,
): OutgoingMessage[] {
  const groups = Map.groupBy(perEvent(waiting), ({ source, retry, refusal }) =>
    JSON.stringify([source, retry(now), refusal.remedy, refusal.retryAfterSeconds]),
  );
  return [...groups.values()].flatMap((events) => {
    const [{ source, retry, refusal }] = events as [OwedOnce, ...OwedOnce[]];
    const packed = packMessages(
      { source, retry: retry(now) },
      events.map(({ event }) => {
        const json = messageText(event);
        return { json, bytes: Buffer.byteLength(json) };
      }),
    );
    return packed.map((body) => ({
      body,
      groupId: source,
      delaySeconds: delaySeconds(refusal, retry(now).attempt, random(), limitSeconds),
    }));
  });
}

interface OwedOnce {
  readonly source: string;
  readonly event: SegmentEvent;
  readonly refusal: Waiting['refusal'];
  readonly retry: (now: Date) => NonNullable<EventMessage['retry']>;
}

/** An event may be owed by several mappings of a destination: it travels once, with the names of all of them. */
function perEvent(waiting: readonly Waiting[]): OwedOnce[] {
  const byDestination = Map.groupBy(waiting, ({ owed }) => owed.destination);
  return [...byDestination.values()].flatMap((all) =>
    [...Map.groupBy(all, ({ owed }) => owed.event).values()].map((group) => {
      const [{ owed, refusal }] = longestWaitFirst(group) as [Waiting, ...Waiting[]];
      return {
        source: owed.source,
        event: owed.event,
        refusal,
        retry: (now) => ({
          destination: owed.destination.name,
          mappings: group.map((each) => each.owed.mapping),
          attempt: refusal.remedy === 'defer' ? owed.attempt : owed.attempt + 1,
          firstFailedAt: owed.firstFailedAt ?? now.toISOString(),
        }),
      };
    }),
  );
}

const longestWaitFirst = (waiting: readonly Waiting[]): readonly Waiting[] =>
  waiting.toSorted((a, b) => (b.refusal.retryAfterSeconds ?? 0) - (a.refusal.retryAfterSeconds ?? 0));
