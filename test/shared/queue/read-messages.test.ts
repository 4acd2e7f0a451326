import { describe, expect, it } from 'vitest';
import { bodyOf, packHeld } from '../../../shared/queue/held-message.ts';
import { readMessages } from '../../../shared/queue/read-messages.ts';
import { hoursAgo, moved, order } from '../../support/dead-letters.ts';
import { now } from '../../support/factories.ts';

const retry = { destination: 'main', mappings: ['Purchase'], attempt: 1, firstFailedAt: hoursAgo(1) };
const event = order('a');
const json = JSON.stringify(event);
const [held] = packHeld(
  { source: 'shop', destination: 'main' },
  [{ retry, retryJson: JSON.stringify(retry), json, bytes: json.length, receivedAt: event.receivedAt }],
  now,
);
const heldMessage = JSON.parse(held === undefined ? '{}' : bodyOf(held.message)) as object;

describe('readMessages', () => {
  it('reads a message as itself', () => {
    expect(readMessages(moved(['a', 'b'], retry))).toEqual([moved(['a', 'b'], retry)]);
  });

  it('reads the messages that a held one stands for', () => {
    expect(readMessages(heldMessage)).toEqual([moved(['a'], retry)]);
  });

  it.each([
    ['a held message that was damaged', { ...heldMessage, gzip: ['***'] }],
    ['a message of another version', { ...moved(['a']), version: 9 }],
    ['no message', { hello: 'world' }],
    ['no object', 'hello'],
    ['nothing', undefined],
  ])('knows %s for none of ours', (_, value) => {
    expect(readMessages(value)).toBeUndefined();
  });
});
