import type { Fault, Intercept } from '../../local/emulators/aws/request-listener.ts';
import { type FaultRates, faultDeck } from './fault-deck.ts';

/** `unsent`: an entry of SendMessageBatch is refused. `undeleted`: one of DeleteMessageBatch is. */
export type QueueFaultName = 'unsent' | 'undeleted';

export interface QueueFaults {
  readonly intercept: Intercept;
  /** The queue takes no messages for so long. */
  fail(ms: number): void;
}

const unavailable: Fault = { status: 503, code: 'ServiceUnavailable', message: 'The queue is out of order.' };

/**
 * Spoils requests to SQS so that SQS itself refuses a single entry, as it does when a batch half succeeds.
 *
 * @param onUndeleted given the receipt handle of a message that stays on the queue although it is done
 */
export function queueFaults(
  rates: FaultRates<QueueFaultName>,
  random: () => number,
  onFault: (name: QueueFaultName | 'queueDown') => void,
  onUndeleted: (receiptHandle: string) => void,
): QueueFaults {
  const deals = {
    'AmazonSQS.SendMessageBatch': faultDeck({ unsent: rates.unsent ?? 0 }, random),
    'AmazonSQS.DeleteMessageBatch': faultDeck({ undeleted: rates.undeleted ?? 0 }, random),
  } as const;
  let failsUntil = 0;

  const pick = (entries: Entry[]): Entry | undefined => entries[Math.floor(random() * entries.length)];

  const spoil: Readonly<Record<QueueFaultName, (entry: Entry) => void>> = {
    unsent: (entry) => {
      entry.MessageBody = '';
    },
    undeleted: (entry) => {
      onUndeleted(entry.ReceiptHandle ?? '');
      entry.ReceiptHandle = 'spoiled';
    },
  };

  return {
    intercept(operation, body) {
      if (!Object.hasOwn(deals, operation)) return undefined;
      const target = operation as keyof typeof deals;
      if (target === 'AmazonSQS.SendMessageBatch' && Date.now() < failsUntil) {
        onFault('queueDown');
        return unavailable;
      }
      const fault = deals[target]();
      const entry = fault && pick((body as { Entries: Entry[] }).Entries);
      if (fault && entry) {
        onFault(fault);
        spoil[fault](entry);
      }
      return undefined;
    },
    fail(ms) {
      failsUntil = Date.now() + ms;
    },
  };
}

interface Entry {
  MessageBody?: string;
  ReceiptHandle?: string;
}
