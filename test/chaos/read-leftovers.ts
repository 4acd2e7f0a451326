import { DeadLetter, lettersOfRejected, RejectedEvents } from '../../shared/queue/dead-letter.ts';
import { readMessages } from '../../shared/queue/read-messages.ts';
import type { Evidence } from './evidence.ts';

/** Enters what is still on the events queue. */
export function readWaiting(bodies: readonly string[], evidence: Evidence): void {
  for (const { id, destination } of bodies.flatMap((body) => eventsOf(body, evidence))) {
    evidence.at(destination).waiting.add(id);
  }
}

/** Enters every dead letter: the pipeline's own, and messages that SQS moved because they were received too often. */
export function readDeadLetters(bodies: readonly string[], evidence: Evidence): void {
  for (const body of bodies) {
    const letter = DeadLetter.safeParse(JSON.parse(body));
    const rejected = RejectedEvents.safeParse(JSON.parse(body));
    if (letter.success) enter(letter.data, evidence);
    else if (rejected.success) for (const one of lettersOfRejected(rejected.data)) enter(one, evidence);
    else
      for (const { id, destination } of eventsOf(body, evidence)) evidence.died(destination, id, 'received_too_often');
  }
}

function enter({ stage, code, graph, destination, event }: DeadLetter, evidence: Evidence): void {
  const { messageId: id } = (event ?? {}) as { messageId?: unknown };
  if (typeof id !== 'string') evidence.unreadable += 1;
  else if (stage === 'ingest') evidence.rejections.set(id, code);
  else if (destination === undefined) evidence.unreadable += 1;
  else evidence.died(destination, id, graph?.code === undefined ? code : `${code} ${graph.code}/${graph.subcode}`);
}

function eventsOf(body: string, { destinations }: Evidence): { id: string; destination: string }[] {
  const messages = readMessages(JSON.parse(body));
  if (messages === undefined) throw new Error('a message on the events queue that nobody can read');
  return messages.flatMap(({ events, retry }) => {
    const names = retry ? [retry.destination] : [...destinations.keys()];
    return events.flatMap(({ messageId: id }) => names.map((destination) => ({ id, destination })));
  });
}
