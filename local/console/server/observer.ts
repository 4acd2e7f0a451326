import * as z from 'zod';
import { messageIdOf } from '../../../commands/dead-letters/letter.ts';
import { DeadLetter, lettersOfRejected, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { MemberTree } from '../../../shared/lib/json/reader/member-tree.ts';
import { fastBody } from '../../../shared/queue/fast-body.ts';
import { HeldMessage, messagesIn } from '../../../shared/queue/held-message.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import type { ReadBody } from '../../../shared/queue/queued-message.ts';
import type { Entry } from './entry.ts';
import type { EventLog, LoggedMessage } from './event-log.ts';

/** A message on a queue. */
export interface SeenMessage {
  /** As SQS gave it. */
  readonly messageId: string;
  readonly body: string;
}

/** Calls by which the runtime tells an observer what happens. No call throws. */
export interface PipelineObserver {
  /** A message was put on a queue. */
  sent(queue: string, message: SeenMessage): void;
  /** Messages are handed to the deliver function. */
  handedOver(messages: readonly SeenMessage[]): void;
  /** A line that `mayBeForObserver`. @returns whether it was meant for the observer alone */
  line(text: string): boolean;
  /** Says which events the endpoint refused since the last call: `rejected 2 [identity_missing 2]`. */
  takeRejected(): string | undefined;
}

export const mayBeForObserver = (line: string): boolean =>
  line.includes('"event outcomes"') || line.includes('"events received"');

const Envelope = z.strictObject({ ...EventMessage.shape, events: z.array(z.unknown()) });

const EventsReceived = z.object({
  message: z.literal('events received'),
  accepted: z.array(z.string()).default([]),
  rejected: z.array(z.object({ code: z.string() })).default([]),
  moreRejected: z.record(z.string(), z.number()).default({}),
  warnings: z.array(z.object({ code: z.string(), path: z.string(), messageId: z.string().optional() })).default([]),
});

/** Refused, and no object at all: what no queue ever sees. */
const unqueued = 'event_invalid';
const EventOutcomes = z.object({
  message: z.literal('event outcomes'),
  groups: z.array(
    z.object({
      /** None when the source has no destination any more. */
      destination: z.string().optional(),
      mapping: z.string().optional(),
      outcome: z.enum(['delivered', 'skipped', 'dead', 'waiting']),
      reason: z.string().optional(),
      messageIds: z.array(z.string()),
    }),
  ),
});
const Line = z.union([EventOutcomes, EventsReceived]);

/**
 * Fills a log from what passes by. Every message is parsed once: what is handed over later is known by its message's id.
 *
 * @param queueNames the names of the queues that are looked at
 */
export function observePipeline(
  log: EventLog,
  queueNames: { readonly events: string; readonly deadLetters: string },
): PipelineObserver {
  /** Events by the message that they wait in. */
  const waiting = new Map<string, readonly Entry[]>();
  const messagesOf = messageReader();
  /** Rejected events by code, not yet told. */
  const rejections = new Map<string, number>();

  function received({ accepted, rejected, moreRejected, warnings }: z.infer<typeof EventsReceived>): void {
    log.ledger.acceptedByIngest(accepted.length);
    const unseen = rejected.filter(({ code }) => code === unqueued).length + (moreRejected[unqueued] ?? 0);
    if (unseen > 0) log.ledger.rejected(unqueued, unseen);
    for (const { code } of rejected) rejections.set(code, (rejections.get(code) ?? 0) + 1);
    for (const [code, count] of Object.entries(moreRejected)) rejections.set(code, (rejections.get(code) ?? 0) + count);
    for (const { messageId, code, path } of warnings) if (messageId !== undefined) log.warned(messageId, code, path);
  }

  return {
    sent(queue, { messageId, body }) {
      if (queue === queueNames.events) {
        const entries = messagesOf(body).flatMap((message) => log.queued(message, body));
        if (entries.length > 0) waiting.set(messageId, entries);
      } else if (queue === queueNames.deadLetters) {
        const value = parse(body);
        const letter = DeadLetter.safeParse(value);
        const rejected = letter.success ? undefined : RejectedEvents.safeParse(value).data;
        if (letter.success) log.letter(letter.data, body, `${messageId}.0`);
        const refused = rejected === undefined ? [] : lettersOfRejected(rejected);
        for (const [position, one] of refused.entries()) log.letter(one, undefined, `${messageId}.${position}`);
        if (rejected !== undefined && rejected.notKept > 0) log.ledger.rejected(rejected.code, rejected.notKept);
      }
    },
    handedOver(messages) {
      for (const { messageId, body } of messages) {
        const entries = waiting.get(messageId);
        if (entries !== undefined) {
          waiting.delete(messageId);
          log.handedOver(entries);
          continue;
        }
        for (const message of messagesOf(body)) log.taken(message, body);
      }
    },
    takeRejected() {
      if (rejections.size === 0) return undefined;
      const total = [...rejections.values()].reduce((sum, count) => sum + count, 0);
      const reasons = [...rejections].map(([code, count]) => `${code} ${count}`).join(', ');
      rejections.clear();
      return `rejected ${total} [${reasons}]`;
    },
    line(text) {
      const { data } = Line.safeParse(parse(text));
      if (data === undefined) return false;
      if (data.message === 'event outcomes') log.outcomes(data.groups);
      else received(data);
      return true;
    },
  };
}

/** Makes a reader that takes of each event only what the log reads: to parse them whole costs more than all else done here. */
function messageReader(): (body: string) => readonly LoggedMessage[] {
  const fast = fastOrNothing();
  return (body) => {
    const message = fast(body);
    // As copies: what was cut out of the body would keep all of it in memory.
    if (message !== undefined) return [{ ...message, events: message.events.map(({ members }) => copyOf(members)) }];
    return generalMessages(body);
  };
}

function fastOrNothing(): ReadBody {
  try {
    return fastBody(new MemberTree());
  } catch {
    return () => undefined;
  }
}

const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Checks the envelope only: to check every event again would cost more than all that is done with it. */
function generalMessages(body: string): readonly LoggedMessage[] {
  const value = parse(body);
  const { success, data } = Envelope.safeParse(value);
  if (success) return data.events.every((event) => messageIdOf(event) !== undefined) ? [data as LoggedMessage] : [];
  const held = HeldMessage.safeParse(value);
  return (held.success && messagesIn(held.data)) || [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
