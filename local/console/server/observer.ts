import * as z from 'zod';
import { DeadLetter, lettersOfRejected, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { EventMessage } from '../../../shared/queue/message.ts';
import type { EventLog } from './event-log.ts';

/** What the runtime tells whoever watches it. Each call is cheap and never throws. */
export interface PipelineObserver {
  /** An AWS request that is about to be run, such as `AmazonSQS.SendMessageBatch`. */
  queueRequest(operation: string, body: unknown): void;
  /** Messages are handed to the deliver function. Call the answer when it is done with them. */
  handedOver(bodies: readonly string[]): () => void;
  /** A line that a function printed. @returns whether it was meant for the observer alone */
  line(text: string): boolean;
}

const SendMessageBatch = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ MessageBody: z.string() })),
});
const SendMessage = z.object({ QueueUrl: z.string(), MessageBody: z.string() });

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
 * Fills a log from what passes by.
 *
 * @param queueNames the last part of each queue's URL
 */
export function observePipeline(
  log: EventLog,
  queueNames: { readonly events: string; readonly deadLetters: string },
): PipelineObserver & { isBusy(): boolean } {
  let running = 0;

  function sent(queueUrl: string, body: string): void {
    const name = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
    const value = parse(body);
    if (name === queueNames.events) {
      const message = EventMessage.safeParse(value);
      if (message.success) log.queued(message.data);
    } else if (name === queueNames.deadLetters) {
      const letter = DeadLetter.safeParse(value);
      const rejected = letter.success ? undefined : RejectedEvents.safeParse(value).data;
      if (letter.success) log.letter(letter.data);
      for (const one of rejected === undefined ? [] : lettersOfRejected(rejected)) log.letter(one);
      if (rejected !== undefined && rejected.notKept > 0) log.ledger.rejected(rejected.code, rejected.notKept);
    }
  }

  function received({ accepted, rejected, moreRejected, warnings }: z.infer<typeof EventsReceived>): void {
    log.ledger.acceptedByIngest(accepted.length);
    const unseen = rejected.filter(({ code }) => code === unqueued).length + (moreRejected[unqueued] ?? 0);
    if (unseen > 0) log.ledger.rejected(unqueued, unseen);
    for (const { messageId, code, path } of warnings) if (messageId !== undefined) log.warned(messageId, code, path);
  }

  return {
    isBusy: () => running > 0,
    queueRequest(operation, body) {
      if (operation === 'AmazonSQS.SendMessageBatch') {
        const request = SendMessageBatch.safeParse(body);
        for (const { MessageBody } of request.data?.Entries ?? []) sent(request.data?.QueueUrl ?? '', MessageBody);
      } else if (operation === 'AmazonSQS.SendMessage') {
        const request = SendMessage.safeParse(body);
        if (request.success) sent(request.data.QueueUrl, request.data.MessageBody);
      }
    },
    handedOver(bodies) {
      running++;
      for (const body of bodies) {
        const message = EventMessage.safeParse(parse(body));
        if (message.success) log.taken(message.data);
      }
      return () => {
        running--;
      };
    },
    line(text) {
      if (!text.includes('"event outcomes"') && !text.includes('"events received"')) return false;
      const { data } = Line.safeParse(parse(text));
      if (data === undefined) return false;
      if (data.message === 'event outcomes') log.outcomes(data.groups);
      else received(data);
      return true;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
