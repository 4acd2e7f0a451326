import { expect, it } from 'vitest';
import { createFloorMapper } from '../../bench/floor.ts';
import { mappingSubjects } from '../../bench/map-events.ts';
import { createBenchMapper } from '../../bench/mapper.ts';
import { acceptedOrders } from '../../bench/queued-orders.ts';

it('is held against the same work: by hand, orders become the same but for the name of the country', () => {
  const orders = acceptedOrders(3);
  const without = (body: Buffer) => body.toString().replaceAll(/"country":"[\da-f]{64}"/g, '"country":"…"');

  expect(without(createBenchMapper().body(orders))).toBe(without(createFloorMapper().body(orders)));
});

it.each(mappingSubjects())('maps every event: $name', ({ run, events }) => {
  let sent = 0;
  run((body) => {
    sent += (JSON.parse(body.toString()) as { data: readonly unknown[] }).data.length;
  });

  expect(sent).toBe(events);
});
