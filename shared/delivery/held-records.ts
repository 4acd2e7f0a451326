import { firstWithin } from '../lib/first-within.ts';
import { bodyOf, type HeldMessage, mergeHeld } from '../queue/held-message.ts';
import type { Destination } from '../queue/destination.ts';
import type { Clock } from '../queue/ports.ts';
import { delaySeconds } from './backoff.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { MessageGroups } from './message-groups.ts';
import type { Failure } from './outcome.ts';
import type { QueueRecord } from './queue-record.ts';
import type { RetryMessage } from './retry-messages.ts';

/** A record whose events wait for a held destination. Nobody has read them yet. */
export interface HeldRecord {
  readonly record: QueueRecord;
  readonly message: HeldMessage;
}

/** Records that are put back as they came, since their destination is held still. */
export interface Unread {
  readonly records: readonly HeldRecord[];
  readonly failure: Failure;
}

export interface HeldEffects {
  readonly health: DestinationHealth;
  readonly clock: Clock;
  /** Events that are read at once, as JSON: all of them are in memory together. */
  readonly bytesAtOnce: number;
  /** Delivers the events of some records. Resolves when all of them are answered. @returns false when there is no time */
  readonly deliver: (records: readonly HeldRecord[]) => Promise<boolean>;
}

/** Events grow too old, and mappings change, while nobody looks. */
const readAgainMs = 6 * 3_600_000;

/**
 * Delivers records that wait for one held destination: of the first one an event is the probe, the others follow once the
 * destination took something. While it takes nothing they are not even read, but for a look now and then.
 *
 * @returns those to be put back unread; `late` are those that there was no time for
 */
export async function deliverHeld(
  destination: Destination,
  records: readonly HeldRecord[],
  { health, clock, bytesAtOnce, deliver }: HeldEffects,
): Promise<{ readonly unread?: Unread; readonly late?: readonly HeldRecord[] }> {
  const { name, service } = destination;
  const circuit = health.circuitOf(name);
  const startedAt = clock().getTime();
  const isStale = ({ message: { held } }: HeldRecord): boolean =>
    Math.abs(startedAt - Date.parse(held.readAt)) >= readAgainMs;
  let left = records;
  let hasLooked = false;
  while (left.length > 0) {
    const failure = await circuit.waitingFor(service);
    const isProven = !circuit.isOpen && health.acceptedLately(name);
    let next = isProven ? left : [smallestOf(left)];
    if (failure !== undefined) {
      next = hasLooked ? [] : left.filter(isStale);
      if (next.length === 0) return { unread: { records: left, failure } };
      hasLooked = true;
    }
    const some = new Set(firstWithin(next, bytesAtOnce, ({ message }) => message.held.bytes));
    if (!(await deliver([...some]))) return { late: left };
    left = left.filter((each) => !some.has(each));
  }
  return {};
}

/** Of a probe one event is sent: the fewer are read with it, the better. */
const smallestOf = (records: readonly HeldRecord[]): HeldRecord =>
  records.reduce((one, other) => (other.message.held.bytes < one.message.held.bytes ? other : one));

/** Messages that put records back unread: small ones together, since SQS is paid by the message. */
export function unreadMessages(
  { records, failure }: Unread,
  now: Date,
  groups: MessageGroups,
  random: () => number,
  limitSeconds?: number,
): RetryMessage[] {
  const bySource = Map.groupBy(records, ({ message: { source } }) => source);
  return [...bySource].flatMap(([source, own]) =>
    mergeHeld(own.map(({ message, record }) => ({ message, item: record }))).map(({ message, items }) => ({
      body: items.length === 1 ? (items[0] as QueueRecord).body : bodyOf(message),
      groupId: groups.ofRetries(source, message.held.destination),
      delaySeconds: delaySeconds(
        failure,
        { attempt: 1, sinceSeconds: (now.getTime() - Date.parse(message.held.since)) / 1_000 },
        random(),
        limitSeconds,
      ),
      recordIds: items.map(({ recordId }) => recordId),
    })),
  );
}
