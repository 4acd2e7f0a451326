import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preview } from '../../../../commands/preview/preview.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { customerIoMappings, segmentMappings } from '../../../../shared/meta/presets/segment-mappings.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { instantOf, type SegmentVector } from '../../../support/compare-server-event.ts';
import { page, track } from '../../../support/factories.ts';
import { compiled, main, plannedAt } from './plan-at.ts';

const byAction = new Map(segmentMappings({ actionSource: 'website' }).map((mapping) => [mapping.action, mapping]));

interface DefaultVector extends SegmentVector {
  readonly usesDefaultMapping: boolean;
}

const isFullOrder = ({ action, subscription, settings, mapping, event, expected }: DefaultVector): boolean =>
  action === 'purchase' &&
  subscription === actions.purchase.trigger &&
  settings['pixelId'] === '1234567890123456' &&
  mapping['action_source'] === 'website' &&
  expected.request !== undefined &&
  instantOf(event['timestamp']) !== undefined &&
  JSON.stringify(event).includes('"birthday"');

/** Vectors of Segment's own initial mappings. */
const vectors = readFileSync(new URL('../../../vectors/segment-actions.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): DefaultVector => JSON.parse(line))
  .filter(({ action, usesDefaultMapping }) => usesDefaultMapping && !action.startsWith('custom'));

/** Fields without those that a user chooses and those that the V2 actions add. */
function withoutChoices(fields: JsonObject): JsonObject {
  const { action_source: _, __segment_internal_sync_mode: __, ...others } = fields;
  return others;
}

describe('segmentMappings', () => {
  it('has vectors to be compared with, for every action', () => {
    expect(new Set(vectors.map(({ action }) => action.replace(/2$/, '')))).toEqual(new Set(byAction.keys()));
    expect(vectors.some(isFullOrder)).toBe(true);
  });

  it.each(vectors)('maps as Segment does ($id, $action)', ({ action, mapping }) => {
    const ours = byAction.get(action.replace(/2$/, ''))?.fields ?? {};

    expect(withoutChoices(ours)).toEqual(withoutChoices(mapping));
  });

  it.each(vectors.filter(isFullOrder))('sends for a full order what Segment’s mapping sends ($id)', async (vector) => {
    const { action, mapping, event, settings } = vector;
    const now = new Date((instantOf(event['timestamp']) ?? 0) + 60_000);
    const line = JSON.stringify({ now, action, settings, mapping, event });
    const theirs = JSON.parse(await preview(line, () => Promise.reject(new Error('No configuration is needed.'))));
    const [destination] = await compiled(main([...byAction.values()]));

    const [verdict] = destination === undefined ? [] : planEvent(event, destination, now);

    expect(verdict?.status === 'ready' && JSON.parse(verdict.json)).toEqual(theirs.request.data[0]);
  });

  it.each([...byAction.values()])('gives $name the trigger of its action, and nothing laid under', (mapping) => {
    expect(mapping).toMatchObject({ defaults: false });
    expect(mapping).not.toHaveProperty('trigger');
    expect(actions[mapping.action as keyof typeof actions].trigger).toBeDefined();
  });

  it('compiles, with one server event for each call', async () => {
    const destinations = await compiled(main(segmentMappings({ actionSource: 'system_generated' })));
    const calls = [
      track('Order Completed', { revenue: 5, currency: 'EUR' }),
      track('Checkout Started', { revenue: 5, currency: 'EUR' }),
      track('Product Added', { price: 5, currency: 'EUR', product_id: 'A' }),
      track('Product Viewed', { price: 5, currency: 'EUR', product_id: 'A' }),
      track('Products Searched', { query: 'red', currency: 'EUR' }),
      page('Home'),
    ];

    expect(calls.map((call) => plannedAt(destinations, call).map(({ event }) => event.event_name))).toEqual([
      ['Purchase'],
      ['InitiateCheckout'],
      ['AddToCart'],
      ['ViewContent'],
      ['Search'],
      ['PageView'],
    ]);
  });

  it('is what Customer.io starts with, too', () => {
    expect(customerIoMappings({ actionSource: 'app' })).toEqual(segmentMappings({ actionSource: 'app' }));
  });
});
