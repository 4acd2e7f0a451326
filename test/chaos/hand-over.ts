import { hash } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { EventMessage } from '../../shared/queue/message.ts';
import { readMessages } from '../../shared/queue/read-messages.ts';
import { failedMessageIds } from '../../local/emulators/event-source-mapping/batch-response.ts';
import type { InvokeResult } from '../../local/emulators/lambda/lambda-function.ts';
import type { Evidence } from './evidence.ts';
import { type FaultRates, faultDeck } from './fault-deck.ts';

/** `twiceAtOnce`: another invocation gets the same message. `redelivered`: its visibility timeout ends too early. */
export type HandOverFaultName = 'twiceAtOnce' | 'redelivered';

export interface HandOver {
  readonly handOver: (event: SQSEvent, invoke: Invoke) => Promise<InvokeResult>;
  /** Resolves when no second invocation of a message runs. */
  settled(): Promise<void>;
}

type Invoke = (event: SQSEvent) => Promise<InvokeResult>;

export interface HandOverOptions {
  readonly rates: FaultRates<HandOverFaultName>;
  readonly random: () => number;
  readonly evidence: Evidence;
  /** Makes a message visible again soon, as if its visibility timeout were short. */
  readonly comeBackSoon: (receiptHandle: string) => void;
  /** An event to lose on the way. */
  readonly leak: string | undefined;
}

/** SQS gives up on a message after a few receives. Faults leave it some for the failures that follow from them. */
const mostReceivesForFault = 2;

/** Stands between the queue and the deliver function: sees what is handed over, and hands some of it over again. */
export function handOverFaults({ rates, random, evidence, comeBackSoon, leak }: HandOverOptions): HandOver {
  const deal = faultDeck(rates, random);
  const seenIds = new Set<string>();
  const seenBodies = new Set<string>();
  const second = new Set<Promise<void>>();

  function look(record: SQSRecord): Look {
    const value = JSON.parse(record.body) as EventMessage;
    const messages = 'held' in value ? (readMessages(value) ?? []) : [value];
    const ids = messages.flatMap(({ events }) => events.map(({ messageId }) => messageId));
    const look = { ids, destination: messages[0]?.retry?.destination };
    const body = hash('sha256', record.body);
    if (seenIds.has(record.messageId)) evidence.excuse('message handed out again', ids, look.destination);
    else if (seenBodies.has(body)) evidence.excuse('message queued twice', ids, look.destination);
    seenIds.add(record.messageId);
    seenBodies.add(body);
    return look;
  }

  function interfere(record: SQSRecord, { ids, destination }: Look, invoke: Invoke): void {
    if (Number(record.attributes.ApproximateReceiveCount) > mostReceivesForFault) return;
    const fault = deal();
    if (fault === undefined) return;
    evidence.count(fault);
    if (fault === 'redelivered') {
      comeBackSoon(record.receiptHandle);
      return;
    }
    evidence.excuse('message handed out twice at once', ids, destination);
    const run: Promise<void> = invoke({ Records: [record] }).then(() => void second.delete(run));
    second.add(run);
  }

  return {
    async handOver(event, invoke) {
      const looks = new Map(event.Records.map((record) => [record.messageId, look(record)]));
      const records = event.Records.map((record) => {
        return leak !== undefined && record.body.includes(`"${leak}"`) ? without(record, leak) : record;
      });
      const running = invoke({ Records: records });
      for (const record of records) {
        const seen = looks.get(record.messageId);
        if (seen) interfere(record, seen, invoke);
      }
      const result = await running;
      const failed = failedMessageIds(result, new Set(looks.keys()));
      for (const record of event.Records) {
        if (failed.has(record.messageId)) comeBackSoon(record.receiptHandle);
        else for (const id of looks.get(record.messageId)?.ids ?? []) evidence.handled.add(id);
      }
      return result;
    },
    async settled() {
      while (second.size > 0) await Promise.all(second);
    },
  };
}

interface Look {
  readonly ids: readonly string[];
  readonly destination: string | undefined;
}

/** The message as if it had never held the event. */
function without(record: SQSRecord, id: string): SQSRecord {
  const message = JSON.parse(record.body) as EventMessage;
  const events = message.events.filter(({ messageId }) => messageId !== id);
  return { ...record, body: JSON.stringify({ ...message, events }) };
}
