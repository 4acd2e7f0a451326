import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { messageText } from '../../shared/lib/json/message-text.ts';
import { heldQueue } from '../dead-letters/held-queue.ts';
import { type OpenedMessage, openMessage, type StoredMessage } from '../dead-letters/open-message.ts';
import { sendBatch } from '../dead-letters/send-batch.ts';
import type { PersonMatcher } from './person-matcher.ts';

/** Counts of what was removed from a queue. */
export interface ErasedMessages {
  readonly events: number;
  readonly messages: number;
  /** Messages that could not be removed: SQS failed. */
  readonly failed: number;
}

const mostMessages = 100_000;
const holdSeconds = 300;

/**
 * Removes a person's events from a queue. A message with others' events too is replaced by one with theirs alone, which is
 * there before the old one goes.
 */
export async function eraseFromQueue(
  client: SQSClient,
  queueUrl: string,
  person: PersonMatcher,
  { pollSeconds, stopped }: { readonly pollSeconds: number; readonly stopped: AbortSignal },
): Promise<ErasedMessages> {
  const held = heldQueue({ client, queueUrl, pollSeconds, holdSeconds });
  const found: { readonly id: string; readonly events: number; readonly rest: string | undefined }[] = [];
  try {
    await held.take(mostMessages, stopped, (stored) => {
      const erased = withoutPerson(openMessage(stored), stored, person);
      if (erased !== undefined) found.push({ id: stored.id, ...erased });
    });
    const ready: string[] = [];
    for (const { id, rest } of found) {
      const sent = rest === undefined ? [] : await sendBatch(client, queueUrl, [{ body: rest, groupId: undefined }]);
      if (rest === undefined || sent.length > 0) ready.push(id);
    }
    const removed = await held.remove(ready);
    return {
      events: found.reduce((sum, { id, events }) => sum + (removed.has(id) ? events : 0), 0),
      messages: removed.size,
      failed: found.length - removed.size,
    };
  } finally {
    await held.release();
  }
}

/** The same for the events queue of a running `npm start`, where messages that wait for their time can be seen as well. */
export async function eraseFromLocalQueue(
  port: string,
  client: SQSClient,
  queueUrl: string,
  person: PersonMatcher,
  fetch: typeof globalThis.fetch,
): Promise<ErasedMessages> {
  const url = `http://127.0.0.1:${port}/waiting`;
  const bodies = z.record(z.string(), z.string()).parse(await (await fetch(url)).json());
  const found = Object.entries(bodies).flatMap(([id, body]) => {
    const stored = { id, body, sentAt: new Date(0) };
    const erased = withoutPerson(openMessage(stored), stored, person);
    return erased === undefined ? [] : [{ id, ...erased }];
  });
  for (const { rest } of found) {
    if (rest !== undefined) await sendBatch(client, queueUrl, [{ body: rest, groupId: undefined }]);
  }
  const ids = found.map(({ id }) => id);
  if (ids.length > 0) await fetch(`${url}/forget`, { method: 'POST', body: JSON.stringify(ids) });
  return { events: found.reduce((sum, { events }) => sum + events, 0), messages: found.length, failed: 0 };
}

/** @returns how many events of a message are the person's, and what is left of it; undefined when none is */
function withoutPerson(
  { content }: OpenedMessage,
  { body }: StoredMessage,
  person: PersonMatcher,
): { readonly events: number; readonly rest: string | undefined } | undefined {
  switch (content.kind) {
    case 'letter': {
      const { event } = content.letter;
      const isPersons = person.inEvent(event) || (typeof event === 'string' && person.inText(event));
      return isPersons ? { events: 1, rest: undefined } : undefined;
    }
    case 'rejected':
      return restOf(content.rejected, person);
    case 'moved':
      return restOf(content.message, person);
    case 'unreadable':
      return person.inText(body) ? { events: 1, rest: undefined } : undefined;
  }
}

function restOf(
  message: { readonly events: readonly unknown[] },
  person: PersonMatcher,
): { readonly events: number; readonly rest: string | undefined } | undefined {
  const others = message.events.filter((event) => !person.inEvent(event));
  if (others.length === message.events.length) return undefined;
  const rest = others.length === 0 ? undefined : messageText({ ...message, events: others });
  return { events: message.events.length - others.length, rest };
}
