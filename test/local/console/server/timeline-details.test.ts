import { describe, expect, it } from 'vitest';
import { detailsOfTimeline } from '../../../../local/console/server/timeline-details.ts';
import { defineConfig } from '../../../../shared/config/define-config.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../../shared/meta/compile-destinations.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import type { Receipt } from '../../../../shared/record/receipt.ts';
import { timelineOf } from '../../../../shared/record/timeline.ts';

const config = defineConfig({
  sources: { shop: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
const source = {
  destinations: await compileDestinations(config, sha256Hex),
  ...{ requests: () => [], isStandIn: false, target: '--env production' },
};
const at = Date.UTC(2026, 10, 30, 12);
const time = new Date(at).toISOString();
const order = {
  ...{
    type: 'track',
    event: 'Order Completed',
    messageId: 'order-1',
    userId: 'u-1',
    timestamp: time,
    receivedAt: time,
  },
  ...{ properties: { revenue: 10, currency: 'EUR' }, context: { userAgent: 'Mozilla/5.0' } },
};
const g = ['Send more match keys.'];
const base = { v: 1, s: 'shop', e: 'Order Completed', id: 'order-1' } as const;
const accepted = (ev?: string): Receipt => ({ ...base, k: 'accepted', t: at, p: ['u0'], ...(ev && { ev }) });
const delivered: Receipt = {
  ...base,
  k: 'delivered',
  t: at + 900,
  a: at,
  d: 'main',
  m: 'Purchase',
  n: 1,
  x: 'trace',
  g,
};
const detailsOf = (...receipts: Receipt[]) =>
  detailsOfTimeline(timelineOf(receipts), source, new Date(at + 86_400_000));

describe('an event that only the record knows', () => {
  it('is explained where the record keeps events, as of its delivery', () => {
    const { event, explanations, receipts } = detailsOf(accepted(JSON.stringify(order)), delivered);

    expect(event).toEqual(order);
    const purchase = explanations[0]?.mappings.find(({ name }) => name === 'Purchase');
    expect(purchase?.outcome).toMatchObject({ status: 'ready', serverEvent: { event_id: 'order-1' } });
    expect(JSON.stringify(receipts)).not.toMatch(/"ev"|"p"/);
  });

  it.each([
    { title: 'receipts alone', ev: undefined },
    { title: 'an event that cannot be read', ev: '{' },
  ])('of which there are $title is told by its receipts', ({ ev }) => {
    const { event, explanations, receipts, graph } = detailsOf(accepted(ev), delivered);

    expect(event).toBeUndefined();
    expect(explanations).toEqual([]);
    expect(receipts).toHaveLength(2);
    expect(graph).toMatchObject([{ status: 200, traceId: 'trace', messages: ['Send more match keys.'] }]);
  });
});
