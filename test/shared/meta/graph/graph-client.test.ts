import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { keepAliveFetch } from '../../../../functions/deliver/keep-alive-fetch.ts';
import {
  appSecretProof,
  type EventsAnswer,
  type GraphFetch,
  graphClient,
} from '../../../../shared/meta/graph/graph-client.ts';
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

    expect(answer).toEqual({ accepted: true, received: 0, messages: 0 });
  });

  it('tells how many events Meta received and how many messages it added', async () => {
    const answer = await send(answering(200, { events_received: 3, messages: ['x', 'y'], fbtrace_id: 'A' }));

    expect(answer).toEqual({ accepted: true, received: 3, messages: 2 });
  });

  it.each<[string, Respond, object]>([
    [
      'a bad event',
      answering(400, error({ code: 100, error_subcode: 2804050, fbtrace_id: 'A1' })),
      { remedy: 'reject', aboutEvent: true, status: 400, code: 100, subcode: 2804050, traceId: 'A1' },
    ],
    ['a token that expired', answering(401, error({ code: 190, error_subcode: 463 })), { remedy: 'hold', code: 190 }],
    [
      'a limit with Retry-After',
      answering(429, error({ code: 4 }), { 'retry-after': '120' }),
      { remedy: 'throttle', code: 4, retryAfterSeconds: 120 },
    ],
    [
      'a limit without JSON',
      answering(429, 'Too many', { 'retry-after': '7' }),
      { remedy: 'throttle', status: 429, retryAfterSeconds: 7 },
    ],
    [
      'a limit with a date as Retry-After',
      answering(429, 'x', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      { remedy: 'throttle' },
    ],
    [
      'a page of HTML',
      answering(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
      { remedy: 'retry', status: 502 },
    ],
    [
      'a page of HTML that says OK',
      answering(200, '<html>Sign in</html>', { 'content-type': 'text/html' }),
      { remedy: 'retry', status: 200 },
    ],
    ['broken JSON', answering(200, '{"events_received": 1'), { remedy: 'retry', status: 200 }],
    ['broken JSON of an error', answering(500, '{"error": {"code": 100'), { remedy: 'retry', status: 500 }],
    ['a success that is no object', answering(200, 'null'), { remedy: 'retry', status: 200 }],
    ['an error that says OK', answering(200, error({ code: 190 })), { remedy: 'hold', status: 200, code: 190 }],
    ['a request too large', answering(413, 'Too large'), { remedy: 'reject', aboutEvent: false, status: 413 }],
    ['a redirect', answering(302, '', { location: 'http://127.0.0.1:1/elsewhere' }), { remedy: 'retry' }],
    ['a connection reset', (response) => response.socket?.resetAndDestroy(), { remedy: 'retry' }],
    [
      'an answer cut off',
      (response) => response.writeHead(200, { 'content-length': '100' }).write('{"ev', () => response.destroy()),
      { remedy: 'retry' },
    ],
  ])('reads %s as refused', async (_, respond, refusal) => {
    const answer = await send(respond);

    expect(answer).toMatchObject({ accepted: false, refusal });
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
      refusal: { remedy: 'retry', reason: expect.stringContaining('0.15') },
    });
  });

  it('reads a server that is not there', async () => {
    const gone = await startGraphServer(answering(200, {}));
    await gone.close();

    const answer = await graphClient(gone.url, fetch)(request);

    expect(answer).toMatchObject({
      accepted: false,
      refusal: { remedy: 'retry', reason: 'Meta could not be reached.' },
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

    expect(answer.accepted ? undefined : answer.refusal.retryAfterSeconds).toBe(expected);
  });

  it('prefers Retry-After over the usage header', async () => {
    const usage = JSON.stringify({ a: [{ estimated_time_to_regain_access: 60 }] });

    const answer = await send(answering(429, 'x', { 'retry-after': '30', 'x-business-use-case-usage': usage }));

    expect(answer).toMatchObject({ refusal: { retryAfterSeconds: 30 } });
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
