import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LetterList, LettersMoved, Setup } from '../../../local/console/server/wire.ts';
import { startAwsServer } from '../../../local/emulators/aws/aws-server.ts';
import { temporaryDirectory } from '../../e2e/support/pipeline.ts';

const root = resolve(import.meta.dirname, '../../..');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const now = new Date().toISOString();

const letter = (number: number) => ({
  ...{ version: 1, stage: 'deliver', code: 'currency_invalid', reason: 'No such currency.', fix: 'Send one.' },
  ...{ attempts: 0, source: 'shop', destination: 'main', mapping: 'Purchase', firstFailedAt: now, lastFailedAt: now },
  event: {
    ...{ type: 'track', event: 'Order Completed', messageId: `order-${number}`, timestamp: now, receivedAt: now },
    ...{ userId: 'u-1', properties: { currency: 'EURO' } },
  },
});

/** An account with both queues of staging, in which everything else is denied, and the command on it. */
async function startConsole(...args: string[]) {
  const aws = await startAwsServer();
  const name = (ending: string) => `ConversionsPipeline-staging-Queues-${ending}`;
  const deadLetters = aws.queues.ensureQueue(name('dead-letters'));
  aws.queues.ensureQueue(name('events'));
  const denied = createServer((request, response) => {
    request.resume();
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"__type":"AccessDeniedException"}');
  });
  await new Promise<void>((done) => denied.listen(0, '127.0.0.1', done));
  const state = temporaryDirectory();
  const client = new SQSClient({ endpoint: aws.url, region: 'us-east-1', credentials });
  const child = spawn(
    process.execPath,
    ['--import', './build/require-node.mjs', 'commands/cli.ts', 'console', '--env', 'staging', '--port', '0', ...args],
    {
      cwd: root,
      env: {
        ...{ PATH: process.env['PATH'], AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
        ...{ AWS_ENDPOINT_URL_SQS: aws.url, AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url },
        ...{
          AWS_ENDPOINT_URL: `http://127.0.0.1:${(denied.address() as AddressInfo).port}`,
          AWS_MAX_ATTEMPTS: '1',
          AWS_REGION: 'us-east-1',
        },
        LOCAL_STATE_DIRECTORY: state.path,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    client.destroy();
    denied.closeAllConnections();
    denied.close();
    await aws.close();
    state.remove();
  });
  const printed: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    url = /(http:\/\/127\.0\.0\.1:\d+)\/console/.exec(printed.join('\n'))?.[1] ?? url;
    if (line.includes('Ctrl-C')) break;
  }
  if (url === '') throw new Error(printed.join('\n'));
  return {
    ...{ url, child, state },
    printed: () => printed.join('\n'),
    counts: (ending: string) => aws.queues.counts(name(ending)),
    bury: (number: number) =>
      client.send(new SendMessageCommand({ QueueUrl: deadLetters.url, MessageBody: JSON.stringify(letter(number)) })),
    get: async <T>(path: string): Promise<T> => (await fetch(`${url}/console/api/${path}`)).json() as Promise<T>,
    post: async <T>(path: string, body: unknown): Promise<T> => {
      const headers = { 'x-console': '1' };
      const answer = await fetch(`${url}/console/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return answer.json() as Promise<T>;
    },
  };
}

describe('npm run console', { timeout: 60_000 }, () => {
  it('shows the dead letters of a deployment, and changes nothing unless it is allowed to', async () => {
    const { get, post, bury, counts, url, printed } = await startConsole();
    for (const number of [1, 2, 3]) await bury(number);
    const { letters, groups } = await get<LetterList>('dead-letters');
    const setup = await get<Setup>('setup');

    expect(letters).toHaveLength(3);
    expect(groups).toMatchObject([{ code: 'currency_invalid', events: 3 }]);
    expect(counts('dead-letters')).toEqual({ visible: 3, inFlight: 0, delayed: 0 });
    expect(setup).toMatchObject({ deployment: 'staging', mayChange: false, writeKey: '' });
    expect(setup.explainedBy).toContain('config/staging.ts of this folder, which may differ');
    expect(printed()).toContain('It only looks');
    expect((await fetch(`${url}/console`)).status).toBe(200);

    for (const action of ['redrive', 'purge']) {
      const chosen = { keys: letters.map(({ key }) => key) };
      expect(await post(action, { chosen, confirmed: true })).toEqual({
        message: expect.stringContaining('only looks'),
      });
    }
    expect(await post('send', { event: {} })).toEqual({ message: expect.stringContaining('local console only') });
    expect(counts('dead-letters').visible).toBe(3);
  });

  it('moves exactly what was chosen where it is allowed to, and writes down who did it', async () => {
    const { get, post, bury, counts, state, printed } = await startConsole('--allow-changes');
    for (let number = 0; number < 25; number++) await bury(number);
    const { letters } = await get<LetterList>('dead-letters');
    const keys = letters.slice(0, 2).map(({ key }) => key);

    const moved = await post<LettersMoved>('redrive', { chosen: { keys } });

    expect(moved).toMatchObject({ done: 2, doneBy: { currency_invalid: 2 }, kept: [] });
    expect(counts('dead-letters')).toEqual({ visible: 23, inFlight: 0, delayed: 0 });
    expect(counts('events').visible).toBe(2);
    const line = JSON.parse(readFileSync(join(state.path, 'console-actions.jsonl'), 'utf8')) as object;
    expect(line).toMatchObject({
      ...{ environment: 'staging', action: 'redrive', events: 2, reasons: { currency_invalid: 2 } },
      who: expect.stringContaining('@'),
    });
    expect(printed()).not.toContain('order-');
  });

  it('says in a sentence which metrics it may not read, and ends on Ctrl-C', async () => {
    const { url, child } = await startConsole();
    const stop = new AbortController();
    const stream = await fetch(`${url}/console/api/stream`, { signal: stop.signal });
    let text = '';
    for await (const chunk of stream.body as ReadableStream<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('event: configuration')) break;
    }
    stop.abort();

    expect(text).toContain('The metrics could not be read');
    const exited = new Promise((done) => child.once('exit', done));
    child.kill('SIGINT');
    expect(await exited).toBe(0);
  });

  it('answers nobody who calls the machine by another name', async () => {
    const { url } = await startConsole();
    const answer = await fetch(`${url}/console/api/setup`, { headers: { 'sec-fetch-site': 'cross-site' } });

    expect(answer.status).toBe(403);
  });
});
