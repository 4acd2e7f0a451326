import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  type HeldEvent,
  type HeldMessage,
  mergeHeld,
  messagesIn,
  packHeld,
} from '../../../shared/queue/held-message.ts';
import type { RetryState } from '../../../shared/queue/message.ts';
import { readMessages } from '../../../shared/queue/read-messages.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now } from '../../support/factories.ts';
import { variedOrder } from '../../support/varied-order.ts';

const at = now.toISOString();
const limitBytes = 64 * 1024;
const place = { source: 'shop', destination: 'main' };

const retry = (overrides: Partial<RetryState> = {}): RetryState => ({
  destination: 'main',
  mappings: ['purchase'],
  attempt: 0,
  firstFailedAt: at,
  heldSince: at,
  ...overrides,
});

const held = (event: JsonObject, state: RetryState = retry()): HeldEvent => {
  const json = JSON.stringify(event);
  const receivedAt = String(event['receivedAt']);
  return { retry: state, retryJson: JSON.stringify(state), json, bytes: Buffer.byteLength(json), receivedAt };
};

const orders = (count: number): HeldEvent[] =>
  Array.from({ length: count }, (_, index) => held(variedOrder(index, at)));

const idsIn = (body: string): string[] =>
  (readMessages(JSON.parse(body)) ?? []).flatMap(({ events }) => events.map(({ messageId }) => messageId));

describe('packHeld', () => {
  it('gives back every event with its past', () => {
    const second = retry({ attempt: 2, mappings: ['gift', 'purchase'], heldSince: '2026-03-10T10:00:00.000Z' });
    const events = [held(variedOrder(1, at)), held(variedOrder(2, '2026-03-10T09:00:00.000Z'), second)];

    const [packed, ...others] = packHeld(place, events, now);

    expect(others).toEqual([]);
    expect(packed?.message.held).toMatchObject({
      destination: 'main',
      since: second.heldSince,
      oldestAt: '2026-03-10T09:00:00.000Z',
      readAt: at,
      outcomes: 3,
    });
    expect(readMessages(JSON.parse(packed?.body ?? ''))).toEqual([
      { version: 1, source: 'shop', retry: retry(), events: [variedOrder(1, at)] },
      { version: 1, source: 'shop', retry: second, events: [variedOrder(2, '2026-03-10T09:00:00.000Z')] },
    ]);
  });

  it('puts nearly three times as many realistic events into 64 KB as fit there as they are', () => {
    const events = orders(2_000);

    const packed = packHeld(place, events, now);

    const bytes = events.reduce((sum, each) => sum + each.bytes, 0);
    expect(bytes / events.length).toBeGreaterThan(1_600);
    for (const { body } of packed) expect(body.length).toBeLessThanOrEqual(limitBytes);
    expect(bytes / (packed.length * limitBytes)).toBeGreaterThan(2.5);
    expect(packed.flatMap(({ body }) => idsIn(body))).toEqual(
      events.map(({ json }) => (JSON.parse(json) as { messageId: string }).messageId),
    );
  });

  it('never packs more than half a megabyte of events, however well they compress', () => {
    const events = Array.from({ length: 2_000 }, () => held({ ...variedOrder(1, at), note: 'x'.repeat(2_000) }));

    for (const { message } of packHeld(place, events, now)) expect(message.held.bytes).toBeLessThan(600 * 1024);
  });

  it('gives an event that is too large to share a message one of its own', () => {
    const large = (index: number) =>
      held({ ...variedOrder(index, at), notes: orders(25).map(({ json }) => json + String(index)) });

    const packed = packHeld(place, [large(1), large(2), large(3)], now);

    expect(packed.flatMap(({ from, to }) => [[from, to]])).toEqual([
      [0, packed[0]?.to],
      ...packed.slice(1).map(({ from, to }) => [from, to]),
    ]);
    expect(packed.at(-1)?.to).toBe(3);
  });

  it('copes with texts that are larger in bytes than in characters', () => {
    const events = Array.from({ length: 400 }, (_, index) =>
      held({ ...variedOrder(index, at), note: '注文'.repeat(800) }),
    );

    const packed = packHeld(place, events, now);

    for (const { message, body } of packed) {
      expect(message.held.bytes).toBeLessThan(600 * 1024);
      expect(body.length).toBeLessThanOrEqual(limitBytes);
    }
    expect(packed.reduce((sum, { message }) => sum + message.held.outcomes, 0)).toBe(400);
  });
});

