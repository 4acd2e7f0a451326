import { describe, expect, it } from 'vitest';
import { EventMessage } from '../../../shared/queue/message.ts';
import { now, page, serverKey, siteKey, siteOrigin, track } from '../../support/factories.ts';
import { basic, post, testIngest } from '../../support/ingest-request.ts';
import { downQueue, pendingQueue } from '../../support/recording-queue.ts';

describe('paths', () => {
  it.each(['/v1/batch', '/v1/b', '/v1/import', '/beacon/v1/batch', '/v1/batch/'])(
    'takes a batch at %s',
    async (path) => {
      const ingest = testIngest();

      const answer = await ingest.send(post(path, { batch: [track('A'), track('B')] }));

      expect([answer.status, answer.json()]).toEqual([200, { success: true, accepted: 2, rejected: [] }]);
      expect(ingest.queued().map(({ event }) => event)).toEqual(['A', 'B']);
    },
  );

  it.each([
    ['/v1/track', 'track', { event: 'A' }],
    ['/v1/t', 'track', { event: 'A' }],
    ['/v1/identify', 'identify', {}],
    ['/v1/i', 'identify', {}],
    ['/v1/page', 'page', {}],
    ['/v1/p', 'page', {}],
    ['/v1/screen', 'screen', {}],
    ['/v1/s', 'screen', {}],
    ['/v1/group', 'group', { groupId: 'g-1' }],
    ['/v1/g', 'group', { groupId: 'g-1' }],
    ['/v1/alias', 'alias', { previousId: 'p-1' }],
    ['/v1/a', 'alias', { previousId: 'p-1' }],
  ])('takes one event at %s, of type %s when it says none', async (path, type, members) => {
    const ingest = testIngest();

    const answer = await ingest.send(post(path, { userId: 'user-1', ...members }));

    expect([answer.status, answer.json()]).toEqual([200, { success: true, accepted: 1, rejected: [] }]);
    expect(ingest.queued()).toMatchObject([{ type, userId: 'user-1', ...members }]);
  });

  it('keeps the type that an event has, whatever the path', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/track', page('Home')));

    expect(ingest.queued()).toMatchObject([{ type: 'page', name: 'Home' }]);
  });

  it('takes an empty batch', async () => {
    const ingest = testIngest();

    const answer = await ingest.send(post('/v1/batch', { batch: [] }));

    expect([answer.json(), ingest.events.messages]).toEqual([{ success: true, accepted: 0, rejected: [] }, []]);
  });
});

describe('credentials', () => {
  const event = track('A');

  it.each([
    ['Basic with a colon', '/v1/track', event, { headers: { authorization: basic(`${serverKey}:`) } }],
    ['Basic without a colon', '/v1/track', event, { headers: { authorization: basic(serverKey) } }],
    ['the body of an event', '/v1/track', { ...event, writeKey: serverKey }, { headers: {} }],
    ['the body of a batch', '/v1/batch', { batch: [event], writeKey: serverKey }, { headers: {} }],
    ['the events of a batch', '/v1/batch', { batch: [{ ...event, writeKey: serverKey }] }, { headers: {} }],
    ['the query', '/beacon/v1/batch', { batch: [event] }, { headers: {}, query: { writeKey: serverKey } }],
    [
      'the body beside an OAuth token',
      '/v1/batch',
      { batch: [event], writeKey: serverKey },
      { headers: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9' } },
    ],
  ])('takes the write key from %s', async (_, path, body, overrides) => {
    const ingest = testIngest();

    const answer = await ingest.send(post(path, body, overrides));

    expect(answer.status).toBe(200);
    expect(ingest.events.bodies()).toMatchObject([{ source: 'server', events: [{ event: 'A' }] }]);
  });

  it('queues no write key', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [{ ...event, writeKey: serverKey }], writeKey: serverKey }));

    expect(ingest.events.messages[0]?.body).not.toContain(serverKey);
  });

  it('lets the key in the header speak before the one in the body', async () => {
    const ingest = testIngest();
    const headers = { authorization: basic(`${siteKey}:`), origin: siteOrigin };

    await ingest.send(post('/v1/track', { ...event, writeKey: serverKey }, { headers }));

    expect(ingest.events.bodies()).toMatchObject([{ source: 'site' }]);
  });
});

