import { describe, expect, it } from 'vitest';
import type { IngestRequest } from '../../../shared/ingest/request.ts';
import { identify, siteKey, siteOrigin, track } from '../../support/factories.ts';
import { get, post, testIngest } from '../../support/ingest-request.ts';
import { downQueue } from '../../support/recording-queue.ts';

const email = 'jane.doe@example.com';
const person = { email, name: 'Jane Doe', phone: '+49 151 23456789' };
const marker = /jane|doe|23456789|secret-key/i;

const bad: Record<string, unknown>[] = [
  track(email, person, { userId: undefined }),
  track('A', person, { properties: email }),
  track('A', person, { timestamp: email }),
  track('A', person, { type: email }),
  track('A', person, { userId: person }),
  track('A', { ...person, text: 'x'.repeat(40_000) }),
  identify(person, { context: [email], userId: email }),
];

const requests: [string, IngestRequest][] = [
  ['good and bad events', post('/v1/batch', { batch: [identify(person, { userId: email }), ...bad] })],
  ...bad.map((event, index): [string, IngestRequest] => [`bad event ${index}`, post('/v1/track', event)]),
  ['a body that is no JSON', post('/v1/batch', `{"email": ${email}}`)],
  ['a batch that is no list', post('/v1/batch', { batch: person })],
  ['a path', post(`/v1/${email}`, person)],
  ['a method', post('/v1/track', person, { method: email })],
  ['an unknown key', post('/v1/track', person, { headers: { authorization: 'Basic c2VjcmV0LWtleTo=' } })],
  ['an unknown key in the body', post('/v1/track', { ...person, writeKey: 'secret-key' }, { headers: {} })],
  [
    'an origin',
    post('/v1/track', person, { headers: { origin: 'https://jane.example' }, query: { writeKey: siteKey } }),
  ],
  [
    'a pixel',
    get('/pixel/v1/track', { writeKey: siteKey, event: 'A', userId: email }, { headers: { origin: siteOrigin } }),
  ],
];

describe('personal data', () => {
  it.each(requests)('is neither in the answer nor in the facts for the log: %s', async (_, request) => {
    const answer = await testIngest().send(request);

    expect(JSON.stringify([answer.headers, answer.body, answer.facts])).not.toMatch(marker);
  });

  it('is not in the answer when the queue is down', async () => {
    const answer = await testIngest({ events: downQueue }).send(post('/v1/identify', identify(person)));

    expect([answer.status, JSON.stringify([answer.headers, answer.body, answer.facts])]).toEqual([
      503,
      expect.not.stringMatching(marker),
    ]);
  });
});
