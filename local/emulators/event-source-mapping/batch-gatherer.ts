import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSRecord } from 'aws-lambda';
import { lambdaLimits } from '../lambda/lambda-limits.ts';
import type { MappingSettings } from './mapping-limits.ts';
import type { QueueClient } from './queue-client.ts';

export interface Batch {
  readonly records: SQSRecord[];
  /** Each record as JSON: it was written to know its size, and is what the function gets. */
  readonly json: string[];
}

export interface BatchGatherer {
  /**
   * The next batch, never empty. Undefined when it was stopped; what it held is then visible on the queue again.
   * Rejects when the queue cannot be reached.
   */
  gather(): Promise<Batch | undefined>;
  /** Makes messages that did not fit into a batch and found no later one visible again. */
  release(): Promise<void>;
}

export interface StopSignals {
  /** Gather no more. */
  readonly stop: AbortSignal;
  /** Break off the receives that still wait. Later than `stop`, since messages on their way here would be lost to all until their visibility timeout ends. */
  readonly cut: AbortSignal;
}

/** Longest a receive waits, in seconds: SQS's own limit. */
const longPollSeconds = 20;
/** Pause between two looks at the queue in the last second of a window, in milliseconds. */
const lastLooksMs = 50;

const envelopeBytes = Buffer.byteLength('{"Records":[]}');

/**
 * Fills batches from a queue: a batch is closed when it is full, when its window ends, or when the next message would
 * take the event over Lambda's 6 MB. Receives never reach past the window, so none has to be cut off on the way.
 */
export function batchGatherer(
  queue: QueueClient,
  settings: MappingSettings & { readonly windowScale?: number },
  { stop, cut }: StopSignals,
): BatchGatherer {
  const left: SQSRecord[] = [];

  async function receive(room: number, waitSeconds: number): Promise<SQSRecord[]> {
    if (left.length > 0) return left.splice(0, room);
    return queue.receive(Math.min(10, room), waitSeconds, cut);
  }

  async function waitForFirst(): Promise<SQSRecord[]> {
    for (;;) {
      const records = await receive(settings.batchSize, longPollSeconds);
      if (records.length > 0) return records;
      stop.throwIfAborted();
    }
  }

  async function fill(batch: Batch): Promise<void> {
    let bytes = envelopeBytes;
    /** Takes what fits and keeps the rest for the next batch; false when something did not fit. */
    const take = (records: readonly SQSRecord[]): boolean => {
      for (const [index, record] of records.entries()) {
        const json = JSON.stringify(record);
        bytes += Buffer.byteLength(json) + 1;
        if (bytes > lambdaLimits.payloadBytes && batch.records.length > 0) {
          left.unshift(...records.slice(index));
          return false;
        }
        batch.records.push(record);
        batch.json.push(json);
      }
      return true;
    };

    let fits = take(await waitForFirst());
    const windowEnds = performance.now() + settings.batchingWindowSeconds * 1000 * (settings.windowScale ?? 1);
    stop.throwIfAborted();
    while (fits && batch.records.length < settings.batchSize) {
      const remainingMs = windowEnds - performance.now();
      if (remainingMs <= 0) return;
      const waitSeconds = Math.min(longPollSeconds, Math.floor(remainingMs / 1000));
      const more = await receive(settings.batchSize - batch.records.length, waitSeconds);
      if (more.length === 0 && waitSeconds === 0) {
        await sleep(Math.min(lastLooksMs, Math.max(0, remainingMs)), undefined, { signal: stop });
      }
      fits = take(more);
      stop.throwIfAborted();
    }
  }

  return {
    async gather() {
      const batch: Batch = { records: [], json: [] };
      try {
        await fill(batch);
      } catch (error) {
        if (stop.aborted) {
          await queue.release(batch.records);
          return undefined;
        }
        // A batch that was begun goes on without what could not be received.
        if (batch.records.length === 0) throw error;
      }
      return batch;
    },
    release: () => queue.release(left.splice(0)),
  };
}
