import { describe, expect, it } from 'vitest';
import { openMessage } from '../../../commands/dead-letters/open-message.ts';
import { hoursAgo, moved, order, refused, refusedTogether, rejected } from '../../support/dead-letters.ts';

const sentAt = new Date(hoursAgo(5));
const open = (content: unknown) =>
  openMessage({ id: 'message-1', body: typeof content === 'string' ? content : JSON.stringify(content), sentAt });
const retry = {
  destination: 'main',
  mappings: ['Purchase', 'Gift'],
  attempt: 3,
  firstFailedAt: hoursAgo(9),
};

describe('openMessage', () => {
  it('reads a dead letter of the pipeline', () => {
    expect(open(refused('order-1')).letters).toEqual([
      {
        id: 'message-1',
        messageId: 'order-1',
        eventName: 'Order Completed',
        stage: 'deliver',
        code: 'meta_rejected',
        reason: 'The event has too little customer information.',
        fix: 'Mend the mapping, then redrive.',
        source: 'shop',
        destination: 'main',
        mapping: 'Purchase',
        attempts: 1,
        firstFailedAt: new Date(hoursAgo(1)),
        lastFailedAt: new Date(hoursAgo(1)),
        graph: { code: 100, subcode: 2804050, status: 400, traceId: 'trace' },
        event: order('order-1'),
        events: 1,
      },
    ]);
  });

  it('makes a letter of each event that was refused alike', () => {
    const { letters } = open(
      refusedTogether([
        { type: 'track', messageId: 'a' },
        { type: 'page', messageId: 'b' },
      ]),
    );

    expect(letters).toMatchObject([
      { code: 'identity_missing', stage: 'ingest', source: 'shop', messageId: 'a', eventName: 'track', events: 1 },
      { code: 'identity_missing', id: 'message-1', messageId: 'b', firstFailedAt: new Date(hoursAgo(1)) },
    ]);
  });

  it('makes one letter of all events that were only counted', () => {
    const { letters } = open({ ...refusedTogether([]), notKept: 2_480 });

    expect(letters).toMatchObject([{ code: 'identity_missing', events: 2_480, messageId: undefined }]);
  });

  it('makes a letter of each event in a message that SQS moved', () => {
    const { letters } = open(moved(['a', 'b'], retry));

    expect(letters).toMatchObject([
      { code: 'received_too_often', id: 'message-1', messageId: 'a', source: 'shop', destination: 'main', attempts: 3 },
      { code: 'received_too_often', id: 'message-1', messageId: 'b', mapping: 'Purchase, Gift' },
    ]);
    expect(letters[0]?.firstFailedAt).toEqual(new Date(hoursAgo(9)));
  });

  it('takes the time of sending for a moved message that nothing is known of', () => {
    expect(open(moved(['a'])).letters[0]).toMatchObject({ firstFailedAt: sentAt, attempts: 0, destination: undefined });
  });

  it.each([
    ['text', 'hello'],
    ['JSON of another kind', { records: [] }],
    ['a letter of a later version', { ...refused('a'), version: 2 }],
    ['a letter with a member too many', { ...refused('a'), note: 1 }],
    ['what is nested too deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('keeps %s as text', (_, content) => {
    const opened = open(content);

    expect(opened.letters).toMatchObject([{ code: 'message_undecodable', event: opened.body, firstFailedAt: sentAt }]);
    expect(opened.content).toEqual({ kind: 'unreadable' });
  });

  it.each([
    [{ type: 'track', event: 'Signed Up', messageId: 7 }, 'Signed Up', '7'],
    [{ type: 'page', name: 'Home' }, 'page', undefined],
    [{ messageId: '' }, '(no type)', undefined],
    ['text', '(no event)', undefined],
    [null, '(no event)', undefined],
  ])('names the event %j', (event, eventName, messageId) => {
    const [letter] = open(rejected(event)).letters;

    expect(letter?.eventName).toBe(eventName);
    expect(letter?.messageId).toBe(messageId);
  });

  it('falls back to the time of sending when a letter carries no time', () => {
    expect(open(refused('a', { firstFailedAt: 'yesterday' })).letters[0]?.firstFailedAt).toEqual(sentAt);
  });
});
