import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventStream } from '../../../../local/console/server/event-stream.ts';
import type { EventLine, Status } from '../../../../local/console/server/wire.ts';

const lineOf = (seq: number): EventLine => ({
  ...{ seq, id: `m-${seq}`, messageId: `m-${seq}`, source: 'shop', type: 'track', name: 'Order Completed' },
  ...{ stage: 'queued', receivedAt: seq, retries: 0, outcomes: [] },
});

/** Reads the stream until it holds a text. */
async function readUntil(url: string, text: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  let read = '';
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    read += new TextDecoder().decode(chunk);
    if (read.includes(text)) break;
  }
  stop.abort();
  return read;
}

const messages = (text: string, name: string): unknown[] =>
  [...text.matchAll(new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`, 'g'))].map(([, data = '']) => JSON.parse(data));

describe('the stream of events to a page', () => {
  it('gives what there is in many small messages, the oldest first, so that the page is never busy for long', async () => {
    const kept = Array.from({ length: 1_700 }, (_, index) => lineOf(1_700 - index));
    const changes = [Array.from({ length: 1_200 }, (_, index) => lineOf(1_701 + index))];
    const stream = eventStream({
      lines: () => kept,
      takeChanges: () => changes.shift() ?? [],
      status: () => ({}) as Status,
      configuration: () => ({ version: 0, summary: '' }),
    });
    const server = createServer((request, response) => stream.connect(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      stream.close();
      server.closeAllConnections();
      server.close();
    });

    const text = await readUntil(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, '"seq":2900');
    const lines = messages(text, 'lines') as EventLine[][];

    expect(messages(text, 'reset')).toEqual([{ run: expect.any(String) }]);
    expect(lines.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 2_900 }, (_, index) => index + 1));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(500);
  });
});
