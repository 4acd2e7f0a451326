import { describe, expect, it } from 'vitest';
import { get, post, testIngest } from '../../support/ingest-request.ts';
import { siteKey, siteOrigin } from '../../support/factories.ts';

const pixel = {
  script: () => Promise.resolve({ text: 'code()', gzip: 'Z3ppcA==', etag: '"abc"' }),
  programOf: (source: string) => Promise.resolve(source === 'site' ? ['program'] : undefined),
};
const origin = { headers: { host: 'events.shop.example', origin: siteOrigin } };

describe('the script for pages', () => {
  it('may be kept, checked and loaded by every page, without a key', async () => {
    const { status, headers, body } = await testIngest({ pixel }).send(get('/v1/pixel.js'));

    expect([status, body]).toEqual([200, 'code()']);
    expect(headers).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      etag: '"abc"',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    });
  });

  it('is zipped for who takes that', async () => {
    const request = get('/v1/pixel.js', {}, { headers: { 'accept-encoding': 'br, gzip' } });

    const answer = await testIngest({ pixel }).send(request);

    expect(answer).toMatchObject({ body: 'Z3ppcA==', isBase64: true, headers: { 'content-encoding': 'gzip' } });
  });

  it.each(['"abc"', 'W/"abc"', '"x", "abc"'])('is not sent again to who has %s', async (tag) => {
    const answer = await testIngest({ pixel }).send(get('/v1/pixel.js', {}, { headers: { 'if-none-match': tag } }));

    expect([answer.status, answer.body]).toEqual([304, '']);
  });

  it('is not there where nothing serves it', async () => {
    expect((await testIngest().send(get('/v1/pixel.js'))).status).toBe(404);
  });
});

describe('settings', () => {
  it('bring the program to the pages of a source that mirrors', async () => {
    const ingest = testIngest({ pixel });
    const segment = await ingest.send(get(`/v1/projects/${siteKey}/settings`, {}, origin));
    const rudderStack = await ingest.send(get('/sourceConfig', { writeKey: siteKey }, origin));

    const expected = { integrations: { 'Meta Pixel Twin': { program: ['program'] } } };
    expect(segment.json()).toMatchObject(expected);
    expect(rudderStack.json()).toMatchObject(expected);
  });

  it('are as they were without', async () => {
    const answer = await testIngest({ pixel: { ...pixel, programOf: async () => undefined } }).send(
      get(`/v1/projects/${siteKey}/settings`, {}, origin),
    );

    expect(Object.keys((answer.json() as { integrations: object }).integrations)).toEqual([
      'Segment.io',
      'Customer.io Data Pipelines',
    ]);
  });
});

describe('ids', () => {
  const body = { writeKey: siteKey, fbp: 'fb.1.1772900000000.1116446470' };

  it('are set again for a page of the site', async () => {
    const { status, headers, cookies } = await testIngest().send(post('/v1/ids', body, origin));

    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': siteOrigin,
      'access-control-allow-credentials': 'true',
      'cache-control': 'no-store',
    });
    expect(cookies).toEqual([
      '_fbp=fb.1.1772900000000.1116446470; Max-Age=7776000; Path=/; Domain=shop.example; Secure; SameSite=Lax',
    ]);
  });

  // CloudFront puts the API's own name into Host.
  it('are set for the name of the endpoint that is known', async () => {
    const ingest = testIngest({ endpoint: 'https://events.shop.example' });
    const headers = { origin: siteOrigin, host: 'abc.execute-api.amazonaws.com' };

    const { cookies } = await ingest.send(post('/v1/ids', body, { headers }));

    expect(cookies?.[0]).toContain('Domain=shop.example;');
  });

  it('are set for the name that the page asked under, behind a proxy of the shop', async () => {
    const headers = { origin: siteOrigin, host: 'abc.execute-api.amazonaws.com', 'x-forwarded-host': 'shop.example' };

    const { cookies } = await testIngest().send(post('/v1/ids', body, { headers }));

    expect(cookies?.[0]).toContain('Domain=shop.example;');
  });

  it.each([
    ['a foreign page', body, { headers: { ...origin.headers, origin: 'https://other.test' } }, 403],
    ['an unknown key', { ...body, writeKey: 'other' }, origin, 401],
  ])('are not set for %s', async (_, given, more, status) => {
    const answer = await testIngest().send(post('/v1/ids', given, more));

    expect([answer.status, answer.cookies]).toEqual([status, undefined]);
  });

  it('queue nothing', async () => {
    const ingest = testIngest();
    await ingest.send(post('/v1/ids', body, origin));

    expect(ingest.queued()).toEqual([]);
  });
});
