import { describe, expect, it } from 'vitest';
import { serverKey, track } from '../../support/factories.ts';
import { get, post, testIngest } from '../../support/ingest-request.ts';

describe('warnings', () => {
  it('stand beside what was rejected, with the place of the event', async () => {
    const ingest = testIngest();
    const batch = [track('A'), track('B', {}, { timestamp: 'soon' }), track('C', {}, { properties: 'x' })];

    const answer = await ingest.send(post('/v1/batch', { batch, context: 'x' }));

    expect(answer.json()).toMatchObject({
      success: true,
      accepted: 3,
      rejected: [],
      warnings: [
        { code: 'member_left_out', path: 'context' },
        { index: 1, messageId: 'track-1', code: 'timestamp_unreadable', path: 'timestamp' },
        { index: 2, messageId: 'track-1', code: 'member_left_out', path: 'properties' },
      ],
    });
    expect(answer.facts.warnings?.count).toBe(3);
  });

  it('are not there when there are none', async () => {
    const answer = await testIngest().send(post('/v1/batch', { batch: [track('A')] }));

    expect(answer.json()).toEqual({ success: true, accepted: 1, rejected: [] });
  });

  it('are counted beyond the first twenty', async () => {
    const batch = new Array(100).fill(track('A', {}, { timestamp: 'soon' }));

    const answer = await testIngest().send(post('/v1/batch', { batch }));

    expect(answer.json()).toMatchObject({ accepted: 100, moreWarnings: { timestamp_unreadable: 80 } });
    expect((answer.json() as { warnings: unknown[] }).warnings).toHaveLength(20);
  });
});

describe('a request without a known key', () => {
  // Would throw or take long if it were parsed.
  const unparsable = '{"batch":[';

  it.each([
    ['none', unparsable],
    ['one that nobody knows', `{"writeKey":"other","batch":[`],
    ['long numbers', `[1234567890123456,${'0,'.repeat(1_000)}`],
  ])('has its body left unparsed: %s', async (_, body) => {
    const answer = await testIngest().send(post('/v1/batch', body, { headers: {} }));

    expect([answer.status, answer.json()]).toMatchObject([401, { code: 'write_key_unknown' }]);
  });

  it('is told of by status and code, and of its source if that is known', async () => {
    const ingest = testIngest();

    const unknown = await ingest.send(post('/v1/batch', '{}', { headers: {} }));
    const broken = await ingest.send(post('/v1/batch', '{'));

    expect(unknown.facts).toEqual({
      refusal: { status: 401, code: 'write_key_unknown', reason: expect.any(String), fix: expect.any(String) },
    });
    expect(broken.facts).toMatchObject({ refusal: { status: 400, code: 'request_invalid', source: 'server' } });
  });

  it('is refused where the key stands in a property only', async () => {
    const body = { batch: [track('A', { writeKey: serverKey })] };

    const answer = await testIngest().send(post('/v1/batch', body, { headers: {} }));

    expect(answer.status).toBe(401);
  });
});

describe("a mobile library's event", () => {
  it("gets the connection's address, and a server's beside it none", async () => {
    const ingest = testIngest();
    const library = (name: string) => track('A', {}, { context: { library: { name } } });

    await ingest.send(post('/v1/batch', { batch: [library('analytics-ios'), library('analytics-python')] }));

    expect(ingest.queued().map(({ context }) => context)).toEqual([
      { library: { name: 'analytics-ios' }, ip: '203.0.113.7' },
      { library: { name: 'analytics-python' } },
    ]);
  });

  it('keeps its made id when it is sent again from another network', async () => {
    const ingest = testIngest();
    const event = track('A', {}, { messageId: undefined, context: { library: { name: 'analytics-ios' } } });

    await ingest.send(post('/v1/track', event));
    await ingest.send(post('/v1/track', event, { clientAddress: () => '198.51.100.9' }));

    const [first, second] = ingest.queued();
    expect(first?.['messageId']).toBe(second?.['messageId']);
  });
});

// Beacons carry forms, with the key beside the event: coveo/coveo.analytics.js#449, coveo/search-ui#1068, vesparny/fair-analytics#15.
describe('a body that was encoded as a form', () => {
  const json = JSON.stringify({ ...track('A'), writeKey: undefined });
  const withKey = JSON.stringify({ ...track('A'), writeKey: serverKey });

  it.each<[string, string]>([
    ['behind the event', `data=${encodeURIComponent(json)}&writeKey=${serverKey}`],
    ['before the event', `writeKey=${serverKey}&data=${encodeURIComponent(json)}`],
    ['in other letters', `write_key=${serverKey}%0A&data=${encodeURIComponent(json)}`],
    ['beside base64', `writeKey=${serverKey}&data=${encodeURIComponent(btoa(json))}`],
    ['in the event', `data=${encodeURIComponent(withKey)}`],
    ['in an event without a form', encodeURIComponent(withKey)],
    ['in base64', btoa(withKey)],
  ])('has its key %s', async (_, body) => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/track', body, { headers: {} }));

    expect([answer.status, ingest.queued()]).toMatchObject([200, [{ type: 'track', event: 'A' }]]);
    expect(ingest.queued()[0]).not.toHaveProperty('writeKey');
  });

  it.each(['writeKey=other&data=%7B%7D', `data=%ZZ`, 'data=', 'a=1'])(
    'is refused without a known key: %s',
    async (body) => {
      expect((await testIngest().send(post('/v1/track', body, { headers: {} }))).status).toBe(401);
    },
  );
});

describe("Segment's pixel", () => {
  const data = (event: unknown): string => Buffer.from(JSON.stringify(event)).toString('base64');
  const event = { writeKey: serverKey, userId: 'u-1', event: 'Email Opened ??>', messageId: 'open-1' };

  it.each([
    ['base64', data(event)],
    ['base64url without padding', Buffer.from(JSON.stringify(event)).toString('base64url')],
    ['base64 whose plus signs a query made blanks', data(event).replaceAll('+', ' ')],
  ])('takes an event in %s', async (_, text) => {
    const ingest = testIngest();

    const answer = await ingest.send(get('/v1/pixel/track', { data: text }));

    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/gif']);
    expect(ingest.queued()).toMatchObject([{ type: 'track', event: 'Email Opened ??>', messageId: 'open-1' }]);
    expect(ingest.queued()[0]).not.toHaveProperty('writeKey');
  });

  it('takes the key from the query', async () => {
    const { writeKey: _, ...keyless } = event;

    const answer = await testIngest().send(get('/v1/pixel/page', { data: data(keyless), writeKey: serverKey }));

    expect(answer.status).toBe(200);
  });

  it.each([
    ['no data', {}, 400],
    ['no key', { data: data({ userId: 'u' }) }, 401],
    ['data that is no JSON', { data: Buffer.from(`{"writeKey":"${serverKey}"`).toString('base64') }, 400],
  ])('refuses %s', async (_, query, status) => {
    expect((await testIngest().send(get('/v1/pixel/track', query))).status).toBe(status);
  });
});

describe("Jitsu's clients", () => {
  it.each([
    ['the key', serverKey],
    ['a key with a secret', `${serverKey}:secret`],
  ])('send with %s in a header of their own', async (_, key) => {
    const ingest = testIngest();

    const answer = await ingest.send(
      post('/api/s/s2s/track', track('A', {}, { type: undefined }), { headers: { 'x-write-key': key } }),
    );

    expect([answer.status, ingest.queued()]).toMatchObject([200, [{ type: 'track', event: 'A' }]]);
  });
});
