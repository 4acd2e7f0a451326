import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answered {
  /** 0 when there was none. */
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

const patienceMs = 20_000;

/** Sends one request and waits for its answer, at most 20 seconds. */
export async function send(url: string, init: RequestInit = {}): Promise<Answered> {
  const startedAt = performance.now();
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    return { status: response.status, text, ms: performance.now() - startedAt };
  } catch (error) {
    return { status: 0, text: String(error), ms: performance.now() - startedAt };
  }
}

/** Sends a batch, compressed, under a source's key. */
export const sendBatch = (url: string, writeKey: string, batch: readonly unknown[]): Promise<Answered> =>
  send(`${url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${writeKey}:`)}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    body: new Uint8Array(gzipSync(JSON.stringify({ batch }))),
  });

/** Sends a batch as client libraries do: again after a 503 or a broken connection. @returns every status on the way */
export async function sendUntilTaken(
  url: string,
  writeKey: string,
  batch: readonly unknown[],
): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 100; attempt++) {
    const { status } = await sendBatch(url, writeKey, batch);
    statuses.push(status);
    if (status !== 503 && status !== 0) return statuses;
    await sleep(250);
  }
  return statuses;
}

/** An order that Meta takes, under an id of its own. */
export const order = (id: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  type: 'track',
  event: 'Order Completed',
  userId: 'u-1',
  messageId: id,
  timestamp: new Date().toISOString(),
  properties: { order_id: id, revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/thanks' } },
  ...more,
});

/** Waits until something is so. @returns whether it came to be in time */
export async function until(isSo: () => boolean, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) if (isSo()) return true;
  return isSo();
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
