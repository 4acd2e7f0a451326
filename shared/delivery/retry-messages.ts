import { messageText } from '../lib/json/message-text.ts';
import type { QueuedEvent } from '../queue/queued-message.ts';
import { packHeld } from '../queue/held-message.ts';
import { pack, type PastFailure, type RetryState } from '../queue/message.ts';
import type { OutgoingMessage } from '../queue/ports.ts';
import { delaySeconds } from './backoff.ts';
import { nextHistory } from './history.ts';
import type { MessageGroups } from './message-groups.ts';
import type { Outcome } from './outcome.ts';

export type Waiting = Extract<Outcome, { status: 'waiting' }>;

/** A message for the events queue. */
export interface RetryMessage extends OutgoingMessage {
  /** Records whose events are in it. */
  readonly recordIds: readonly string[];
}

export interface RetryOptions {
  readonly groups: MessageGroups;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** No delay is longer. */
  readonly limitSeconds?: number | undefined;
}

/**
 * Writes what is still owed as messages of its own: just those events, for that destination and those mappings. The events
 * of a record stay together where they can, so that a message that is lost brings few records back. Events that wait for a
 * person travel compressed.
 */
export function retryMessages(waiting: readonly Waiting[], now: Date, options: RetryOptions): RetryMessage[] {
  const events = perEvent(waiting, now);
  const isHeld = ({ failure }: OwedOnce): boolean => failure.action === 'hold';
  return [
    ...soonMessages(
      events.filter((each) => !isHeld(each)),
      now,
      options,
    ),
    ...heldMessages(events.filter(isHeld), now, options),
  ];
}

function soonMessages(
  waiting: readonly OwedOnce[],
  now: Date,
  { groups, random, limitSeconds }: RetryOptions,
): RetryMessage[] {
  const alike = Map.groupBy(waiting, ({ source, retry, failure }) =>
    JSON.stringify([source, retry, failure.action, failure.retryAfterSeconds, failure.unsent]),
  );
  return [...alike.values()].flatMap((events) => {
    const [{ source, retry, failure }] = events as [OwedOnce, ...OwedOnce[]];
    const tries = { attempt: retry.attempt, sinceSeconds: secondsBetween(retry.firstFailedAt, now) };
    const isDeferred = failure.action === 'defer';
    return pack({ source, retry }, events.map(written)).map(({ body, from, to }) => ({
      body,
      groupId: isDeferred ? groups.of(source) : groups.ofRetries(source, retry.destination),
      delaySeconds: delaySeconds(failure, tries, random(), limitSeconds),
      recordIds: recordsOf(events.slice(from, to)),
    }));
  });
}

function heldMessages(
  waiting: readonly OwedOnce[],
  now: Date,
  { groups, random, limitSeconds }: RetryOptions,
): RetryMessage[] {
  const alike = Map.groupBy(waiting, ({ source, retry, failure }) =>
    JSON.stringify([source, retry.destination, failure.retryAfterSeconds]),
  );
  return [...alike.values()].flatMap((events) => {
    const [{ source, retry, failure }] = events as [OwedOnce, ...OwedOnce[]];
    const { destination } = retry;
    const packed = packHeld(
      { source, destination },
      events.map((each) => ({
        ...written(each),
        retry: each.retry,
        retryJson: messageText(each.retry),
        receivedAt: each.event.members.receivedAt,
      })),
      now,
    );
    return packed.map(({ message, body, from, to }) => ({
      body,
      groupId: groups.ofRetries(source, destination),
      delaySeconds: delaySeconds(
        failure,
        { attempt: retry.attempt, sinceSeconds: secondsBetween(message.held.since, now) },
        random(),
        limitSeconds,
      ),
      recordIds: recordsOf(events.slice(from, to)),
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

const written = ({ event: { json } }: OwedOnce): { readonly json: string; readonly bytes: number } => ({
  json,
  bytes: Buffer.byteLength(json),
});

const recordsOf = (events: readonly OwedOnce[]): readonly string[] => [
  ...new Set(events.map(({ recordId }) => recordId)),
];

const secondsBetween = (from: string, to: Date): number => (to.getTime() - Date.parse(from)) / 1_000;

const longestWaitFirst = (waiting: readonly Waiting[]): readonly Waiting[] =>
  waiting.toSorted((a, b) => (b.failure.retryAfterSeconds ?? 0) - (a.failure.retryAfterSeconds ?? 0));
