import { randomUUID } from 'node:crypto';
import { packMessages } from '../shared/queue/message.ts';
import { checkEvent } from '../shared/segment/check-event.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { orderCompleted } from './order-completed.ts';

/** Orders of today, as ingest writes them: checked, with their four times. */
export function acceptedOrders(count: number, make: typeof orderCompleted = orderCompleted): string[] {
  const receivedAt = new Date();
  return Array.from({ length: count }, (_, index) => {
    const checked = checkEvent(make(index, receivedAt) as JsonObject, {
      source: 'local',
      receivedAt,
      randomId: randomUUID,
    });
    if (!('json' in checked)) throw new Error('The event of the benchmark was rejected.');
    return checked.json;
  });
}

/** The bodies of the messages that they travel in. */
export const queuedOrders = (count: number): string[] =>
  packMessages(
    { source: 'local' },
    acceptedOrders(count).map((json) => ({ json, bytes: Buffer.byteLength(json) })),
  );
