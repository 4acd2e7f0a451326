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

/** What a journal adds up to. */
export type JournalState = Map<string, { settings: QueueRecord; readonly messages: Map<string, Message> }>;

/** Applies one record. A record about a queue or message that is gone changes nothing. */
export function replay(state: JournalState, record: JournalRecord): void {
  switch (record.type) {
    case 'queue': {
      const queue = state.get(record.name);
      if (queue) queue.settings = record;
      else state.set(record.name, { settings: record, messages: new Map() });
      return;
    }
    case 'deleteQueue':
      state.delete(record.name);
      return;
    case 'purge':
      state.get(record.queue)?.messages.clear();
      return;
    case 'send':
      state.get(record.queue)?.messages.set(record.message.id, record.message);
      return;
    case 'receive': {
      const message = state.get(record.queue)?.messages.get(record.id);
      if (message === undefined) return;
      message.receiveCount = record.count;
      message.firstReceivedAt = record.firstAt;
      return;
    }
    case 'delete':
      state.get(record.queue)?.messages.delete(record.id);
      return;
    case 'move':
      state.get(record.queue)?.messages.delete(record.id);
      state.get(record.to)?.messages.set(record.message.id, record.message);
  }
}

/** The fewest records that add up to the same. */
export function* recordsOf(state: JournalState): Generator<JournalRecord> {
  for (const { settings } of state.values()) yield settings;
  for (const [queue, { messages }] of state) {
    for (const message of messages.values()) yield { type: 'send', queue, message };
  }
}
