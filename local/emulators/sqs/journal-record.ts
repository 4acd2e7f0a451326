import { isObject } from '../../../shared/segment/event.ts';
import type { Message } from './message.ts';

/** A queue's settings as its owner gave them. */
export interface QueueRecord {
  readonly type: 'queue';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One line of the journal. What only matters while a receiver is alive (visibility) is not kept. */
export type JournalRecord =
  | QueueRecord
  | { readonly type: 'deleteQueue'; readonly name: string }
  | { readonly type: 'purge'; readonly queue: string }
  | { readonly type: 'send'; readonly queue: string; readonly message: Message }
  | {
      readonly type: 'receive';
      readonly queue: string;
      readonly id: string;
      readonly count: number;
      readonly firstAt?: number | undefined;
    }
  | { readonly type: 'delete'; readonly queue: string; readonly id: string }
  | {
      readonly type: 'move';
      readonly queue: string;
      readonly id: string;
      readonly to: string;
      readonly message: Message;
    };

/** State that the records of a journal add up to. */
export type JournalState = Map<string, { settings: QueueRecord; readonly messages: Map<string, Message> }>;

/**
 * Applies one record.
 *
 * @throws Error when it is none that this version knows, or is about a queue that is not there: to pass over it could lose a
 *   message
 */
export function replay(state: JournalState, value: unknown): void {
  if (!isRecord(value)) throw new Error('it holds no record that this version knows');
  switch (value.type) {
    case 'queue': {
      const queue = state.get(value.name);
      if (queue) queue.settings = value;
      else state.set(value.name, { settings: value, messages: new Map() });
      return;
    }
    case 'deleteQueue':
      messagesOf(state, value.name);
      state.delete(value.name);
      return;
    case 'purge':
      messagesOf(state, value.queue).clear();
      return;
    case 'send':
      messagesOf(state, value.queue).set(value.message.id, value.message);
      return;
    case 'receive': {
      // A message that grew too old is gone without a record.
      const message = messagesOf(state, value.queue).get(value.id);
      if (message === undefined) return;
      message.receiveCount = value.count;
      message.firstReceivedAt = value.firstAt;
      return;
    }
    case 'delete':
      messagesOf(state, value.queue).delete(value.id);
      return;
    case 'move': {
      const target = messagesOf(state, value.to);
      messagesOf(state, value.queue).delete(value.id);
      target.set(value.message.id, value.message);
    }
  }
}

function messagesOf(state: JournalState, name: string): Map<string, Message> {
  const queue = state.get(name);
  if (queue === undefined) throw new Error(`it is about a queue ${name} that is not there`);
  return queue.messages;
}

/** Members that each type must have, by the type of their value. */
const members: Readonly<Record<JournalRecord['type'], Readonly<Record<string, 'string' | 'number' | 'object'>>>> = {
  queue: { name: 'string', attributes: 'object', tags: 'object' },
  deleteQueue: { name: 'string' },
  purge: { queue: 'string' },
  send: { queue: 'string', message: 'object' },
  receive: { queue: 'string', id: 'string', count: 'number' },
  delete: { queue: 'string', id: 'string' },
  move: { queue: 'string', id: 'string', to: 'string', message: 'object' },
};

function isRecord(value: unknown): value is JournalRecord {
  if (!isObject(value) || typeof value['type'] !== 'string' || !Object.hasOwn(members, value['type'])) return false;
  const wanted = Object.entries(members[value['type'] as JournalRecord['type']]);
  if (!wanted.every(([name, type]) => typeof value[name] === type && value[name] !== null)) return false;
  const message = value['message'];
  return (
    message === undefined ||
    (isObject(message) && typeof message['id'] === 'string' && typeof message['body'] === 'string')
  );
}

/** The fewest records that add up to the same. */
export function* recordsOf(state: JournalState): Generator<JournalRecord> {
  for (const { settings } of state.values()) yield settings;
  for (const [queue, { messages }] of state) {
    for (const message of messages.values()) yield { type: 'send', queue, message };
  }
}
