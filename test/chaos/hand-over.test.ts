import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { Evidence } from './evidence.ts';
import { type HandOverOptions, handOverFaults } from './hand-over.ts';
import { seededRandom } from './seeded-random.ts';
import { failure, type InvokeResult } from '../../local/emulators/lambda/invoke-result.ts';

const record = (messageId: string, ids: readonly string[], retry?: { readonly destination: string }): SQSRecord =>
  ({
    messageId,
    receiptHandle: `handle of ${messageId}`,
    body: JSON.stringify({
      version: 1,
      source: 'chaos',
      events: ids.map((id) => ({ messageId: id })),
      ...(retry && { retry }),
    }),
    attributes: { ApproximateReceiveCount: '1' },
  }) as SQSRecord;

function start(options: Partial<HandOverOptions> = {}, result: InvokeResult = { ok: true, payload: null }) {
  const evidence = new Evidence(['main', 'second']);
  const again: string[] = [];
  const invoked: SQSEvent[] = [];
  const between = handOverFaults({
    rates: {},
    random: seededRandom(1),
    evidence,
    comeBackSoon: (handle) => again.push(handle),
    leak: undefined,
    ...options,
  });
  const handOver = (...Records: SQSRecord[]): Promise<InvokeResult> =>
    between.handOver({ Records }, async (event) => {
      invoked.push(event);
      return result;
    });
  const excuses = (destination: string) => Object.fromEntries(evidence.at(destination).excuses);
  return { handOver, evidence, again, invoked, excuses, settled: between.settled };
}

const idsIn = ({ Records }: SQSEvent): string[] =>
  Records.flatMap(({ body }) => (JSON.parse(body) as { events: { messageId: string }[] }).events).map(
    ({ messageId }) => messageId,
  );

describe('handing messages over', () => {
  it('passes everything on and notes what was taken care of', async () => {
    const { handOver, invoked, evidence, again } = start();

    expect(await handOver(record('m1', ['a', 'b']))).toEqual({ ok: true, payload: null });

    expect(invoked.map(idsIn)).toEqual([['a', 'b']]);
    expect([...evidence.handled]).toEqual(['a', 'b']);
    expect(again).toEqual([]);
  });

  it('has the messages of a failed invocation come back', async () => {
    const { handOver, evidence, again } = start({}, failure('Runtime.ExitError', 'killed'));

    await handOver(record('m1', ['a']), record('m2', ['b']));

    expect(again).toEqual(['handle of m1', 'handle of m2']);
    expect(evidence.handled.size).toBe(0);
  });

  it('has only the messages come back that were reported as failed', async () => {
    const { handOver, evidence, again } = start(
      {},
      { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'm2' }] } },
    );

    await handOver(record('m1', ['a']), record('m2', ['b']));

    expect(again).toEqual(['handle of m2']);
    expect([...evidence.handled]).toEqual(['a']);
  });

  it('excuses a second arrival of events whose message comes again, at the destinations that it is for', async () => {
    const { handOver, excuses } = start();

    await handOver(record('m1', ['a']), record('m2', ['b'], { destination: 'main' }));
    expect([excuses('main'), excuses('second')]).toEqual([{}, {}]);
    await handOver(record('m1', ['a']), record('m2', ['b'], { destination: 'main' }));

    expect([excuses('main'), excuses('second')]).toEqual([{ a: 1, b: 1 }, { a: 1 }]);
  });

  it('excuses a second arrival of events that are on the queue twice', async () => {
    const { handOver, excuses } = start();

    await handOver(record('m1', ['a']));
    await handOver(record('m2', ['a']));

    expect(excuses('main')).toEqual({ a: 1 });
  });

  it('gives a message to two invocations at once', async () => {
    const { handOver, invoked, excuses, settled } = start({ rates: { twiceAtOnce: 1 }, random: () => 0.9 });

    await handOver(record('m1', ['a']));
    await settled();

    expect(invoked.map(idsIn)).toEqual([['a'], ['a']]);
    expect(excuses('main')).toEqual({ a: 1 });
  });

  it('ends the visibility timeout of a message while it is being handled', async () => {
    const { handOver, again } = start({ rates: { redelivered: 1 }, random: () => 0.9 });

    await handOver(record('m1', ['a']));

    expect(again).toEqual(['handle of m1']);
  });

  it('spares a message that was received often, which SQS would give up on', async () => {
    const { handOver, again } = start({ rates: { redelivered: 1 }, random: () => 0.9 });

    await handOver({
      ...record('m1', ['a']),
      attributes: { ApproximateReceiveCount: '3' } as SQSRecord['attributes'],
    });

    expect(again).toEqual([]);
  });

  it('loses the event that it is told to lose, and no other', async () => {
    const { handOver, invoked } = start({ leak: 'a' });

    await handOver(record('m1', ['a', 'b']), record('m2', ['c']));

    expect(invoked.map(idsIn)).toEqual([['b', 'c']]);
  });
});
