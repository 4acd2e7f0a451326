import { expect, it } from 'vitest';
import { openMessage } from '../../../commands/dead-letters/open-message.ts';
import { replacementOf } from '../../../commands/dead-letters/replacement.ts';
import type { Replacement } from '../../../shared/queue/replacement.ts';
import { moved, refused, refusedTogether } from '../../support/dead-letters.ts';
import { now } from '../../support/factories.ts';

const replace = (content: unknown): Replacement => {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  return replacementOf(openMessage({ id: 'message-1', body, sentAt: now }), () => undefined);
};

it('returns a message that SQS moved as it is', () => {
  const body = JSON.stringify(moved(['a', 'b']), undefined, 1);

  expect(replace(body)).toEqual({ body, groupId: 'shop' });
});

it.each([
  ['a letter', refused('order-1')],
  ['letters that share a message', refusedTogether([{ type: 'identify', userId: 'u' }])],
])('sends %s in a message of its own', (_, content) => {
  expect(replace(content)).toMatchObject({ body: expect.stringContaining('"origin":"redrive"'), groupId: 'shop' });
});

it('refuses what is unreadable', () => {
  expect(replace('hello')).toEqual({ refusal: expect.stringContaining('cannot be read') });
});
