import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, fakeDestination } from './support/fake-destination.ts';
import { SimulatedQueue } from './support/simulated-queue.ts';

/** Kind of event by its outcome, however often it is sent. */
type Kind = 'good' | 'refused' | 'failing';

const kindFaults = {
  refused: { action: 'reject', label: 'refused', aboutEvent: true },
  failing: { action: 'retry', label: 'failing' },
} as const satisfies Partial<Record<Kind, Fault>>;

const kinds = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<Kind>('good') },
    { weight: 1, arbitrary: fc.constant<Kind>('refused') },
    { weight: 1, arbitrary: fc.constant<Kind>('failing') },
  ),
  { minLength: 1, maxLength: 60 },
);

/** Answers to the first requests, whatever is in them. */
const answers = fc.array(
  fc.constantFrom<Fault | undefined>(
    undefined,
    { action: 'retry', label: 'away' },
    { action: 'retry', label: 'timeout', isTooLarge: true },
    { action: 'throttle', label: 'throttled', retryAfterSeconds: 30 },
    { action: 'hold', label: 'held', aboutCredential: true },
    { action: 'reject', label: 'pointed', aboutEvent: false, index: 0, isTooLarge: true },
  ),
  { maxLength: 25 },
);

/** Refusals of a whole request that no event is to blame for do not single one out: only larger requests get them. */
const isFair = (fault: Fault, size: number): boolean => fault.action !== 'reject' || size > 1;

describe('any finite sequence of answers', () => {
  it('ends with every event in exactly one outcome, and neighbours of a bad one delivered', async () => {
    await fc.assert(
      fc.asyncProperty(
        kinds,
        answers,
        fc.integer({ min: 1, max: 3 }),
        fc.nat(1_000),
        async (list, first, containers, seed) => {
          const ids = list.map((kind, index) => `${kind}-${index}`);
          const destination = fakeDestination((given, request) => {
            const fault = first[request];
            if (fault !== undefined && isFair(fault, given.length)) return fault;
            if (given.some((id) => id.startsWith('refused'))) return kindFaults.refused;
            return given.some((id) => id.startsWith('failing')) ? kindFaults.failing : undefined;
          });
          const queue = new SimulatedQueue({ destinations: [destination], containers, seed });

          for (let start = 0; start < ids.length; start += 20) {
            queue.add(ids.slice(start, start + 20), start % 40 === 0 ? 'shop' : 'outlet');
            await queue.run(2);
          }
          // Others come now and then: an event that fails is told from a destination that is away by what else is taken.
          const later = Array.from({ length: 20 }, (_, index) => `good-later-${index}`);
          for (const id of later) {
            queue.add([id]);
            await queue.run(200);
          }
          await queue.run(7 * 86_400);

          const dead = queue.letters.map(({ event }) => (event as { messageId: string }).messageId);
          const ofKind = (...wanted: Kind[]) =>
            ids.filter((id) => wanted.some((kind) => id.startsWith(kind))).toSorted();
          expect(destination.delivered.toSorted()).toEqual([...ofKind('good'), ...later].toSorted());
          expect(dead.toSorted()).toEqual(ofKind('refused', 'failing'));
          expect(queue.size).toBe(0);
          for (const { report } of queue.results) expect(report.balanceGap).toBe(0);
          for (const letter of queue.letters.filter(({ code }) => code === 'tries_ended')) {
            expect(letter.history?.map(({ tries }) => tries).reduce((sum, tries) => sum + tries, 0)).toBe(
              letter.attempts,
            );
          }
        },
      ),
      { numRuns: 150, seed: 20_260_310 },
    );
  });
});
