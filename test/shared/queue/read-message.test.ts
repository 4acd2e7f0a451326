import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshMessage, generalMessage, readMessage } from '../../../shared/queue/read-message.ts';
import { track as call } from '../../support/factories.ts';

const track = (event: string) => ({ ...call(event), receivedAt: '2026-03-10T12:00:00.000Z' });
const message = (events: readonly unknown[], more: object = {}) => ({ version: 1, source: 'server', events, ...more });
const retry = { destination: 'meta', mappings: ['purchase'], attempt: 1, firstFailedAt: '2026-11-20T10:00:00.000Z' };

describe('readMessage', () => {
  it.each([
    ['of an event', message([track('Order Completed')])],
    ['of events that are owed', message([track('Order Completed')], { retry })],
  ])('reads a message %s', (_, value) => {
    expect(readMessage(structuredClone(value))).toEqual(value);
  });

  it.each([
    ['no object', 'text'],
    ['another version', message([track('Order Completed')], { version: 2 })],
    ['no source', message([track('Order Completed')], { source: '' })],
    ['no event', message([])],
    ['no list of events', { version: 1, source: 'server', events: {} }],
    ['an event of no known type', message([{ ...track('Order Completed'), type: 'tracks' }])],
    ['an event without its id', message([{ ...track('Order Completed'), messageId: '' }])],
    ['a member too many', message([track('Order Completed')], { more: 1 })],
    ['owed events of no mapping', message([track('Order Completed')], { retry: { ...retry, mappings: [] } })],
  ])('takes %s for no message', (_, value) => {
    expect(readMessage(value)).toBeUndefined();
  });

  it('takes the fast way with what ingest puts', () => {
    const value = message([track('Order Completed'), track('Products Searched')]);

    expect(freshMessage(value)).toEqual(value);
  });

  it('leaves out a member that would be a prototype', () => {
    const value: unknown = JSON.parse(
      JSON.stringify(message([track('Order Completed')])).replace('"messageId"', '"__proto__":{"a":1},"messageId"'),
    );

    expect(Object.hasOwn(readMessage(value)?.events[0] ?? {}, '__proto__')).toBe(false);
  });

  it('fast equals general', () => {
    const oddly = <T>(usual: T) => fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, fc.jsonValue());
    const event = fc.record({
      type: oddly('track'),
      messageId: fc.oneof({ weight: 20, arbitrary: fc.string({ minLength: 1 }) }, fc.jsonValue()),
      timestamp: oddly('2026-11-20T10:00:00.000Z'),
      receivedAt: oddly('2026-11-20T10:00:00.000Z'),
      properties: fc.jsonValue(),
    });
    const messages = fc.record(
      {
        version: oddly(1),
        source: oddly('server'),
        events: fc.oneof(
          {
            weight: 20,
            arbitrary: fc.array(fc.oneof({ weight: 20, arbitrary: event }, fc.jsonValue()), {
              minLength: 1,
              maxLength: 3,
            }),
          },
          fc.jsonValue(),
        ),
        retry: fc.oneof(fc.constant(retry), fc.jsonValue()),
      },
      { requiredKeys: ['version', 'source', 'events'] },
    );
    let fast = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: messages }, fc.jsonValue()), (value) => {
        const read = freshMessage(value);
        if (read === undefined) return;
        fast += 1;
        expect(read).toEqual(generalMessage(value));
      }),
      { seed: 20_261_201, numRuns: 2_000 },
    );

    expect(fast).toBeGreaterThan(100);
  });
});
