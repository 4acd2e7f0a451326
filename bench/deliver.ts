import config from '../config/local.ts';
import { keepAliveFetch } from '../functions/deliver/keep-alive-fetch.ts';
import { graphDestinations } from '../shared/meta/graph/graph-destination.ts';
import { graphClient } from '../shared/meta/graph/graph-client.ts';
import { sha256InLanes } from '../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinations } from '../shared/meta/compile-destinations.ts';
import { type DeliverEffects, deliver } from '../shared/delivery/deliver.ts';
import { DestinationHealth } from '../shared/delivery/destination-health.ts';
import { wantedMembers } from '../shared/delivery/wanted-members.ts';
import { createBodyReader } from '../shared/queue/message-reader.ts';
import type { MessageQueue } from '../shared/queue/ports.ts';
import type { DeliveryReport } from '../shared/delivery/report.ts';

const clock = (): Date => new Date();

/** Nothing is put back or given up here: a message would be a mistake of the benchmark. */
const noQueue: MessageQueue = {
  send: async () => {
    throw new Error('Not every event was delivered.');
  },
};

/**
 * Delivers the messages of one invocation as the deliver function does, over HTTP as in production, without AWS around
 * it.
 *
 * @param graphApiUrl such as a stand-in's
 */
export async function createBenchDelivery(
  graphApiUrl: string,
): Promise<(bodies: readonly string[]) => Promise<DeliveryReport>> {
  const destinations = graphDestinations(await compileDestinations(config, sha256InLanes), {
    tokens: { get: async () => ({ accessToken: 'bench-token' }), drop: () => {} },
    sendEvents: graphClient(graphApiUrl, keepAliveFetch()),
  });
  const effects: DeliverEffects = {
    config,
    destinations,
    readBody: createBodyReader(() => wantedMembers(destinations.values())),
    events: noQueue,
    deadLetters: noQueue,
    health: new DestinationHealth(clock),
    isOutOfTime: () => false,
    clock,
    random: Math.random,
    sha256: sha256InLanes,
  };
  return async (bodies) => {
    const records = bodies.map((body, index) => ({ recordId: String(index), body }));
    const { report } = await deliver(records, effects);
    if (report.delivered !== report.events) throw new Error(`Not every event was delivered: ${JSON.stringify(report)}`);
    return report;
  };
}
