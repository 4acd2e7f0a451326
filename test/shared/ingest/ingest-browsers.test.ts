import { describe, expect, it } from 'vitest';
import type { IngestRequest } from '../../../shared/ingest/request.ts';
import { serverKey, siteKey, siteOrigin, track } from '../../support/factories.ts';
import { basic, get, post, testIngest } from '../../support/ingest-request.ts';
import { downQueue } from '../../support/recording-queue.ts';

const cors = { 'access-control-allow-origin': siteOrigin, 'access-control-allow-credentials': 'true', vary: 'origin' };
const foreign = 'https://other.example';

const fromPage = (path: string, body: unknown, origin = siteOrigin, key = siteKey): IngestRequest =>
  post(path, body, {
    headers: { origin, authorization: basic(`${key}:`), 'content-type': 'text/plain', 'user-agent': 'Browser/1.0' },
  });

const preflight = (path: string, origin: string | undefined): IngestRequest =>
  post(path, '', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,anonymousid,sentat',
    },
  });

describe('preflight', () => {
  it.each([
    '/v1/batch',
    '/v1/t',
    '/v1/m',
    '/beacon/v1/batch',
    '/pixel/v1/page',
    '/sourceConfig',
    '/v1/projects/k/settings',
  ])('of %s is granted to a listed origin', async (path) => {
    const answer = await testIngest().send(preflight(path, siteOrigin));

    expect([answer.status, answer.body, answer.headers]).toEqual([
      204,
      '',
      {
        ...cors,
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'authorization,anonymousid,sentat',
        'access-control-max-age': '86400',
      },
    ]);
  });

  it.each([foreign, 'null', undefined])('is refused to %s', async (origin) => {
    const answer = await testIngest().send(preflight('/v1/batch', origin));

    expect([answer.status, answer.json()]).toMatchObject([403, { code: 'origin_not_allowed' }]);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('events of a page', () => {
  it.each([
    ['in the header', fromPage('/v1/t', track('A'))],
    ['in the body', post('/v1/t', { ...track('A'), writeKey: siteKey }, { headers: { origin: siteOrigin } })],
    [
      'in the query',
      post(
        '/beacon/v1/batch',
        { batch: [track('A')] },
        { headers: { origin: siteOrigin }, query: { writeKey: siteKey } },
      ),
    ],
  ])('are taken from a listed origin, with the key %s', async (_, request) => {
    const answer = await testIngest().send(request);

    expect([answer.status, answer.headers]).toMatchObject([200, cors]);
  });

  it.each([
    ['an origin nobody lists', fromPage('/v1/t', track('A'), foreign), undefined],
    ['an origin that another source lists', fromPage('/v1/t', track('A'), siteOrigin, serverKey), siteOrigin],
  ])('are refused from %s', async (_, request, allowed) => {
    const ingest = testIngest();

    const answer = await ingest.send(request);

    expect([answer.status, answer.json()]).toMatchObject([403, { code: 'origin_not_allowed' }]);
    expect([answer.headers['access-control-allow-origin'], ingest.events.messages]).toEqual([allowed, []]);
  });

  it.each([
    ['400', fromPage('/v1/batch', '{'), 400],
    ['400 for the event', fromPage('/v1/t', {}), 400],
    ['401', fromPage('/v1/t', track('A'), siteOrigin, 'other'), 401],
    ['404', fromPage('/v1/unknown', '{}'), 404],
    ['405', { ...fromPage('/v1/t', '{}'), method: 'PUT' }, 405],
    ['413', fromPage('/v1/batch', { batch: new Array(2_501).fill({}) }), 413],
  ])('get the headers with a %s too', async (_, request, status) => {
    const answer = await testIngest().send(request);

    expect([answer.status, answer.headers]).toMatchObject([status, cors]);
  });

  it('get no headers with a 503, so that every library sees a failed request and tries again', async () => {
    const answer = await testIngest({ events: downQueue }).send(fromPage('/v1/t', track('A')));

    expect(answer.status).toBe(503);
    expect(Object.keys(answer.headers).sort()).toEqual(['content-type', 'retry-after']);
  });

  it('get address and user agent of the connection', async () => {
    const ingest = testIngest();

    await ingest.send(fromPage('/v1/t', track('A')));

    expect(ingest.queued()).toMatchObject([{ context: { ip: '203.0.113.7', userAgent: 'Browser/1.0' } }]);
  });

  it.each([
    ['the event', { batch: [track('A', {}, { context: { ip: '192.0.2.1', userAgent: 'Own' } })] }],
    ['the batch', { batch: [track('A')], context: { ip: '192.0.2.1', userAgent: 'Own' } }],
  ])('keep address and user agent that %s gives', async (_, body) => {
    const ingest = testIngest();

    await ingest.send(fromPage('/v1/b', body));

    expect(ingest.queued()).toMatchObject([{ context: { ip: '192.0.2.1', userAgent: 'Own' } }]);
  });

  it("are not mistaken for those of the site's server, which names no origin", async () => {
    const ingest = testIngest();
    const headers = { authorization: basic(`${siteKey}:`), 'user-agent': 'node' };

    const answer = await ingest.send(post('/v1/track', track('A'), { headers }));

    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(ingest.queued()[0]).not.toHaveProperty('context');
  });
});

describe('settings of the libraries', () => {
  const host = { headers: { host: 'events.example', origin: siteOrigin } };

  it("are given to Segment's and Customer.io's", async () => {
    const answer = await testIngest().send(get(`/v1/projects/${siteKey}/settings`, {}, host));

    expect([answer.status, answer.headers]).toMatchObject([200, { ...cors, 'cache-control': 'no-store' }]);
    expect(answer.json()).toMatchObject({
      integrations: { 'Segment.io': { apiKey: siteKey, apiHost: 'events.example/v1' } },
    });
  });

  it.each([
    ['the query', get('/sourceConfig/', { writeKey: siteKey, p: 'npm' }, host)],
    ['the header', get('/sourceConfig', {}, { headers: { ...host.headers, authorization: basic(`${siteKey}:`) } })],
  ])("are given to RudderStack's, with the key in %s", async (_, request) => {
    const answer = await testIngest().send(request);

    expect([answer.status, answer.headers]).toMatchObject([200, cors]);
    expect(answer.json()).toMatchObject({
      source: { id: 'site', writeKey: siteKey, enabled: true },
      updatedAt: '2026-03-10T12:00:00.000Z',
    });
  });

  it.each([
    get(`/v1/projects/${siteKey}/settings`),
    get(`/v1/projects/${serverKey}/settings`),
    get('/sourceConfig', { writeKey: serverKey }),
  ])('are given without an origin, as to a mobile app, by any source: $path', async (request) => {
    const answer = await testIngest().send(request);

    expect(answer.status).toBe(200);
  });

  // CloudFront and other proxies put a name of their own into Host.
  it('name the endpoint that is known, not the one that the request names', async () => {
    const ingest = testIngest({ endpoint: 'https://events.shop.example' });

    const answer = await ingest.send(get(`/v1/projects/${siteKey}/settings`, {}, host));

    expect(answer.json()).toMatchObject({
      integrations: {
        'Segment.io': { apiHost: 'events.shop.example/v1' },
        'Customer.io Data Pipelines': { apiHost: 'events.shop.example/v1' },
      },
    });
  });

  it.each([
    ['a foreign origin', get(`/v1/projects/${siteKey}/settings`, {}, { headers: { origin: foreign } }), 403],
    ['an unknown key', get('/v1/projects/other/settings', {}, host), 401],
    ['an unknown key, to RudderStack', get('/sourceConfig', { writeKey: 'other' }, host), 401],
    ['no key, to RudderStack', get('/sourceConfig', {}, host), 401],
  ])('are refused for %s', async (_, request, status) => {
    const answer = await testIngest().send(request);

    expect(answer.status).toBe(status);
  });
});

describe('pixel', () => {
  const query = {
    writeKey: siteKey,
    anonymousId: 'a-1',
    messageId: 'pixel-1',
    'context.page.url': 'https://shop.example/',
  };

  it('becomes an event and is answered with an image', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(get('/pixel/v1/page', query, { headers: { 'user-agent': 'Browser/1.0' } }));

    expect(answer).toMatchObject({ status: 200, isBase64: true });
    expect(answer.headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' });
    expect(Buffer.from(answer.body, 'base64').toString('latin1', 0, 6)).toBe('GIF89a');
    expect(ingest.queued()).toEqual([
      {
        type: 'page',
        anonymousId: 'a-1',
        messageId: 'pixel-1',
        context: { page: { url: 'https://shop.example/' }, ip: '203.0.113.7', userAgent: 'Browser/1.0' },
        timestamp: '2026-03-10T12:00:00.000Z',
        receivedAt: '2026-03-10T12:00:00.000Z',
      },
    ]);
  });

  it('that is no valid event is an image all the same, and kept', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(get('/pixel/v1/track', query));

    expect([answer.status, answer.headers['content-type'], answer.facts]).toMatchObject([
      200,
      'image/gif',
      { source: 'site', accepted: [], rejected: { count: 1, first: [{ code: 'event_name_missing' }] } },
    ]);
    expect(ingest.deadLetters.bodies()).toMatchObject([{ code: 'event_name_missing', event: { anonymousId: 'a-1' } }]);
    expect(ingest.deadLetters.messages[0]?.body).not.toContain(siteKey);
  });

  it('is refused for an unknown key', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(get('/pixel/v1/page', { ...query, writeKey: 'other' }));

    expect([answer.status, ingest.events.messages]).toEqual([401, []]);
  });
});

describe('metrics of the libraries', () => {
  it('are taken without a key and dropped', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/m', '{"series": []}', { headers: { origin: siteOrigin } }));

    expect([answer.status, answer.json(), answer.headers]).toMatchObject([200, { success: true }, cors]);
    expect([ingest.events.messages, ingest.deadLetters.messages]).toEqual([[], []]);
  });
});
