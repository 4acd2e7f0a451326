import { request } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { embeddedQueue, startAwsServer } from '../../../../local/emulators/aws/aws-server.ts';
import { createConsole } from '../../../../local/console/server/console.ts';
import { watchPipeline } from '../../../../local/console/server/watch-pipeline.ts';
import type { EventDetails, LetterList, LettersMoved, Setup } from '../../../../local/console/server/wire.ts';
import { startGraphApi } from '../../../../local/graph-stand-in/graph-api.ts';
import { startHttpApi } from '../../../../local/emulators/http-api/http-api.ts';
import { ensureQueues, queueNames } from '../../../../local/runtime/queues.ts';
import type { Config } from '../../../../shared/config/config.ts';
import { defineConfig } from '../../../../shared/config/define-config.ts';
import type { DeadLetter } from '../../../../shared/queue/dead-letter.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import { serverEvent } from '../../graph-stand-in/server-events.ts';

const token = 'the-token-of-the-test';
const now = new Date().toISOString();

const order = {
  ...{ type: 'track', event: 'Order Completed', messageId: 'order-1', timestamp: now, receivedAt: now },
  userId: 'user-1',
  properties: { revenue: 10, currency: 'EUR' },
  context: { userAgent: 'Mozilla/5.0', traits: { email: ' Jane@Shop.example' } },
};

const letter: DeadLetter = {
  ...{ version: 1, stage: 'deliver', code: 'field_missing', reason: 'No currency.', fix: 'Send it.', attempts: 0 },
  ...{ source: 'shop', destination: 'main', mapping: 'Purchase', firstFailedAt: now, lastFailedAt: now },
  event: { ...order, properties: { revenue: 10 } },
};

