import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CheckedEvent, RequestDefaults } from '../../../shared/segment/check-event.ts';
import { createCallReader } from '../../../shared/segment/call-reader.ts';
import { createFastCalls } from '../../../shared/segment/fast-calls.ts';
import { segmentLimits } from '../../../shared/segment/limits.ts';
import { OwnText } from '../../../shared/segment/own-text.ts';
import { type Calls, parseBody, readCalls } from '../../../shared/segment/read-calls.ts';
import { writeKeyFromBody } from '../../../shared/segment/write-key.ts';
import { anyEvent } from '../../support/any-event.ts';
import { now, track } from '../../support/factories.ts';

const fast = createFastCalls();

type Kind = 'batch' | 'event';
const general = (text: string, kind: Kind): Calls => readCalls(parseBody(text), kind);

const defaultsOf = (calls: Calls, more: Partial<RequestDefaults>): RequestDefaults => ({
  source: 'server',
  receivedAt: now,
  randomId: () => 'random',
  sentAt: calls.sentAt,
  context: calls.context,
  integrations: calls.integrations,
  ...more,
});

/** As JSON says it: without the sign of zero. */
const told = (checked: CheckedEvent) =>
  'rejection' in checked
    ? checked
    : {
        event: JSON.parse(JSON.stringify(JSON.parse(checked.json))),
        sameEvent: JSON.parse(JSON.stringify(checked.event)),
        id: checked.messageId,
        concerns: checked.concerns,
      };

const checkAll = (calls: Calls, more: Partial<RequestDefaults>) =>
  calls.events.map((call) => call.check(defaultsOf(calls, more)));

const phone = { library: { name: 'analytics-ios' } };
const mostly = (usual: readonly unknown[], odd: readonly unknown[]) =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

/** Bodies that clients send, and now and then one that none does. */
const calls = fc
  .tuple(
    fc.record(
      {
        type: mostly(['track', 'page', 'identify'], ['Track', 'group', null]),
        event: mostly(['Order Completed', 'Order "Completed"', 'é😀'], [' ', 7]),
        messageId: mostly(['m-1', 'm "1"', 'm-é'], ['\ud800', 7, '', null]),
        userId: mostly(['user-1', 42, null, '漢字'], [' ', []]),
        anonymousId: mostly(['a-1'], [null]),
        timestamp: mostly(['2026-03-10T11:59:00.000Z', '2026-03-10 11:58'], [1773143940, 'x', null]),
        originalTimestamp: mostly(['2026-03-10T11:57:00.000Z', '2026-03-10T12:57:00+01:00'], ['']),
        sentAt: mostly(['2026-03-10T12:01:00.000Z'], [null, {}]),
        writeKey: mostly(['key-1', 'writeKey', ' '], [7]),
        properties: mostly([{}, { revenue: 1.5, list: [{ a: null }] }], [{ n: 2 ** 60 }, [], '{"a":1}', 'x']),
        traits: mostly([{ email: 'a@example.com' }], [null]),
        context: mostly([{}, phone, { direct: true }, { ip: '::1' }, { device: {} }], [{ ...phone, ip: '' }, [], 'x']),
        integrations: mostly([{ All: true }], [[]]),
      },
      { requiredKeys: ['type', 'messageId', 'userId', 'event'] },
    ),
    fc.oneof({ weight: 12, arbitrary: fc.constant({}) }, anyEvent),
    fc.boolean(),
  )
  .map(([call, odd, isFirst]) => (isFirst ? { ...call, ...odd } : { ...odd, ...call }));

const bodies = fc.record(
  {
    sentAt: fc.constantFrom('2026-03-10T12:05:00.000Z', 'x', null),
    context: fc.constantFrom<unknown>(phone, { ip: '198.51.100.1' }, []),
    integrations: fc.constantFrom<unknown>({ All: false }, 7),
    writeKey: fc.constantFrom('key-2', ''),
  },
  { requiredKeys: [] },
);

