import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import { DeadLetter, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import { segmentLimits } from '../../../shared/segment/limits.ts';
import { basic, post, testIngest } from '../../support/ingest-request.ts';
import { serverKey } from '../../support/factories.ts';

/** Values that senders, and those who mean harm, put where something else belongs. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e300,
    '',
    ' ',
    'x',
    [],
    {},
    [[]],
    [{}],
    '\ud83d',
    '\uffff',
    '<script>',
  ),
  fc.constantFrom<unknown>('0001-01-01T00:00:00Z', '2026-03-10T12:00:00Z', 1_773_144_000, '1773144000000', 'yesterday'),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const proto = '__proto__';

const members = [
  ...['type', 'event', 'userId', 'anonymousId', 'messageId', 'groupId', 'previousId', 'name', 'category'],
  ...['properties', 'traits', 'context', 'integrations', 'timestamp', 'originalTimestamp', 'sentAt', 'writeKey'],
  ...[proto, 'constructor', 'toString', 'toJSON'],
];

const call = fc.constantFrom<Record<string, unknown>>(
  { type: 'track', event: 'Order Completed', userId: 'u', properties: { revenue: 1 }, context: { ip: '192.0.2.1' } },
  { type: 'page', anonymousId: 'a', context: { library: { name: 'analytics.js' } } },
  { type: 'identify', userId: 'u', traits: { email: 'jane@example.com' } },
);

/** A call with some members changed, or none at all. */
const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(call, fc.dictionary(fc.constantFrom(...members), oddValue, { maxKeys: 4 }))
      .map(([good, odd]) => withOwn(good, odd)),
  },
  { weight: 1, arbitrary: oddValue },
);

/** Also a member called `__proto__`, which a spread would follow. */
function withOwn(good: Record<string, unknown>, odd: Record<string, unknown>): unknown {
  const text = JSON.stringify({
    ...good,
    ...Object.fromEntries(Object.entries(odd).filter(([name]) => name !== proto)),
  });
  return Object.hasOwn(odd, proto)
    ? raw(`${text.slice(0, -1)},"__proto__":${JSON.stringify(odd[proto] ?? null)}}`)
    : raw(text);
}

const raw = (text: string): unknown => JSON.parse(text);

const batch = fc.record(
  { batch: fc.array(event, { maxLength: 60 }), sentAt: oddValue, context: oddValue, integrations: oddValue },
  { requiredKeys: ['batch'] },
);

/** Damage that a text may take on its way. */
const damage = fc.oneof(
  { weight: 12, arbitrary: fc.constant((text: string) => text) },
  fc.nat(2_000).map((at) => (text: string) => text.slice(0, at)),
  fc.tuple(fc.nat(2_000), fc.constantFrom('NaN', '"', '\\', '\u0000', '{', ']', ',', '1e999', '\ud800')).map(
    ([at, piece]) =>
      (text: string) =>
        text.slice(0, at) + piece + text.slice(at),
  ),
  fc.constant((text: string) => text.replaceAll('null', 'NaN')),
  fc.constant((text: string) => text.replaceAll('{}', '[]')),
);

const path = fc.constantFrom(
  '/v1/batch',
  '/v1/b',
  '//v1/batch/',
  '/v1/track',
  '/v1/p',
  '/api/s/s2s/identify',
  '/beacon/v1/batch',
);
const headers = fc.constantFrom<Record<string, string>>(
  { authorization: basic(`${serverKey}:`) },
  { 'x-write-key': serverKey },
  { authorization: basic(`${serverKey}\n`), 'user-agent': 'x' },
);

interface Answered {
  readonly accepted?: number;
  readonly rejected?: readonly unknown[];
  readonly moreRejected?: Readonly<Record<string, number>>;
}

const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

/** Events in dead letters, kept or counted. */
const lettersIn = (bodies: readonly unknown[]): number =>
  bodies.reduce<number>((count, body) => {
    if (DeadLetter.safeParse(body).success) return count + 1;
    const { events, notKept } = RejectedEvents.parse(body);
    return count + events.length + notKept;
  }, 0);

describe('any request with a known key', () => {
  it('is answered, and each of its events is queued, or rejected and kept or counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        batch,
        event,
        path,
        headers,
        damage,
        fc.boolean(),
        async (many, one, at, sent, damaged, zipped) => {
          const isBatch = at.includes('b') && !at.includes('s2s');
          const text = damaged(JSON.stringify(isBatch ? many : one) ?? '');
          const bytes = zipped ? gzipSync(text) : Buffer.from(text);
          const ingest = testIngest();

          const answer = await ingest.send(
            post(at, '', { headers: sent, readBody: () => readBody(bytes.toString('base64'), true) }),
          );

          expect([200, 400, 413]).toContain(answer.status);
          const { accepted = 0, rejected = [], moreRejected } = answer.json() as Answered;
          const messages = ingest.events.bodies().map((body) => EventMessage.parse(body));
          expect(messages.flatMap(({ events }) => events)).toHaveLength(accepted);
          expect(rejected.length).toBeLessThanOrEqual(segmentLimits.listedInFull);
          const codes = (answer.facts.rejected?.first ?? []).map(({ code }) => code);
          const noObjects =
            codes.filter((code) => code === 'event_invalid').length + (moreRejected?.['event_invalid'] ?? 0);
          expect(lettersIn(ingest.deadLetters.bodies()) + noObjects).toBe(rejected.length + sum(moreRejected));
          if (damaged(text) === text && isBatch && answer.status === 200) {
            expect(accepted + rejected.length + sum(moreRejected)).toBe(many.batch.length);
          }
          // What SQS refuses.
          for (const { body } of [...ingest.events.messages, ...ingest.deadLetters.messages]) {
            expect(body).not.toMatch(/[\uFFFE\uFFFF]|\p{Surrogate}/u);
          }
        },
      ),
      { seed: 20_261_201, numRuns: 3_000 },
    );
  });
});