describe('content type', () => {
  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    '%s does not matter',
    async (type) => {
      const headers = { authorization: basic(`${serverKey}:`), 'content-type': type };

      const answer = await testIngest().send(post('/v1/track', track('A'), { headers }));

      expect(answer.status).toBe(200);
    },
  );
});

describe('messages', () => {
  it('can be read by deliver', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [track('A'), track('B')] }));

    const [message] = ingest.events.bodies();
    expect(EventMessage.parse(message)).toEqual(message);
  });

  it('are as few as possible, with the source as their group', async () => {
    const ingest = testIngest();
    const batch = Array.from({ length: 100 }, (_, index) =>
      track('A', { text: 'x'.repeat(2_000) }, { messageId: `${index}` }),
    );

    await ingest.send(post('/v1/batch', { batch }));

    expect(ingest.events.messages).toHaveLength(4);
    expect(new Set(ingest.events.messages.map(({ groupId }) => groupId))).toEqual(new Set(['server']));
    expect(ingest.queued().map(({ messageId }) => messageId)).toEqual(batch.map(({ messageId }) => messageId));
  });
});

describe('what a batch says about all of its events', () => {
  it('goes under what each says itself', async () => {
    const ingest = testIngest();
    const own = track('A', {}, { context: { locale: 'fr' }, sentAt: '2026-03-10T11:59:00Z' });
    const body = {
      batch: [own, track('B')],
      context: { locale: 'de', app: { name: 'shop' } },
      integrations: { All: false },
      sentAt: '2026-03-10T11:59:30Z',
    };

    await ingest.send(post('/v1/batch', body));

    expect(ingest.queued()).toMatchObject([
      { context: { locale: 'fr', app: { name: 'shop' } }, integrations: { All: false }, timestamp: now.toISOString() },
      { context: { locale: 'de', app: { name: 'shop' } }, timestamp: '2026-03-10T11:59:30.000Z' },
    ]);
  });

  it('lends no address of the connection to a server', async () => {
    const ingest = testIngest();
    const headers = { authorization: basic(`${serverKey}:`), 'user-agent': 'node' };

    await ingest.send(post('/v1/track', track('A'), { headers }));

    expect(ingest.queued()[0]).not.toHaveProperty('context');
  });
});

describe('message ids', () => {
  const withoutId = track('A', {}, { messageId: undefined });

  it('are the same when a client sends the same batch again', async () => {
    const ingest = testIngest();

    await ingest.send(post('/v1/batch', { batch: [withoutId], sentAt: '2026-03-10T11:59:00Z' }));
    await ingest.send(post('/v1/batch', { batch: [withoutId], sentAt: '2026-03-10T11:59:10Z' }));

    const [first, second] = ingest.queued();
    expect(first?.['messageId']).toMatch(/^content-/);
    expect(second?.['messageId']).toBe(first?.['messageId']);
  });

  it('are random when an event has no time', async () => {
    const ingest = testIngest();
    const timeless = { ...withoutId, timestamp: undefined };

    await ingest.send(post('/v1/batch', { batch: [timeless, timeless] }));

    expect(ingest.queued().map(({ messageId }) => messageId)).toEqual(['random-1', 'random-2']);
  });
});

describe('confirmation', () => {
  const bad = track('', {});

  it.each([
    ['events', [track('A')]],
    ['deadLetters', [bad]],
  ])('comes before the answer: %s', async (name, batch) => {
    const queue = pendingQueue();
    let answered = false;

    const answer = testIngest({ [name]: queue })
      .send(post('/v1/batch', { batch }))
      .then((each) => {
        answered = true;
        return each;
      });
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect([queue.messages.length, answered]).toEqual([1, false]);
    queue.confirm();
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['events', [track('A')]],
    ['deadLetters', [track('A'), bad]],
  ])('that fails becomes 503: %s', async (name, batch) => {
    const answer = await testIngest({ [name]: downQueue }).send(post('/v1/batch', { batch }));

    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.json()).toMatchObject({ success: false, code: 'queue_unavailable' });
  });

  it('that fails for a single event becomes 503, even when the event is bad', async () => {
    const answer = await testIngest({ deadLetters: downQueue }).send(post('/v1/track', bad));

    expect(answer.status).toBe(503);
  });

  it('that fails by a bug is no answer but an error', async () => {
    const bug = { send: () => Promise.reject(new TypeError('bug')) };

    await expect(testIngest({ events: bug }).send(post('/v1/track', track('A')))).rejects.toThrow(TypeError);
  });
});
