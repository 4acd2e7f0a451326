import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { keepAliveFetch } from '../../../../functions/deliver/keep-alive-fetch.ts';
import {
  appSecretProof,
  type EventsAnswer,
  type GraphFetch,
  graphClient,
} from '../../../../shared/meta/graph/graph-client.ts';
import { retryAction } from '../../../../shared/meta/graph/graph-error.ts';
import { answering, type GraphServer, type Respond, startGraphServer } from '../../../support/graph-server.ts';

const request = {
  datasetId: '1234567890123456',
  graphVersion: 'v25.0',
  token: { accessToken: 'token-1' },
  body: '{"data":[{"event_name":"Purchase"}]}',
};
const marker = 'marker@private.example';

let server: GraphServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const error = (facts: object) => ({ error: { message: `Bad ${marker}`, type: 'OAuthException', ...facts } });

describe.each<[string, GraphFetch]>([
  ["Node's fetch", fetch],
  ['keepAliveFetch', keepAliveFetch()],
])('graphClient over %s', (_client, fetch) => {
  async function send(respond: Respond, timeoutMs?: number): Promise<EventsAnswer> {
    server = await startGraphServer(respond);
    return graphClient(server.url, fetch, timeoutMs)(request);
  }

  it('posts the body as it is to the events of the dataset, with the token in a header only', async () => {
    await send(answering(200, { events_received: 1 }));

    expect(server?.requests).toMatchObject([
      {
        method: 'POST',
        url: '/v25.0/1234567890123456/events',
        headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
        body: request.body,
      },
    ]);
  });

  it('takes a base URL with a slash at its end', async () => {
    server = await startGraphServer(answering(200, { events_received: 1 }));

    await graphClient(`${server.url}/`, fetch)(request);

    expect(server.requests[0]?.url).toBe('/v25.0/1234567890123456/events');
  });

  it.each([
    ['is missing', {}],
    ['is no number', { events_received: 'all' }],
  ])('takes a success whose count %s, and reports every event as not received', async (_, body) => {
    const answer = await send(answering(200, body));

    expect(answer).toEqual({ accepted: true, received: 0, note: { version: 'v25.0' } });
  });

  it('keeps how many events Meta received, what it said beside that, and its id of the request', async () => {
    const answer = await send(answering(200, { events_received: 3, messages: ['x', 'y'], fbtrace_id: 'A' }));

    expect(answer).toEqual({
      accepted: true,
      received: 3,
      note: { version: 'v25.0', traceId: 'A', messages: ['x', 'y'] },
    });
  });

  it('keeps Meta’s messages without what they may quote of an event, and few of them', async () => {
    const messages = [
      `The name "Jane Doe" of ${marker} is odd`,
      "The city 'Springfield' isn't known",
      { text: 'Jane' },
      'a fourth one',
    ];

    const answer = await send(answering(200, { events_received: 1, messages }));

    expect(answer).toMatchObject({
      note: { messages: ['The name "…" of  is odd', 'The city "…" isn\'t known', '(not text)'] },
    });
  });

  it.each([
    ['accepted', answering(200, { events_received: 1 }, { 'x-ad-api-version-warning': 'v25.0 ends soon' })],
    ['failed', answering(400, error({ code: 1 }), { 'x-ad-api-version-warning': 'v25.0 ends soon' })],
  ])('keeps Meta’s warning of the end of a version beside a request that is %s', async (_, respond) => {
    const answer = await send(respond);

    const note = answer.accepted ? answer.note : answer.error.note;
    expect(note).toMatchObject({ version: 'v25.0', versionWarning: 'v25.0 ends soon' });
  });

  it.each<[string, Respond, Readonly<Record<string, unknown>>]>([
    [
      'a bad event',
      answering(400, error({ code: 100, error_subcode: 2804050, fbtrace_id: 'A1' })),
      { action: 'reject', aboutEvent: true, status: 400, code: 100, subcode: 2804050, traceId: 'A1' },
    ],
    ['a token that expired', answering(401, error({ code: 190, error_subcode: 463 })), { action: 'hold', code: 190 }],
    [
      'a limit with Retry-After',
      answering(429, error({ code: 4 }), { 'retry-after': '120' }),
      { action: 'throttle', code: 4, retryAfterSeconds: 120 },
    ],
    [
      'a limit without JSON',
      answering(429, 'Too many', { 'retry-after': '7' }),
      { action: 'throttle', status: 429, retryAfterSeconds: 7 },
    ],
    [
      'a limit with a date as Retry-After',
      answering(429, 'x', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      { action: 'throttle' },
    ],
    [
      'a page of HTML',
      answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
      { action: 'retry', status: 502 },
    ],
    [
      'a page of HTML that says OK',
      answering(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      { action: 'retry', status: 200 },
    ],
    ['broken JSON', answering(200, '{"events_received": 1'), { action: 'retry', status: 200 }],
    ['broken JSON of an error', answering(500, '{"error": {"code": 100'), { action: 'retry', status: 500 }],
    ['a success that is no object', answering(200, 'null'), { action: 'retry', status: 200 }],
    ['an error that says OK', answering(200, error({ code: 190 })), { action: 'hold', status: 200, code: 190 }],
    ['a request too large', answering(413, 'Too large'), { action: 'reject', aboutEvent: false, status: 413 }],
    ['a redirect', answering(302, '', { location: 'http://127.0.0.1:1/elsewhere' }), { action: 'retry' }],
    ['a connection reset', (response) => response.socket?.resetAndDestroy(), { action: 'retry' }],
    [
      'an answer cut off',
      (response) => response.writeHead(200, { 'content-length': '100' }).write('{"ev', () => response.destroy()),
      { action: 'retry' },
    ],
  ])('reads %s as refused', async (_, respond, { action, ...facts }) => {
    const answer = await send(respond);

    expect(answer).toMatchObject({ accepted: false, error: facts });
    expect(answer.accepted || retryAction(answer.error)).toBe(action);
    expect(JSON.stringify(answer)).not.toContain(marker);
  });

  it('does not follow a redirect with the token', async () => {
    const elsewhere = await startGraphServer(answering(200, { events_received: 1 }));

    await send(answering(307, '', { location: `${elsewhere.url}/stolen` }));
    await elsewhere.close();

    expect(elsewhere.requests).toEqual([]);
  });

  it.each<[string, Respond]>([
    ['never answers', () => {}],
    ['never ends its answer', (response) => response.writeHead(200).write('{"events_received":')],
  ])('gives up on a server that %s', async (_, respond) => {
    const answer = await send(respond, 150);

    expect(answer).toMatchObject({
      accepted: false,
      error: { label: 'timeout', isTooLarge: true, reason: expect.stringContaining('0.15') },
    });
  });

  it('reads a server that is not there', async () => {
    const gone = await startGraphServer(answering(200, {}));
    await gone.close();

    const answer = await graphClient(gone.url, fetch)(request);

    expect(answer).toMatchObject({
      accepted: false,
      error: { label: 'unreachable', reason: 'Meta could not be reached.' },
    });
  });

  it.each<[string, string, number | undefined]>([
    [
      'the longest of the minutes',
      JSON.stringify({ a: [{ estimated_time_to_regain_access: 2 }], b: [{ estimated_time_to_regain_access: 5 }] }),
      300,
    ],
    [
      'no wish in zero minutes',
      JSON.stringify({ a: [{ estimated_time_to_regain_access: 0, call_count: 100 }] }),
      undefined,
    ],
    ['no wish in other text', 'none', undefined],
    ['no wish in another form', '[1]', undefined],
  ])('reads %s in the usage header', async (_, header, expected) => {
    const answer = await send(answering(400, error({ code: 80_004 }), { 'x-business-use-case-usage': header }));

    expect(answer.accepted ? undefined : answer.error.retryAfterSeconds).toBe(expected);
  });

  it('prefers Retry-After over the usage header', async () => {
    const usage = JSON.stringify({ a: [{ estimated_time_to_regain_access: 60 }] });

    const answer = await send(answering(429, 'x', { 'retry-after': '30', 'x-business-use-case-usage': usage }));

    expect(answer).toMatchObject({ error: { retryAfterSeconds: 30 } });
  });
});

describe('appSecretProof', () => {
  it('is the HMAC of the token under the secret, in hex', () => {
    const expected = createHmac('sha256', 'secret').update('token-1').digest('hex');

    expect(appSecretProof({ accessToken: 'token-1', appSecret: 'secret' })).toBe(expected);
  });

  it('is nothing without a secret', () => {
    expect(appSecretProof({ accessToken: 'token-1' })).toBeUndefined();
  });
});
