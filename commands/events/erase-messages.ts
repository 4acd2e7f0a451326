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
  const found: { readonly id: string; readonly events: number; readonly rest: readonly string[] }[] = [];
  try {
    await held.take(mostMessages, stopped, (stored) => {
      const erased = withoutPerson(openMessage(stored), stored, person);
      if (erased !== undefined) found.push({ id: stored.id, ...erased });
    });
    const ready: string[] = [];
    for (const { id, rest } of found) {
      if (await putBack(client, queueUrl, rest)) ready.push(id);
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
    await putBack(client, queueUrl, rest);
  }
  const ids = found.map(({ id }) => id);
  if (ids.length > 0) await fetch(`${url}/forget`, { method: 'POST', body: JSON.stringify(ids) });
  return { events: found.reduce((sum, { events }) => sum + events, 0), messages: found.length, failed: 0 };
}

/** @returns whether all of it is there */
async function putBack(client: SQSClient, queueUrl: string, bodies: readonly string[]): Promise<boolean> {
  for (const body of bodies) {
    const sent = await sendBatch(client, queueUrl, [{ body, groupId: undefined }]);
    if (sent.length === 0) return false;
  }
  return true;
}

/** How many events of a message are the person's, and the bodies of what is left of it. */
interface WithoutPerson {
  readonly events: number;
  readonly rest: readonly string[];
}

/** Undefined where no event is the person's. */
function withoutPerson(
  { content }: OpenedMessage,
  { body }: StoredMessage,
  person: PersonMatcher,
): WithoutPerson | undefined {
  switch (content.kind) {
    case 'letter': {
      const { event } = content.letter;
      const isPersons = person.inEvent(event) || (typeof event === 'string' && person.inText(event));
      return isPersons ? { events: 1, rest: [] } : undefined;
    }
    case 'rejected':
      return restOf([content.rejected], person);
    case 'moved':
      return restOf(content.messages, person);
    case 'unreadable':
      return person.inText(body) ? { events: 1, rest: [] } : undefined;
  }
}

function restOf(
  messages: readonly { readonly events: readonly unknown[] }[],
  person: PersonMatcher,
): WithoutPerson | undefined {
  let removed = 0;
  const rest = messages.flatMap((message) => {
    const events = message.events.filter((event) => !person.inEvent(event));
    removed += message.events.length - events.length;
    return events.length === 0 ? [] : [messageText({ ...message, events })];
  });
  return removed === 0 ? undefined : { events: removed, rest };
}
