import { pack, type PastFailure, type RetryState, sqsLimits } from '../queue/message.ts';
import type { QueuedEvent } from '../queue/queued-message.ts';
import type { OutgoingMessage } from '../queue/ports.ts';
import { delaySeconds } from './backoff.ts';
import { nextHistory } from './history.ts';
import type { Outcome } from './outcome.ts';

export type Waiting = Extract<Outcome, { status: 'waiting' }>;

/** A message for the events queue, and what its loss would mean. */
export interface RetryMessage extends OutgoingMessage {
  readonly destination: string;
  readonly isHeld: boolean;
  /** Records whose events are in it. */
  readonly recordIds: readonly string[];
}

/**
 * Writes what is still owed as messages of its own: just those events, for that destination and those mappings. The events
 * of a record stay together where they can, so that a message that is lost brings few records back.
 */
export function retryMessages(
  waiting: readonly Waiting[],
  now: Date,
  random: () => number,
  limitSeconds?: number,
): RetryMessage[] {
  const groups = Map.groupBy(perEvent(waiting, now), ({ source, retry, failure }) =>
    JSON.stringify([source, retry, failure.action, failure.retryAfterSeconds, failure.unsent]),
  );
  return [...groups.values()].flatMap((events) => {
    const [{ source, retry, failure }] = events as [OwedOnce, ...OwedOnce[]];
    const packed = pack(
      { source, retry },
      events.map(({ event: { json } }) => ({ json, bytes: Buffer.byteLength(json) })),
    );
    const since = Date.parse(retry.heldSince ?? retry.firstFailedAt);
    const tries = { attempt: retry.attempt, sinceSeconds: (now.getTime() - since) / 1_000 };
    const isDeferred = failure.action === 'defer';
    return packed.map(({ body, from, to }) => ({
      body,
      // What waits for one destination is no reason to let the source's other events wait.
      groupId: isDeferred ? source : `${source}/${retry.destination}`.slice(0, sqsLimits.groupIdCharacters),
      delaySeconds: delaySeconds(failure, tries, random(), limitSeconds),
      destination: retry.destination,
      isHeld: failure.action === 'hold',
      recordIds: [...new Set(events.slice(from, to).map(({ recordId }) => recordId))],
    }));
  });
}

interface OwedOnce {
  readonly source: string;
  readonly event: QueuedEvent;
  readonly recordId: string;
  readonly failure: Waiting['failure'];
  readonly retry: RetryState;
}

/** An event may be owed by several mappings of a destination: it travels once, with the names of all of them. */
function perEvent(waiting: readonly Waiting[], now: Date): OwedOnce[] {
  const byDestination = Map.groupBy(waiting, ({ owed }) => owed.destination);
  return [...byDestination.values()].flatMap((all) =>
    [...Map.groupBy(all, ({ owed }) => owed.event).values()].map((group) => {
      const [{ owed, failure }] = longestWaitFirst(group) as [Waiting, ...Waiting[]];
      return { source: owed.source, event: owed.event, recordId: owed.recordId, failure, retry: retryOf(group, now) };
    }),
  );
}

function retryOf(group: readonly Waiting[], now: Date): RetryState {
  const [{ owed, failure }] = longestWaitFirst(group) as [Waiting, ...Waiting[]];
  const { retry } = owed;
  const at = now.toISOString();
  const isTry = !failure.unsent && failure.action !== 'defer';
  const sizes = group.flatMap((each) => each.failure.largestRequest ?? each.owed.retry?.largestRequest ?? []);
  const isAlone = group.some((each) => each.failure.alone);
  const triesAlone = (retry?.triesAlone ?? 0) + (isAlone ? 1 : 0);
  const history: readonly PastFailure[] = isTry
    ? nextHistory(retry?.history, failure.label, at)
    : (retry?.history ?? []);
  return {
    destination: owed.destination.name,
    mappings: group.map((each) => each.owed.mapping),
    attempt: (retry?.attempt ?? 0) + (isTry ? 1 : 0),
    firstFailedAt: retry?.firstFailedAt ?? at,
    ...(sizes.length > 0 && { largestRequest: Math.min(...sizes) }),
    ...(triesAlone > 0 && { triesAlone }),
    ...(failure.action === 'hold' && { heldSince: retry?.heldSince ?? at }),
    ...(history.length > 0 && { history: [...history] }),
  };
}

const longestWaitFirst = (waiting: readonly Waiting[]): readonly Waiting[] =>
  waiting.toSorted((a, b) => (b.failure.retryAfterSeconds ?? 0) - (a.failure.retryAfterSeconds ?? 0));
