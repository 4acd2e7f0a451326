import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { callOf, expectedOf, type PlannedEvent } from './plan-events.ts';

export interface SenderOptions {
  /** Origin of the pipeline. */
  readonly url: string;
  readonly writeKey: string;
  readonly perRequest: number;
  /** Events that were answered with 200. */
  readonly onAnswered: (events: readonly PlannedEvent[], at: number) => void;
  /** A request failed: what it held may be queued all the same, and is sent again. */
  readonly onFailed: (events: readonly PlannedEvent[]) => void;
  readonly signal: AbortSignal;
}

const parallelRequests = 4;
const pauseMs = 250;

const Answer = z.object({ accepted: z.number(), rejected: z.array(z.object({ index: z.number(), code: z.string() })) });

/**
 * Sends as a client library does: in batches, again after a 503 or a broken connection, until there is a 200.
 *
 * @throws Error when an answer is none that the events should get, or when the signal says stop
 */
export async function sendEvents(events: readonly PlannedEvent[], options: SenderOptions): Promise<void> {
  const starts = Array.from(
    { length: Math.ceil(events.length / options.perRequest) },
    (_, n) => n * options.perRequest,
  );
  const worker = async (): Promise<void> => {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      await sendUntilAnswered(events.slice(start, start + options.perRequest), options);
    }
  };
  await Promise.all(Array.from({ length: parallelRequests }, worker));
}

async function sendUntilAnswered(events: readonly PlannedEvent[], options: SenderOptions): Promise<void> {
  const { url, writeKey, signal, onAnswered, onFailed } = options;
  const body = JSON.stringify({ batch: events.map(callOf), sentAt: new Date() });
  const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' };
  for (;;) {
    const response = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body, signal }).catch(() => undefined);
    if (response?.status === 200) {
      checkAnswer(events, Answer.parse(await response.json()));
      onAnswered(events, Date.now());
      return;
    }
    await response?.body?.cancel();
    if (response !== undefined && response.status < 500) {
      throw new Error(`The pipeline answered ${response.status} to good requests.`);
    }
    onFailed(events);
    signal.throwIfAborted();
    await sleep(pauseMs, undefined, { signal });
  }
}

function checkAnswer(events: readonly PlannedEvent[], { accepted, rejected }: z.infer<typeof Answer>): void {
  const wanted = events.flatMap((event, index) => {
    const expected = expectedOf(event);
    return expected.outcome === 'rejected' ? [`${index} ${expected.code}`] : [];
  });
  const got = rejected.map(({ index, code }) => `${index} ${code}`);
  if (accepted !== events.length - wanted.length || got.join() !== wanted.join()) {
    throw new Error(`The pipeline rejected [${got.join(', ')}] of a batch, not [${wanted.join(', ')}].`);
  }
}
