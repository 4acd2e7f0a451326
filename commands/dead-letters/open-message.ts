import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import { DeadLetter, lettersOfRejected, RejectedEvents } from '../../shared/queue/dead-letter.ts';
import type { EventMessage } from '../../shared/queue/message.ts';
import { readMessages } from '../../shared/queue/read-messages.ts';
import { foundLetters } from '../../shared/reasons/letters.ts';
import { segmentLimits } from '../../shared/segment/limits.ts';
import { isDeeperThan } from '../../shared/segment/merge-bags.ts';
import { eventNameOf, type Letter, messageIdOf } from './letter.ts';

/** A message as it lies in the dead letter queue. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  /** When it was first sent, to whichever queue. */
  readonly sentAt: Date;
}

export type Content =
  | { readonly kind: 'letter'; readonly letter: DeadLetter }
  /** Of one request, refused alike at the endpoint. */
  | { readonly kind: 'rejected'; readonly rejected: RejectedEvents }
  /** From the events queue: SQS itself moved it, after too many receives. */
  | { readonly kind: 'moved'; readonly messages: readonly [EventMessage, ...EventMessage[]] }
  | { readonly kind: 'unreadable' };

export interface OpenedMessage {
  readonly id: string;
  readonly body: string;
  readonly content: Content;
  /** One per event; of those that were only counted, one for all. */
  readonly letters: readonly Letter[];
}

/** Takes any message: what cannot be read becomes a letter that says so. */
export function openMessage(stored: StoredMessage): OpenedMessage {
  const content = readContent(stored.body);
  return { id: stored.id, body: stored.body, content, letters: lettersOf(content, stored) };
}

function readContent(body: string): Content {
  const value = jsonOrNothing(body);
  // An envelope adds three levels; what is deeper nobody could write as JSON again.
  if (isDeeperThan(value, segmentLimits.eventDepth + 3)) return { kind: 'unreadable' };
  const letter = DeadLetter.safeParse(value);
  if (letter.success) return { kind: 'letter', letter: letter.data };
  const rejected = RejectedEvents.safeParse(value);
  if (rejected.success) return { kind: 'rejected', rejected: rejected.data };
  const [first, ...more] = readMessages(value) ?? [];
  return first === undefined ? { kind: 'unreadable' } : { kind: 'moved', messages: [first, ...more] };
}

function lettersOf(content: Content, { id, body, sentAt }: StoredMessage): Letter[] {
  if (content.kind === 'letter') return [letterOf(content.letter, id, sentAt)];
  if (content.kind === 'rejected') {
    const { rejected } = content;
    const kept = lettersOfRejected(rejected).map((letter) => letterOf(letter, id, sentAt));
    if (rejected.notKept === 0) return kept;
    const [counted] = lettersOfRejected({ ...rejected, events: [undefined] });
    return counted === undefined
      ? kept
      : [...kept, { ...letterOf(counted, id, sentAt), eventName: '(not kept)', events: rejected.notKept }];
  }
  if (content.kind === 'unreadable') return [{ ...unreadable, ...nobodys(id, sentAt), event: body, events: 1 }];
  return content.messages.flatMap((message) => lettersOfMoved(message, id, sentAt));
}

const lettersOfMoved = ({ source, events, retry }: EventMessage, id: string, sentAt: Date): Letter[] =>
  events.map((event) => ({
    ...receivedTooOften,
    id,
    source,
    destination: retry?.destination,
    mapping: retry?.mappings.join(', '),
    messageId: event.messageId,
    eventName: eventNameOf(event),
    attempts: retry?.attempt ?? 0,
    firstFailedAt: readTime(retry?.firstFailedAt, sentAt),
    lastFailedAt: sentAt,
    event,
    events: 1,
  }));

function letterOf(
  { version: _, source, destination, mapping, firstFailedAt, lastFailedAt, ...letter }: DeadLetter,
  id: string,
  sentAt: Date,
): Letter {
  return {
    ...letter,
    ...{ id, source, destination, mapping },
    messageId: messageIdOf(letter.event),
    eventName: eventNameOf(letter.event),
    firstFailedAt: readTime(firstFailedAt, sentAt),
    lastFailedAt: readTime(lastFailedAt, sentAt),
    events: 1,
  };
}

const receivedTooOften = {
  stage: 'deliver',
  code: 'received_too_often',
  reason: foundLetters.received_too_often.message,
  fix: foundLetters.received_too_often.fix,
  graph: undefined,
} as const;

const unreadable = {
  stage: 'deliver',
  code: 'message_undecodable',
  reason: foundLetters.message_undecodable.message,
  fix: foundLetters.message_undecodable.fix,
  attempts: 0,
  graph: undefined,
} as const;

const nobodys = (id: string, sentAt: Date) => ({
  id,
  source: undefined,
  destination: undefined,
  mapping: undefined,
  messageId: undefined,
  eventName: '(no event)',
  firstFailedAt: sentAt,
  lastFailedAt: sentAt,
});

function readTime(text: string | undefined, otherwise: Date): Date {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? otherwise : time;
}
