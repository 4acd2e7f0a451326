import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import postEvent from '../../fixtures/aws-events/http-api-v2-post.json' with { type: 'json' };
import { type Fixture, startFixture } from '../../local/emulators/aws-fixture.ts';
import { config, identify, serverKey, siteKey, track } from '../../support/factories.ts';
import { basic } from '../../support/ingest-request.ts';

type Handle = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const directory = mkdtempSync(join(tmpdir(), 'ingest-'));
const configFile = join(directory, 'config.json');
let isDown = false;
let fixture: Fixture;
let queues: { events: string; deadLetters: string };
let handle: Handle;
let logged: string[];

beforeAll(async () => {
  const fault = { status: 500, code: 'InternalFailure', message: 'down' };
  fixture = await startFixture({
    intercept: (operation) => (isDown && operation === 'AmazonSQS.SendMessageBatch' ? fault : undefined),
  });
  queues = { events: await fixture.queue(), deadLetters: await fixture.queue() };
  writeFileSync(configFile, JSON.stringify(config()));
  // The handler reads its settings when it is loaded, as it does at a cold start.
  vi.stubEnv('EVENTS_QUEUE_URL', queues.events);
  vi.stubEnv('DEAD_LETTER_QUEUE_URL', queues.deadLetters);
  vi.stubEnv('CONFIG_FILE', configFile);
  vi.stubEnv('LOG_MESSAGE_IDS', 'all');
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', fixture.server.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  const { handler } = await import('../../../functions/ingest/handler.ts');
  handle = (event) => handler(event, {} as Context);
});

beforeEach(() => {
  isDown = false;
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
  await fixture.close();
});

const request = (
  body: string,
  headers: Record<string, string> = {},
  change: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 => {
  const event: APIGatewayProxyEventV2 = structuredClone(postEvent);
  return {
    ...event,
    headers: { ...event.headers, authorization: basic(`${serverKey}:`), ...headers },
    rawQueryString: '',
    body,
    ...change,
  };
};

const received = async (url: string): Promise<unknown[]> =>
  (await fixture.receive(url, { VisibilityTimeout: 600 })).map(({ Body }) => JSON.parse(Body ?? '') as unknown);

const jsonOf = ({ body }: APIGatewayProxyStructuredResultV2): unknown => JSON.parse(body ?? '') as unknown;

describe('handler', () => {
  it('queues the events of a request and logs their ids', async () => {
    const result = await handle(request(JSON.stringify({ batch: [track('A'), track('B')] })));

    expect(result).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"success":true,"accepted":2,"rejected":[]}',
      isBase64Encoded: false,
    });
    expect(await received(queues.events)).toMatchObject([
      { source: 'server', events: [{ event: 'A' }, { event: 'B' }] },
    ]);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        level: 'info',
        message: 'events received',
        source: 'server',
        accepted: ['track-1', 'track-1'],
        EventsAccepted: 2,
      },
    ]);
  });

  it("takes what RudderStack's library sends: gzip under a form's content type", async () => {
    const body = gzipSync(JSON.stringify({ batch: [track('A')] })).toString('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };

    const result = await handle(request(body, headers, { isBase64Encoded: true }));

    expect([result.statusCode, await received(queues.events)]).toMatchObject([200, [{ events: [{ event: 'A' }] }]]);
  });

  it('answers a pixel with the bytes of an image', async () => {
    const event = request('', {}, { rawPath: '/pixel/v1/page' });
    const headers = { 'user-agent': 'Browser/1.0' };
    const http = { ...event.requestContext.http, method: 'GET' };
    const rawQueryString = `writeKey=${siteKey}&anonymousId=a+b%2Bc`;

    const result = await handle({
      ...event,
      headers,
      rawQueryString,
      requestContext: { ...event.requestContext, http },
    });

    expect(result).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { 'content-type': 'image/gif' } });
    expect(await received(queues.events)).toMatchObject([
      { source: 'site', events: [{ anonymousId: 'a b+c', context: { ip: '203.0.113.7', userAgent: 'Browser/1.0' } }] },
    ]);
  });

  it('refuses a body over 4 MB', async () => {
    const result = await handle(request('x'.repeat(4 * 1024 * 1024 + 1)));

    expect([result.statusCode, jsonOf(result)]).toMatchObject([413, { code: 'request_too_large' }]);
  });

  it('keeps rejected events and logs which and why', async () => {
    const bad = track('A', {}, { userId: undefined });

    const result = await handle(request(JSON.stringify({ batch: [bad] })));

    expect(jsonOf(result)).toMatchObject({ accepted: 0, rejected: [{ code: 'identity_missing' }] });
    expect(await received(queues.deadLetters)).toMatchObject([{ stage: 'ingest', event: bad }]);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        level: 'warn',
        message: 'events received',
        status: 200,
        source: 'server',
        accepted: [],
        rejected: [{ code: 'identity_missing', messageId: 'track-1' }],
        EventsRejected: 1,
      },
    ]);
  });

  it('answers 503 while SQS is down', async () => {
    isDown = true;

    const result = await handle(request(JSON.stringify({ batch: [track('A')] })));

    expect([result.statusCode, result.headers]).toMatchObject([503, { 'retry-after': '5' }]);
    expect(jsonOf(result)).toMatchObject({ code: 'queue_unavailable' });
  });

  it('answers a bug with 500 and nothing of its cause, which the log locates', async () => {
    const broken = { ...request('{}'), requestContext: undefined } as unknown as APIGatewayProxyEventV2;

    const result = await handle(broken);

    expect(result).toMatchObject({ statusCode: 500, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(jsonOf(result)).toEqual({
      success: false,
      code: 'unexpected',
      message: 'The request could not be handled.',
      fix: expect.any(String),
    });
    expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        level: 'error',
        message: 'unexpected error',
        error: 'TypeError',
        at: expect.stringContaining('handler.ts'),
      },
    ]);
  });

  it('says nothing personal in answers or in the log', async () => {
    const person = { email: 'jane.doe@example.com', name: 'Jane Doe' };
    const bodies = [
      JSON.stringify({ batch: [identify(person), identify(person, { userId: person })] }),
      JSON.stringify(identify(person)).slice(0, -3),
      JSON.stringify({ batch: person }),
    ];

    const results: unknown[] = [];
    for (const body of bodies) results.push(await handle(request(body)));
    isDown = true;
    results.push(await handle(request(bodies[0] ?? '')));

    expect(results).toMatchObject([{ statusCode: 200 }, { statusCode: 400 }, { statusCode: 400 }, { statusCode: 503 }]);
    expect(logged).toHaveLength(4);
    expect(JSON.stringify([results, logged])).not.toMatch(/jane|doe|write-key/i);
  });
});
