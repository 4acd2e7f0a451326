import { describe, expect, it } from 'vitest';
import { DestinationHealth } from '../../../shared/delivery/destination-health.ts';
import { sendBatch } from '../../../shared/delivery/send-batch.ts';
import { now } from '../../support/factories.ts';
import { graphError, recordingGraph } from '../../support/recording-graph.ts';
import { batchOf, main, owedOrders, sendingTo } from './delivery-fixture.ts';

const minutesLater = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

async function statusesAfter(minutes: number): Promise<string[]> {
  let time = now;
  const health = new DestinationHealth(() => time);
  const effects = { health, random: () => 0.5, isOutOfTime: () => false };
  const tally = { requests: 0, accepted: 0, throttled: 0, received: 0, sent: 0 };
  const batch = batchOf(owedOrders(2));
  await sendBatch({ ...batch, destination: sendingTo(main, recordingGraph()) }, effects, tally);
  time = minutesLater(minutes);
  const refusing = recordingGraph(() => graphError(100));

  const outcomes = await sendBatch({ ...batch, destination: sendingTo(main, refusing) }, effects, tally);

  return outcomes.map(({ status }) => status);
}

describe('a batch that is refused to its last event without a fault of an event being named', () => {
  it('is dead when the destination took others lately, so its settings are right', async () => {
    expect(await statusesAfter(5)).toEqual(['dead', 'dead']);
  });

  it('is held when the destination took nothing for a while', async () => {
    expect(await statusesAfter(20)).toEqual(['waiting', 'waiting']);
  });
});

describe('a destination whose rate limit is nearly used up', () => {
  it.each([
    ['pauses at 95 per cent', 95, 0, ['waiting', 'waiting']],
    ['goes on below', 94, 0, ['delivered', 'delivered']],
    ['goes on a minute later', 99, 1, ['delivered', 'delivered']],
    ['goes on after a clock was set back', 99, -60, ['delivered', 'delivered']],
  ])('%s', async (_, usagePercent, minutes, expected) => {
    let time = now;
    const health = new DestinationHealth(() => time);
    health.accepted(main.name, usagePercent);
    time = minutesLater(minutes);
    const effects = { health, random: () => 0.5, isOutOfTime: () => false };
    const batch = batchOf(owedOrders(2));

    const outcomes = await sendBatch(batch, effects, { requests: 0, accepted: 0, throttled: 0, received: 0, sent: 0 });

    expect(outcomes.map(({ status }) => status)).toEqual(expected);
  });
});