const config = defineConfig({
  sources: { shop: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/test/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});

/** The console between real queues, a real Graph stand-in and an endpoint that takes anything. */
async function startConsole() {
  const watch = watchPipeline(config);
  const region = 'us-east-1';
  const aws = await startAwsServer({ region, onSent: watch.hooks.onSent });
  const queues = ensureQueues(aws);
  aws.secrets.put('conversions/test/main', token);
  const graph = await startGraphApi({ accepts: (given) => given === token });
  const sent: unknown[] = [];
  const routes = {};
  const invoke = async (event: unknown) => {
    sent.push(event);
    return { ok: true, payload: { statusCode: 200, body: '{"success":true}' } } as const;
  };
  const http = await startHttpApi({ port: 0, invoke, routes });
  const console = await createConsole({
    ...watch,
    config,
    settings: { writeKey: 'the-write-key', graphApiUrl: undefined, configFile: undefined },
    backend: {
      endpoints: { sqs: aws.url, secretsManager: aws.url, graph: graph.url },
      ...{ queues, region },
      deadLetters: embeddedQueue(aws.queues, queueNames.deadLetters),
      received: () => graph.received(),
      counts: (queue) => aws.queues.counts(queueNames[queue]),
    },
    endpoint: http.url,
  });
  Object.assign(routes, console.routes);
  const client = new SQSClient({ endpoint: aws.url, region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  onTestFinished(async () => {
    client.destroy();
    console.close();
    await Promise.all([http.close(), graph.close()]);
    await aws.close();
  });
  const put = (QueueUrl: string, body: unknown) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  return {
    ...{ url: http.url, sent, graph, console },
    queue: () => put(queues.events, { version: 1, source: 'shop', events: [order] }),
    bury: (overrides: Partial<DeadLetter> = {}) => put(queues.deadLetters, { ...letter, ...overrides }),
    counts: (queue: keyof typeof queueNames) => aws.queues.counts(queueNames[queue]),
    get: async <T>(path: string) => (await fetch(`${http.url}/console/api/${path}`)).json() as Promise<T>,
    post: (path: string, body: unknown) =>
      fetch(`${http.url}/console/api/${path}`, {
        method: 'POST',
        headers: { 'x-console': '1' },
        body: JSON.stringify(body),
      }),
  };
}

/** Reads the stream of the console, message by message. */
async function streamOf(url: string) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`${url}/console/api/stream`, { signal: stop.signal });
  const chunks = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return {
    /** Data of the next message of this name. */
    async next(name: string): Promise<unknown> {
      for (;;) {
        const found = new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`).exec(text);
        if (found !== null) {
          text = text.slice(found.index + found[0].length);
          return JSON.parse(found[1] ?? '');
        }
        const { value, done } = await chunks.read();
        if (done) throw new Error(`The stream ended without ${name}.`);
        text += new TextDecoder().decode(value);
      }
    },
  };
}

const moved = async (response: Promise<Response>): Promise<LettersMoved> =>
  (await response).json() as Promise<LettersMoved>;

describe('the routes of the console', () => {
  it('serve a page that no cache keeps and that may load its own files only', async () => {
    const { url } = await startConsole();
    const response = await fetch(`${url}/console`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    for (const [, path = ''] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
      expect((await fetch(url + path)).status, path).toBe(200);
    }
    expect((await fetch(`${url}/console/assets/none.js`)).status).toBe(404);
  });

  it('answer nobody who calls the machine by another name', async () => {
    const { url } = await startConsole();
    const status = await new Promise((resolve) => {
      request(`${url}/console/api/setup`, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      ).end();
    });
    expect(status).toBe(403);
  });

  it.each(['redrive', 'purge', 'send', 'test-event'])('change nothing on %s without the header', async (path) => {
    const { url, bury, counts, sent } = await startConsole();
    await bury();
    const response = await fetch(`${url}/console/api/${path}`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
    expect(counts('deadLetters').visible).toBe(1);
    expect(sent).toEqual([]);
  });

  it('tell the configuration without a secret', async () => {
    const { get } = await startConsole();
    const setup = await get<Setup>('setup');
    expect(setup.destinations).toMatchObject([{ name: 'main', datasetId: '1234567890123456' }]);
    expect(setup.examples.length).toBeGreaterThan(5);
    expect(JSON.stringify(setup)).not.toMatch(/conversions\/test|0{64}|the-token/);
  });

  it('tell of another configuration from the moment that it runs', async () => {
    const { get, queue, console, url } = await startConsole();
    await queue();
    const messages = await streamOf(url);
    expect(await messages.next('configuration')).toEqual({ version: 0, summary: '6 mappings in 1 destination' });
    const [mapping] = ecommerceMappings({ actionSource: 'website' });
    const { main } = config.destinations;
    await console.configure(
      defineConfig({
        ...config,
        destinations: { main: { ...main, mappings: [{ ...mapping, name: 'Sale' }] } },
      } as Config),
    );
    expect(await messages.next('configuration')).toEqual({ version: 1, summary: '1 mapping in 1 destination' });
    const { version, destinations } = await get<Setup>('setup');
    expect([version, destinations[0]?.mappings.map(({ name }) => name)]).toEqual([1, ['Sale']]);
    const { explanations } = await get<EventDetails>('event?id=order-1');
    expect(explanations.flatMap(({ mappings }) => mappings.map(({ name }) => name))).toEqual(['Sale']);
  });

  it('tell why a changed configuration does not run, and that it is mended', async () => {
    const { console, url } = await startConsole();
    const messages = await streamOf(url);
    await messages.next('configuration');
    const problem = { title: 'config/local.ts: not valid', issues: [{ path: 'sources', message: 'is missing' }] };
    console.tellProblem(problem);
    expect(await messages.next('configuration')).toMatchObject({ version: 0, problem });
    const late = await streamOf(url);
    expect(await late.next('configuration')).toMatchObject({ problem });
    console.tellProblem(undefined);
    expect(await messages.next('configuration')).not.toHaveProperty('problem');
  });

  it('stream what is queued', async () => {
    const { url, queue } = await startConsole();
    const response = await fetch(`${url}/console/api/stream`);
    await queue();
    let text = '';
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('event: lines')) break;
    }
    expect(text).toMatch(/^retry: 1000\n\nevent: reset\ndata: \{"run":"[\w-]+"\}\n\nevent: status\n/);
    expect(text).toContain('"messageId":"order-1"');
    expect(text).not.toContain('Jane@Shop.example');
  });

  it('give the details of an event, and only of one that is there', async () => {
    const { get, queue } = await startConsole();
    await queue();
    const { explanations, event } = await get<EventDetails>('event?id=order-1');
    expect(event).toEqual(order);
    const mappings = explanations.flatMap(({ mappings }) => mappings.filter(({ matches }) => matches));
    expect(mappings.map(({ name, outcome }) => `${name} ${outcome?.status}`)).toEqual(['Purchase ready']);
    expect(mappings[0]?.fields).toContainEqual(
      expect.objectContaining({ path: 'user_data.em', normalised: 'jane@shop.example' }),
    );
    expect(await get('event?id=order-2')).toEqual({ message: expect.stringContaining('neither among the latest') });
  });

  it('list dead letters and leave them where they are', async () => {
    const { get, bury, counts } = await startConsole();
    await bury();
    const { letters } = await get<LetterList>('dead-letters');
    expect(letters).toMatchObject([{ code: 'field_missing', messageId: 'order-1', eventName: 'Order Completed' }]);
    expect(counts('deadLetters')).toMatchObject({ visible: 1, inFlight: 0 });
  });

  it('redrive the letters that are named, and say what was not there', async () => {
    const { get, bury, counts, post } = await startConsole();
    await bury();
    await bury({ code: 'other' });
    const { letters } = await get<LetterList>('dead-letters');
    const key = letters.find(({ code }) => code === 'field_missing')?.key;
    const answer = await moved(post('redrive', { chosen: { keys: [key, 'gone'] } }));
    expect(answer).toMatchObject({
      ...{ done: 1, doneBy: { field_missing: 1 }, keys: [key], warnings: [] },
      kept: [{ keys: ['gone'], events: 1, why: expect.stringContaining('no longer') }],
    });
    expect(counts('deadLetters').visible).toBe(1);
    expect(counts('events').visible).toBe(1);
  });

  it('redrive only what its source may send by the configuration that runs now', async () => {
    const { get, bury, post, console, counts } = await startConsole();
    const { shop } = config.sources;
    await bury({ stage: 'ingest', code: 'event_not_allowed' });
    const [first] = (await get<LetterList>('dead-letters')).letters;
    const redrive = () => moved(post('redrive', { chosen: { keys: [first?.key] } }));

    await console.configure({ ...config, sources: { shop: { ...shop, events: ['Product Viewed'] } } } as Config);
    expect(await redrive()).toMatchObject({ done: 0, kept: [{ why: expect.stringContaining('event_not_allowed') }] });

    await console.configure({ ...config, sources: { shop: { ...shop, messageIdPrefix: 'web-' } } } as Config);
    expect(await redrive()).toMatchObject({ done: 1, kept: [] });
    expect(counts('events').visible).toBe(1);
    expect((await get<EventDetails>('event?id=web-order-1')).event).toMatchObject({ messageId: 'web-order-1' });
  });

  it('redrive an edited event in place of the one that failed', async () => {
    const { get, bury, post } = await startConsole();
    await bury();
    const [first] = (await get<LetterList>('dead-letters')).letters;
    await post('redrive', { chosen: { keys: [first?.key] }, event: order });
    const { event, line } = await get<EventDetails>('event?id=order-1');
    expect(event).toEqual(order);
    expect(line).toMatchObject({ stage: 'waiting' });
  });

  it('redrive what Meta may count twice only when that is confirmed', async () => {
    const { get, bury, post, counts } = await startConsole();
    await bury({ firstFailedAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    const keys = (await get<LetterList>('dead-letters')).letters.map(({ key }) => key);
    const asked = await moved(post('redrive', { chosen: { keys } }));
    expect(asked).toMatchObject({ done: 0, warnings: [expect.stringContaining('48 hours')] });
    expect(counts('deadLetters').visible).toBe(1);
    expect(await moved(post('redrive', { chosen: { keys }, confirmed: true }))).toMatchObject({ done: 1 });
  });

  it('purge only when that is confirmed', async () => {
    const { get, bury, post, counts } = await startConsole();
    await bury();
    const keys = (await get<LetterList>('dead-letters')).letters.map(({ key }) => key);
    expect(await moved(post('purge', { chosen: { keys } }))).toMatchObject({ done: 0 });
    expect(await moved(post('purge', { chosen: { keys }, confirmed: true }))).toMatchObject({ done: 1 });
    expect(counts('deadLetters').visible).toBe(0);
  });

  it('send an event to the endpoint with the write key', async () => {
    const { post, sent } = await startConsole();
    expect(await (await post('send', { event: order })).json()).toEqual({ status: 200, body: { success: true } });
    expect(sent).toMatchObject([
      {
        rawPath: '/v1/batch',
        headers: { authorization: `Basic ${Buffer.from('the-write-key:').toString('base64')}` },
        body: JSON.stringify({ batch: [order] }),
      },
    ]);
  });

  it('send exactly the payload given as a test event, and never show the token', async () => {
    const { post, graph } = await startConsole();
    const event = { ...serverEvent(), event_time: Math.floor(Date.now() / 1_000) };
    const body = { destination: 'main', testEventCode: 'TEST1', json: JSON.stringify(event) };
    const text = await (await post('test-event', body)).text();
    expect(JSON.parse(text)).toMatchObject({ status: 200, body: { events_received: 1 } });
    expect(text).not.toContain(token);
    expect(graph.received()).toMatchObject([{ testEventCode: 'TEST1', events: [event] }]);
  });

  it.each([
    { path: 'redrive', body: { chosen: { keys: [] } }, says: 'chosen' },
    { path: 'send', body: { event: 'text' }, says: 'event' },
    { path: 'test-event', body: { destination: 'main', testEventCode: ' ', json: '{}' }, says: 'testEventCode' },
  ])('say what is wrong with a body for $path', async ({ path, body, says }) => {
    const { post } = await startConsole();
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.stringContaining(says) });
  });

  it('list the datasets that the token reaches', async () => {
    const { get } = await startConsole();
    expect(await get('datasets')).toMatchObject({ destinations: [{ name: 'main', datasets: expect.any(Array) }] });
  });
});
