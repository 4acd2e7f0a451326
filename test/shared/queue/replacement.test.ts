import { describe, expect, it } from 'vitest';
import type { DeadLetter, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import { type Replacement, replacementOf, replacementOfRejected } from '../../../shared/queue/replacement.ts';
import type { RulesOfSource } from '../../../shared/segment/source-rules.ts';
import { hoursAgo, moved, order, refused, refusedTogether, rejected } from '../../support/dead-letters.ts';

const noRules: RulesOfSource = () => undefined;
const replace = (content: DeadLetter | RejectedEvents, rules: RulesOfSource | undefined = noRules): Replacement =>
  content.version === 1
    ? replacementOf(content, 'message-1', rules)
    : replacementOfRejected(content, 'message-1', rules);
const messageOf = (content: DeadLetter | RejectedEvents, rules?: RulesOfSource): EventMessage => {
  const replacement = replace(content, rules);
  if ('refusal' in replacement) throw new Error(replacement.refusal);
  return EventMessage.parse(JSON.parse(replacement.body));
};

describe('replacementOf', () => {
  it('owes a delivery only to the destination and mapping that gave it up', () => {
    expect(messageOf(refused('order-1', { attempts: 4 }))).toEqual({
      version: 1,
      source: 'shop',
      origin: 'redrive',
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

  describe('with the rules of the source', () => {
    const call = { type: 'track', event: 'Order Completed', userId: 'user-1', messageId: 'call-1' };
    const letter = rejected(call, { code: 'event_not_allowed' });
    const allowing =
      (...names: string[]): RulesOfSource =>
      (source) =>
        source === 'shop' ? { allowedEvents: new Set(names), messageIdPrefix: 'web-' } : undefined;

    it.each([
      ['a letter', letter],
      ['letters that share a message', { ...refusedTogether([call]), code: 'event_not_allowed' }],
      ['a letter that was refused for something else', rejected(call)],
    ])('refuses %s whose event the source may not send', (_, content) => {
      expect(replace(content, allowing('Product Viewed'))).toEqual({
        refusal: expect.stringContaining('Still event_not_allowed'),
      });
    });

    it.each([
      ['a letter', letter],
      ['letters that share a message', refusedTogether([call])],
    ])('puts the prefix before the id in %s, as the endpoint does', (_, content) => {
      expect(messageOf(content, allowing('Order Completed')).events).toMatchObject([{ messageId: 'web-call-1' }]);
    });

    it('leaves the id of an event that was accepted once', () => {
      expect(messageOf(refused('web-order-1'), allowing('Product Viewed')).events).toMatchObject([
        { messageId: 'web-order-1' },
      ]);
    });

    it('sends on what belongs to a source that is no longer configured: deliver says what becomes of it', () => {
      expect(messageOf(rejected(call, { source: 'gone' }), allowing()).source).toBe('gone');
    });

    it('refuses what the source might not send where the configuration is not known', () => {
      expect(replacementOf(letter, 'message-1', undefined)).toEqual({ refusal: expect.stringContaining('--env') });
    });
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

  it('returns the message of an earlier version that this one can read', () => {
    const body = JSON.stringify(moved(['a']));
    const letter = refused('a', { code: 'message_undecodable', event: body });

    expect(replace(letter)).toEqual({ body, groupId: 'shop' });
  });

  it.each([
    ['what is still invalid', rejected({ type: 'identify' }), 'Still identity_missing'],
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
