import { QueueUnavailableError } from '../errors.ts';
import type { MessageQueue } from '../queue/ports.ts';
import { type DeliverEffects, type DeliverResult, deliver } from './deliver.ts';
import type { QueueRecord } from './queue-record.ts';

/** Received so often, a message may be what crashes the function. Well below the number at which SQS gives it up. */
const suspiciousReceives = 3;

/** Seconds between the returns of two suspects, so that most come back alone. */
const spacingSeconds = 2;

export interface ApartEffects extends DeliverEffects {
  /** Takes records off the queue at once, so that a crash brings back none of what is done. */
  readonly acknowledge: (records: readonly QueueRecord[]) => Promise<void>;
}

/**
 * Delivers, and keeps a record that crashes the function from taking others along. Records that came too often are
 * suspects: all others are delivered and acknowledged first, then one suspect is handled by itself, while the remaining
 * ones have been put back apart from one another. Whichever crashes the function so comes back alone, until SQS moves it
 * to the dead letters.
 */
export async function deliverApart(
  records: readonly QueueRecord[],
  effects: ApartEffects,
): Promise<readonly DeliverResult[]> {
  const suspects = records
    .filter(isSuspect)
    .toSorted((one, other) => (other.receiveCount ?? 0) - (one.receiveCount ?? 0));
  const [first, ...more] = suspects;
  if (first === undefined || records.length === 1) return [await deliver(records, effects)];
  const results: DeliverResult[] = [];
  const others = records.filter((record) => !isSuspect(record));
  if (others.length > 0) {
    const result = await deliver(others, effects);
    results.push(result);
    await effects.acknowledge(others.filter(({ recordId }) => !result.failedRecordIds.includes(recordId)));
  }
  const unkept = await putBackApart(more, effects);
  await effects.acknowledge(more.filter(({ recordId }) => !unkept.includes(recordId)));
  const alone = await deliver([first], effects);
  return [...results, { ...alone, failedRecordIds: [...alone.failedRecordIds, ...unkept] }];
}

const isSuspect = ({ receiveCount = 1, isSuspect: isMarked = false }: QueueRecord): boolean =>
  isMarked || receiveCount >= suspiciousReceives;

/** @returns ids of the records that the queue did not confirm */
async function putBackApart(
  records: readonly QueueRecord[],
  {
    events,
    maxRetryDelaySeconds = 900,
  }: { readonly events: MessageQueue; readonly maxRetryDelaySeconds?: number | undefined },
): Promise<readonly string[]> {
  if (records.length === 0) return [];
  try {
    await events.send(
      records.map(({ body, groupId }, place) => ({
        body,
        groupId,
        delaySeconds: Math.min((place + 1) * spacingSeconds, 900, maxRetryDelaySeconds),
        isSuspect: true,
      })),
    );
    return [];
  } catch (error) {
    const places = error instanceof QueueUnavailableError ? error.unconfirmed : undefined;
    return (places?.flatMap((place) => records[place] ?? []) ?? records).map(({ recordId }) => recordId);
  }
}