describe('mergeHeld', () => {
  const small = (index: number, state?: RetryState) => ({
    message: packHeld(place, [held(variedOrder(index, at), state)], now)[0]?.message as HeldMessage,
    item: index,
  });

  it('puts small messages together without reading them', () => {
    const earlier = '2026-03-10T08:00:00.000Z';
    const [merged, ...others] = mergeHeld([small(1), small(2, retry({ heldSince: earlier })), small(3)]);

    expect(others).toEqual([]);
    expect(merged?.items).toEqual([1, 2, 3]);
    expect(merged?.message.held).toMatchObject({ since: earlier, outcomes: 3 });
    expect(idsIn(bodyOf(merged?.message as HeldMessage))).toHaveLength(3);
  });

  /** Says that its events have so many bytes, and has a body of so many. */
  const sized = (eventBytes: number, bodyBytes: number, item: number) => {
    const { message } = small(item);
    const own = { ...message, held: { ...message.held, bytes: eventBytes } };
    const [gzip = ''] = own.gzip;
    return { message: { ...own, gzip: [gzip + 'A'.repeat(bodyBytes - bodyOf(own).length)] }, item };
  };
  const ones = (bytes: readonly number[], bodies: readonly number[]) =>
    mergeHeld(bytes.map((each, index) => sized(each, bodies[index] ?? 0, index))).map(({ items }) => items);

  it.each([
    ['as many bytes of events as a message may hold', [300_000, 512 * 1024 - 300_000], [5_000, 5_000], [[0, 1]]],
    ['one byte more', [300_000, 512 * 1024 - 300_000 + 1], [5_000, 5_000], [[0], [1]]],
    ['bodies that fill a message', [10_000, 10_000], [limitBytes - 5_100, 5_100], [[0, 1]]],
    ['bodies of one byte more', [100_000, 100_000], [limitBytes - 5_100, 5_101], [[0], [1]]],
    [
      'a third that has no room',
      [300_000, 100_000, 200_000, 9],
      [6_000, 6_000, 6_000, 6_000],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('puts together %s', (_, bytes, bodies, expected) => {
    expect(ones(bytes, bodies)).toEqual(expected);
  });

  it('stays within 64 KB', () => {
    const merged = mergeHeld(Array.from({ length: 200 }, (_, index) => small(index)));

    expect(merged.length).toBeGreaterThan(1);
    expect(merged.length).toBeLessThan(10);
    for (const { message } of merged) expect(bodyOf(message).length).toBeLessThanOrEqual(limitBytes);
    expect(merged.flatMap(({ items }) => items)).toHaveLength(200);
  });
});

describe('messagesIn', () => {
  const message = packHeld(place, orders(1), now)[0]?.message as HeldMessage;

  it('says so where a few bytes would fill the memory', () => {
    const text = gunzipSync(Buffer.from(message.gzip[0] ?? '', 'base64')).toString('utf8');
    const padded = (bytes: number) => [gzipSync(text + ' '.repeat(bytes)).toString('base64')];

    expect(messagesIn({ ...message, gzip: padded(3 * 1024 * 1024) })).toEqual(messagesIn(message));
    expect(messagesIn({ ...message, gzip: padded(5 * 1024 * 1024) })).toBeUndefined();
  });

  it.each([
    ['no base64', ['***']],
    ['nothing that was compressed', [Buffer.from('[]').toString('base64')]],
    ['half of what there was', [message.gzip[0]?.slice(0, 400) ?? '']],
  ])('says so where a message holds %s', (_, gzip) => {
    expect(messagesIn({ ...message, gzip })).toBeUndefined();
  });
});
