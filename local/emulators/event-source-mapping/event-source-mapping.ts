import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSEvent } from 'aws-lambda';
import type { Call } from '../aws/operation.ts';
import { type Batch, batchGatherer } from './batch-gatherer.ts';
import { failedMessageIds } from './batch-response.ts';
import { checkMappingSettings, type MappingSettings } from './mapping-limits.ts';
import { queueClient } from './queue-client.ts';
import { failure } from '../lambda/invoke-result.ts';
import type { InvokeResult } from '../lambda/lambda-function.ts';

export interface EventSourceMappingOptions extends MappingSettings {
  readonly queueUrl: string;
  readonly region: string;
  /** Runs operations of SQS. */
  readonly call: Call;
  /** @param json the event as JSON */
  readonly invoke: (event: SQSEvent, json: string) => Promise<InvokeResult>;
  /** Batches gathered side by side while nothing runs, 5 in AWS and here. One gives the fullest batches. */
  readonly pollers?: number;
  /**
   * Shortens the window without leaving AWS's bounds: who watches one event does not want to wait for others.
   *
   * @defaultValue 1
   */
  readonly windowScale?: number;
  readonly onBatch?: (batch: BatchInfo) => void;
  /** Told when the queue cannot be reached or refuses something; the mapping goes on by itself. */
  readonly onError?: (error: Error) => void;
}

export interface BatchInfo {
  readonly received: number;
  /** Messages left on the queue, to come again when their visibility timeout ends. */
  readonly failed: number;
  readonly durationMs: number;
  readonly result: InvokeResult;
}

export interface EventSourceMapping {
  /** Stops receiving, lets running invocations finish, and gives back what was received for none. */
  close(): Promise<void>;
}

/** Pause after the queue could not be reached. */
const retryMs = 500;
/** Longest that messages which the queue has handed out are on their way here. */
const inTransitMs = 100;

/**
 * Lambda's polling of an SQS queue: gathers messages into batches, invokes the function with each, and deletes what
 * succeeded; partial batch responses are on. Throws a RangeError for settings that AWS refuses.
 * Source: "Using Lambda with Amazon SQS".
 */
export function startEventSourceMapping(options: EventSourceMappingOptions): EventSourceMapping {
  checkMappingSettings(options);
  const { invoke, maxConcurrency, pollers = 5, onBatch = () => {}, onError = () => {} } = options;
  const queue = queueClient({ ...options, onError });
  const stop = new AbortController();
  const cut = new AbortController();
  const gatherer = batchGatherer(queue, options, { stop: stop.signal, cut: cut.signal });
  const polls = new Set<Promise<void>>();
  let gathering = 0;
  let running = 0;

  function keepPolling(): void {
    while (!stop.signal.aborted && gathering < pollers && gathering + running < maxConcurrency) {
      gathering += 1;
      const poll = pollOnce().then(() => {
        polls.delete(poll);
        keepPolling();
      });
      polls.add(poll);
    }
  }

  async function pollOnce(): Promise<void> {
    const batch = await gather();
    gathering -= 1;
    if (batch === undefined) return;
    running += 1;
    keepPolling();
    try {
      await handOver(batch);
    } finally {
      running -= 1;
    }
  }

  async function gather(): Promise<Batch | undefined> {
    try {
      return await gatherer.gather();
    } catch (error) {
      onError(error as Error);
      await sleep(retryMs, undefined, { signal: stop.signal }).catch(() => {});
      return undefined;
    }
  }

  async function handOver({ records, json }: Batch): Promise<void> {
    const startedAt = performance.now();
    const result = await invoke({ Records: records }, `{"Records":[${json.join(',')}]}`).catch((error: unknown) =>
      failure('ServiceException', String(error)),
    );
    const failed = failedMessageIds(result, new Set(records.map(({ messageId }) => messageId)));
    await queue.remove(records.filter(({ messageId }) => !failed.has(messageId)));
    onBatch({ received: records.length, failed: failed.size, durationMs: performance.now() - startedAt, result });
  }

  keepPolling();

  return {
    async close() {
      stop.abort();
      const timer = setTimeout(() => cut.abort(), inTransitMs);
      while (polls.size > 0) await Promise.all(polls);
      clearTimeout(timer);
      await gatherer.release();
    },
  };
}
