import { describe, expect, it } from 'vitest';
import { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import { recordingGraph, refusing } from '../../support/recording-graph.ts';
import { recordingQueue } from '../../support/recording-queue.ts';
import { brokenOrder, config, order, record, runDeliver } from './delivery-fixture.ts';

/** The dead letters of a delivery, as AWS's own redrive puts them on the events queue: as they are. */
async function redriven(records: Parameters<typeof runDeliver>[0], effects: Parameters<typeof runDeliver>[1] = {}) {
  const { letters } = await runDeliver(records, effects);
  return letters.map((letter, index) => ({ recordId: `letter-${index}`, body: JSON.stringify(letter) }));
}

const rejectedAtTheDoor = (): DeadLetter => ({
  version: 1,
  stage: 'ingest',
  code: 'event_name_missing',
  reason: 'x',
  fix: 'x',
  source: 'shop',
  attempts: 0,
  firstFailedAt: '2026-03-10T11:59:00.000Z',
  lastFailedAt: '2026-03-10T11:59:00.000Z',
  event: { ...order(4), receivedAt: undefined },
});

describe('a dead letter that comes back by AWS’s own redrive', () => {
  it('is delivered to the destination and mapping that gave it up, under the same id', async () => {
    const letters = await redriven(
      [record('a', [order(1)], { source: 'chain' })],
      recordingGraph(refusing(['order-1'])),
    );
    const graph = recordingGraph();

    const { report } = await runDeliver(letters.slice(0, 1), graph);

    expect(report).toMatchObject({ delivered: 1, undecodable: 0 });
    expect(graph.delivered).toMatchObject([{ event_id: 'order-1', event_name: 'Purchase' }]);
  });

  it('is checked again where it was rejected at the door', async () => {
    const letter = rejectedAtTheDoor();
    const graph = recordingGraph();

    const { report } = await runDeliver([{ recordId: 'letter', body: JSON.stringify(letter) }], graph);

    expect(report).toMatchObject({ delivered: 1, undecodable: 0 });
    expect(graph.delivered).toMatchObject([{ event_id: 'order-4' }]);
  });

  it('is held to the events that its source may send', async () => {
    const body = JSON.stringify(rejectedAtTheDoor());
    const graph = recordingGraph();
    const shop = { writeKeyHashes: [], destinations: ['main'], events: ['Product Viewed'] };
    const limited = { sources: { ...config.sources, shop } };

    const { letters } = await runDeliver([{ recordId: 'letter', body }], { ...graph, config: limited });

    expect(graph.delivered).toEqual([]);
    expect(letters).toEqual([JSON.parse(body)]);
  });

  it('that fails again becomes a letter of its own, not one around the old one', async () => {
    const letters = await redriven([record('a', [brokenOrder(1)])]);

    const again = await runDeliver(letters);

    expect(again.letters).toMatchObject([{ code: 'currency_invalid', event: brokenOrder(1) }]);
  });

  it.each([
    ['of a message that nobody can read', JSON.stringify('noise')],
    ['without its mapping', undefined],
  ])('goes back as it was where it cannot be redriven: %s', async (_, event) => {
    const [letter] = await redriven([
      event === undefined ? record('a', [brokenOrder(1)]) : { recordId: 'x', body: 'noise' },
    ]);
    const body = event === undefined ? (letter?.body ?? '').replace('"mapping":"purchase",', '') : (letter?.body ?? '');
    const deadLetters = recordingQueue();

    await runDeliver([{ recordId: 'letter', body }], { deadLetters });

    expect(deadLetters.messages.map((message) => message.body)).toEqual([body]);
    expect(DeadLetter.safeParse(JSON.parse(body)).success).toBe(true);
  });
});