const escaped = (character: string): string =>
  character < ' ' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const writers: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 1),
  (value) => ` ${JSON.stringify(value, undefined, '\t').replace(/[^ -~\n\t]|\//g, escaped)}\r\n`,
];

const settings = fc.record<Partial<RequestDefaults>>({
  type: fc.constantFrom(undefined, 'page' as const),
  messageIdPrefix: fc.constantFrom(undefined, 'shop "1" '),
  allowedEvents: fc.constantFrom(undefined, undefined, new Set<unknown>(['Order Completed'])),
  connection: fc.constantFrom(
    undefined,
    { isBrowser: true, address: () => '192.0.2.7', userAgent: 'Browser "1"' },
    { isBrowser: false, address: () => '192.0.2.8', userAgent: 'server' },
    { isBrowser: true, address: () => undefined, userAgent: undefined },
  ),
});

describe('the fast reader of calls', () => {
  it('fast equals general: the same calls are taken, with the same events, whatever the body', () => {
    let sure = 0;
    let spliced = 0;
    fc.assert(
      fc.property(
        fc.array(calls, { minLength: 1, maxLength: 4 }),
        bodies,
        fc.constantFrom(...writers),
        settings,
        fc.constantFrom<Kind>('batch', 'event'),
        fc.boolean(),
        (events, body, write, more, kind, isLast) => {
          const whole = kind === 'event' ? events[0] : isLast ? { ...body, batch: events } : { batch: events, ...body };
          const text = write(whole);
          const read = fast(text, kind);
          if (read === undefined) return;
          sure++;
          const { writeKey, ...all } = read;
          const usual = general(text, kind);
          const [checked, expected] = [checkAll(all, more), checkAll(usual, more)];

          expect(checked.map(told)).toEqual(expected.map(told));
          expect({ ...all, events: [] }).toEqual({ ...usual, events: [] });
          if (writeKey !== undefined) expect(writeKey).toBe(writeKeyFromBody(JSON.parse(text)));
          for (const [index, each] of checked.entries()) {
            if ('rejection' in each) {
              expect(all.events[index]?.value).toEqual(usual.events[index]?.value);
              continue;
            }
            expect(each.bytes).toBe(Buffer.byteLength(each.json));
            if (each.json !== (expected[index] as { json: string }).json) continue;
            spliced++;
          }
        },
      ),
      { seed: 81, numRuns: 3_000 },
    );
    expect(sure).toBeGreaterThan(2_000);
    expect(spliced).toBeGreaterThan(2_000);
  });

  const rows = readFileSync(resolve('test/vectors/senders.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly event?: unknown });

  it.each(rows.filter(({ event }) => event !== undefined))('takes what senders send alike: $id', ({ event }) => {
    for (const [kind, text] of [
      ['event', JSON.stringify(event)],
      ['batch', JSON.stringify({ batch: [event, event], sentAt: '2026-11-30T12:00:00.000Z', writeKey: 'key-1' })],
    ] as const) {
      const read = fast(text, kind);
      if (read === undefined) continue;
      const more = { type: 'track' } as const;
      expect(checkAll(read, more).map(told)).toEqual(checkAll(general(text, kind), more).map(told));
    }
  });

  const usual = track('Seen', { price: 1 }, { context: { library: { name: 'analytics-node' } } });

  it('forwards the event’s own text, letter by letter, with what is settled', () => {
    const own = `{"type": "track", "event":"S\\u0065en", "messageId":"m-1", "userId":"u", "timestamp":"2026-03-10T12:00:00Z", "n": 1.50}`;
    const read = fast(`{"batch": [ ${own} , ${own}], "sentAt":"2026-03-10T12:01:00.000Z"}`, 'batch');
    const [checked] = read === undefined ? [] : checkAll(read, {});

    expect(checked).toMatchObject({
      json: `{"type": "track", "event":"S\\u0065en", "messageId":"m-1", "userId":"u", "timestamp":"2026-03-10T11:59:00.000Z", "n": 1.50,"originalTimestamp":"2026-03-10T12:00:00.000Z","sentAt":"2026-03-10T12:01:00.000Z","receivedAt":"2026-03-10T12:00:00.000Z"}`,
    });
  });

  it.each([
    ['behind others', '{"type":"track","event":"Seen","writeKey" : "key-1" ,"messageId":"m","userId":"u"}'],
    ['first', '{ "writeKey":"key-1", "type":"track","event":"Seen","messageId":"m","userId":"writeKey"}'],
    [
      'with its name as its value',
      '{"type":"track","writeKey":"writeKey","event":"Seen","messageId":"m","userId":"u"}',
    ],
    ['last', '{"type":"track","event":"Seen","messageId":"m","userId":"u","writeKey":"a \\"writeKey\\" "}'],
  ])('takes a write key out that stands %s', (_, text) => {
    const read = fast(text, 'event');
    const [checked] = read === undefined ? [] : checkAll(read, {});

    expect(checked && told(checked)).toEqual(told(checkAll(general(text, 'event'), {})[0] as CheckedEvent));
    expect(checked && 'json' in checked ? checked.json : '').not.toContain('key-1');
  });

  it.each([
    ['events twice', `{"batch":[${JSON.stringify(usual)}],"batch":[]}`],
    ['a list of another member', `{"context":{"batch":[${JSON.stringify(usual)}]},"batch":[]}`],
    ['a list within a text', `{"a":"\\"batch\\":[","batch":7}`],
    ['no events', '{"batch":[]}'],
    ['an event too many', JSON.stringify({ batch: Array.from({ length: 2_501 }, () => usual) })],
    ['something behind it', `${JSON.stringify({ batch: [usual] })}]`],
    ['an event that is none', JSON.stringify({ batch: [usual, 7] })],
    ['half an event', JSON.stringify({ batch: [usual] }).slice(0, -20)],
    [
      'digits that numbers cannot tell apart',
      `{"batch":[${JSON.stringify(usual).replace(':1}', ':12345678901234567}')}]}`,
    ],
    ['half a pair of surrogates', JSON.stringify({ batch: [{ ...usual, a: '\ud83d' }] })],
    ['a character that queues refuse', JSON.stringify({ batch: [{ ...usual, a: '\uffff' }] })],
    [
      'nesting beyond the limit',
      JSON.stringify({ batch: [{ ...usual, a: JSON.parse('['.repeat(98) + ']'.repeat(98)) }] }),
    ],
  ])('leaves a body with %s to the general way', (_, text) => {
    expect(fast(text, 'batch')).toBeUndefined();
  });

  it('takes batches and single events of every client library', () => {
    expect(fast(JSON.stringify({ batch: [usual, usual] }), 'batch')?.events).toHaveLength(2);
    expect(fast(JSON.stringify(usual), 'event')?.events[0]).toBeInstanceOf(OwnText);
  });

  it.each([-200, -1, 0, 1, 200])(
    'holds the sender to the limit without what is added here, %i bytes from it',
    (from) => {
      const room = segmentLimits.eventBytes + from - Buffer.byteLength(JSON.stringify({ ...usual, note: '' }));
      const text = JSON.stringify({ ...usual, note: 'x'.repeat(room) });
      const connection = { isBrowser: true, address: () => '203.0.113.7', userAgent: 'Mozilla/5.0' };
      const [quick, slow] = [fast(text, 'event'), general(text, 'event')].map((each) =>
        checkAll(each as Calls, { connection }).map(told),
      );

      expect(quick).toEqual(slow);
      expect('rejection' in (quick?.[0] ?? {})).toBe(from > 0);
    },
  );

  it('is compiled when as much was read as it is made for', async () => {
    const read = createCallReader(500);
    const text = JSON.stringify(usual);

    expect(read(text, 'event')).toBeUndefined();
    for (let i = 0; i < 3; i++) read(text, 'event');
    await vi.waitFor(() => expect(read(text, 'event')?.events).toHaveLength(1));
  });
});
