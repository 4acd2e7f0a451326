import { describe, expect, it } from 'vitest';
import type { DeliverEffects } from '../../../shared/delivery/deliver.ts';
import { deliverApart } from '../../../shared/delivery/deliver-apart.ts';
import type { QueueRecord } from '../../../shared/delivery/queue-record.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { OutgoingMessage } from '../../../shared/queue/ports.ts';
import { seededRandom } from '../../chaos/seeded-random.ts';
import { now, track } from '../../support/factories.ts';
import { fakeDestination } from './support/fake-destination.ts';

/** As the stack sets it: SQS moves a message that was received more often to the dead letters. */
const maxReceiveCount = 5;
const batchSize = 1_000;

class Crash extends Error {}

interface Stored {
  readonly record: QueueRecord;
  atSeconds: number;
  receives: number;
}

/** An events queue whose consumer dies in the middle of an invocation whenever it sends one of the culprits. */
function crashing(culprits: readonly string[]) {
  const random = seededRandom(7);
  const destination = fakeDestination((given) => {
    if (given.some((id) => culprits.includes(id))) throw new Crash('killed');
    return undefined;
  });
  let stored: Stored[] = [];
  let nextId = 0;
  let seconds = 0;
  const moved: string[] = [];
  const add = (body: string, isSuspect = false, delaySeconds = 0): void => {
    const record = { recordId: `record-${nextId++}`, body, groupId: 'shop', isSuspect };
    stored.push({ record, atSeconds: seconds + delaySeconds, receives: 0 });
  };
  const effects: DeliverEffects = {
    config: { sources: { shop: { writeKeyHashes: [], destinations: ['main'] } } },
    destinations: new Map([['main', destination]]),
    events: {
      send: async (messages: readonly OutgoingMessage[]) => {
        for (const { body, isSuspect, delaySeconds } of messages) add(body, isSuspect, delaySeconds);
      },
    },
    deadLetters: { send: async () => {} },
    clock: () => now,
    random,
    isOutOfTime: () => false,
    sha256: sha256Hex,
  };
  const remove = (ids: readonly string[]): void => {
    stored = stored.filter(({ record }) => !ids.includes(record.recordId));
  };
  async function invoke(): Promise<void> {
    seconds = Math.max(seconds, Math.min(...stored.map(({ atSeconds }) => atSeconds)));
    const due = stored.filter(({ atSeconds }) => atSeconds <= seconds + 1).slice(0, batchSize);
    for (const each of due) {
      each.receives++;
      each.atSeconds = seconds + 365;
      if (each.receives > maxReceiveCount) moved.push(each.record.body);
    }
    remove(due.filter(({ receives }) => receives > maxReceiveCount).map(({ record }) => record.recordId));
    const handed = due.filter(({ receives }) => receives <= maxReceiveCount);
    if (handed.length === 0) return;
    const records = handed.map(({ record, receives }) => ({ ...record, receiveCount: receives }));
    try {
      const results = await deliverApart(records, {
        ...effects,
        acknowledge: async (done) => remove(done.map(({ recordId }) => recordId)),
      });
      const failed = new Set(results.flatMap(({ failedRecordIds }) => failedRecordIds));
      remove(records.map(({ recordId }) => recordId).filter((id) => !failed.has(id)));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  return {
    destination,
    moved,
    queue(ids: readonly string[]): void {
      const receivedAt = now.toISOString();
      for (const messageId of ids) {
        const event = track('Order Completed', {}, { messageId, receivedAt, timestamp: receivedAt });
        add(JSON.stringify({ version: 1, source: 'shop', events: [event] }));
      }
    },
    async drain(): Promise<number> {
      let invocations = 0;
      while (stored.length > 0 && invocations < 2_000) {
        invocations++;
        await invoke();
      }
      return invocations;
    },
    left: () => stored.length,
  };
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, number) => `event-${number}`);

// localstack/localstack#3897: all messages of a batch that failed return to the queue, so that one of them can take all of
// them into the dead letters.
describe('a record that crashes the function', () => {
  it.each([
    ['of two', 2, ['event-1']],
    ['of two hundred', 200, ['event-77']],
    ['of two hundred, of which there are three', 200, ['event-0', 'event-77', 'event-199']],
  ])('takes no neighbour into the dead letters, %s', async (_, count, culprits) => {
    const given = crashing(culprits);
    given.queue(ids(count));

    await given.drain();

    expect(given.left()).toBe(0);
    expect(given.moved).toHaveLength(culprits.length);
    expect(culprits.every((culprit) => given.moved.some((body) => body.includes(`"${culprit}"`)))).toBe(true);
    expect(new Set(given.destination.delivered)).toEqual(new Set(ids(count).filter((id) => !culprits.includes(id))));
  });

  it('costs records that were never received too often nothing', async () => {
    const given = crashing([]);
    given.queue(ids(50));

    expect(await given.drain()).toBe(1);
    expect(given.destination.requests).toHaveLength(1);
  });
});
