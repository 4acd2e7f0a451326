import { describe, expect, it } from 'vitest';
import { heldBillOf } from '../../../commands/cost/bill.ts';
import { deploymentOf } from '../../../commands/cost/deployment.ts';
import { heldTrafficOf } from '../../../commands/cost/traffic.ts';
import { defaultWorkload } from '../../../commands/cost/workload.ts';
import { environments } from '../../../config/environments.ts';
import { fakeDestination } from '../../shared/delivery/support/fake-destination.ts';
import { SimulatedQueue, startMs } from '../../shared/delivery/support/simulated-queue.ts';
import { variedOrder } from '../../support/varied-order.ts';

const events = 1_500;
const hour = 3_600;
const hours = 5;
const production = deploymentOf(environments.production, 1);

const orders = Array.from({ length: events }, (_, index) => variedOrder(index, new Date(startMs).toISOString()));
const eventBytes = orders.reduce((sum, order) => sum + Buffer.byteLength(JSON.stringify(order)), 0) / events;

/** The first hours in which such events wait for a token, made a day of a million. */
async function measuredDay(): Promise<{ readonly sqsRequests: number; readonly graphRequestsPerMinute: number }> {
  const destination = fakeDestination(() => ({ action: 'hold', label: 'graph_190', aboutCredential: true }));
  const queue = new SimulatedQueue({ destinations: [destination], containers: 1 });
  queue.addEvents(orders);
  await queue.run(1);
  const before = { charged: queue.charged, requests: destination.requests.length };

  await queue.run(hour);
  const first = queue.charged - before.charged;
  await queue.run((hours - 1) * hour);

  const further = (queue.charged - before.charged - first) / (hours - 1);
  return {
    sqsRequests: (first + 23 * further) * (1e6 / events),
    graphRequestsPerMinute: (destination.requests.length - before.requests) / (hours * 60),
  };
}

describe('a day of a million events that wait for a destination that is held', () => {
  it('moves no more than `npm run cost -- --held` says, and asks Meta less than once a minute', async () => {
    const said = heldTrafficOf(1e6, { ...defaultWorkload, eventBytes }, production);

    const measured = await measuredDay();

    expect(measured.sqsRequests).toBeLessThanOrEqual(said.sqsRequests);
    // Nor does it say far too much.
    expect(measured.sqsRequests).toBeGreaterThan(said.sqsRequests / 2);
    expect(measured.graphRequestsPerMinute).toBeLessThan(1);
  });

  it.each([1_061, Math.round(eventBytes), 2_000, 2_800])(
    'costs at most two dollars with events of %i bytes',
    (bytes) => {
      expect(heldBillOf(1e6, { ...defaultWorkload, eventBytes: bytes }, production).usd).toBeLessThanOrEqual(2);
    },
  );

  it('costs at most two dollars where several sources and destinations need groups', () => {
    const several = deploymentOf(environments.production, 2, 2);

    expect(heldBillOf(1e6, { ...defaultWorkload, destinations: 2 }, several).usd).toBeLessThanOrEqual(2);
  });
});
