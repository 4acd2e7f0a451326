import { describe, expect, it } from 'vitest';
import { openMessage } from '../../../commands/dead-letters/open-message.ts';
import { replacementOf } from '../../../commands/dead-letters/replacement.ts';
import type { Replacement } from '../../../shared/queue/replacement.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import { now } from '../../support/factories.ts';
import { hoursAgo, moved, order, refused, refusedTogether, rejected } from './letters.ts';

const replace = (content: unknown): Replacement =>
  replacementOf(
    openMessage({
      id: 'message-1',
      body: typeof content === 'string' ? content : JSON.stringify(content),
      sentAt: now,
    }),
  );
const messageOf = (content: unknown): EventMessage => {
  const replacement = replace(content);
  if ('refusal' in replacement) throw new Error(replacement.refusal);
  return EventMessage.parse(JSON.parse(replacement.body));
};

describe('replacementOf', () => {
  it('owes a delivery only to the destination and mapping that gave it up', () => {
    expect(messageOf(refused('order-1', { attempts: 4 }))).toEqual({
      version: 1,
      source: 'shop',
      events: [order('order-1')],
      retry: { destination: 'main', mappings: ['Purchase'], attempt: 1, firstFailedAt: hoursAgo(1) },
    });
  });

  it('keeps the source as the message group', () => {
    expect(replace(refused('order-1'))).toMatchObject({ groupId: 'shop' });
  });

  it('sends an event that was refused at the door to all destinations, under its own id', () => {
    const message = messageOf(rejected({ type: 'identify', userId: 'user-1', messageId: 'call-1' }));

    expect(message.retry).toBeUndefined();
    expect(message.events).toMatchObject([{ type: 'identify', messageId: 'call-1' }]);
  });

  it("corrects the sender's clock by when the event came, not by when it is redriven", () => {
    const sentAt = hoursAgo(3);
    const timestamp = hoursAgo(4);
    const [event] = messageOf(rejected({ type: 'identify', userId: 'user-1', sentAt, timestamp })).events;

    expect(event).toMatchObject({ timestamp: hoursAgo(2), receivedAt: hoursAgo(1) });
  });

  it('gives an event without id and time the same id each time', () => {
    const content = rejected({ type: 'identify', userId: 'user-1' });

    expect(messageOf(content).events[0]?.messageId).toBe('dead-letter-message-1');
  });

  it('sends events that were refused together on together, once all of them are valid', () => {
    const events = [
      { type: 'identify', userId: 'u', messageId: 'a' },
      { type: 'identify', userId: 'u' },
    ];

    expect(messageOf(refusedTogether(events)).events.map(({ messageId }) => messageId)).toEqual([
      'a',
      'dead-letter-message-1-1',
    ]);
  });

  it.each([
    [
      'of which one is still not valid',
      refusedTogether([{ type: 'identify', userId: 'u' }, { type: 'identify' }]),
      /^Still identity_missing: .* \(1 of the 2 events/,
    ],
    ['that were only counted', { ...refusedTogether([]), notKept: 7 }, /counted, not kept/],
  ])('refuses events %s', (_, content, why) => {
    expect(replace(content)).toEqual({ refusal: expect.stringMatching(why) });
  });

  it('returns a message that SQS moved as it is', () => {
    const body = JSON.stringify(moved(['a', 'b']), undefined, 1);

    expect(replace(body)).toEqual({ body, groupId: 'shop' });
  });

  it('returns the message of an earlier version that this one can read', () => {
    const body = JSON.stringify(moved(['a']));
    const letter = refused('a', { code: 'message_undecodable', event: body });

    expect(replace(letter)).toEqual({ body, groupId: 'shop' });
  });

  it.each([
    ['what is still invalid', rejected({ type: 'identify' }), 'Still identity_missing'],
    ['what is unreadable', 'hello', 'cannot be read'],
    ['an undecodable message', refused('a', { code: 'message_undecodable', event: 'hello' }), 'cannot read'],
    ['an undecodable object', refused('a', { code: 'message_undecodable', event: {} }), 'cannot read'],
    ['a letter without destination', refused('a', { destination: undefined }), 'does not say which'],
    ['a letter without mapping', refused('a', { mapping: undefined }), 'does not say which'],
    ['a letter without event', refused('a', { event: { type: 'track' } }), 'no event'],
    ['an ingest letter without source', rejected({}, { source: undefined }), 'no source'],
    ['an ingest letter without time', rejected({}, { firstFailedAt: 'soon' }), 'when the event came'],
  ])('refuses %s', (_, content, why) => {
    expect(replace(content)).toEqual({ refusal: expect.stringContaining(why) });
  });
});
