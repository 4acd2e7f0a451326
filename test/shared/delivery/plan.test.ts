import { describe, expect, it } from 'vitest';
import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { inEvent, now } from '../../support/factories.ts';
import { brokenOrder, main, order } from './delivery-fixture.ts';

type DestinationInput = ConfigInput['destinations'][string];

async function destination(overrides: Partial<DestinationInput>): Promise<CompiledDestination> {
  const usual = { datasetId: '1', accessTokenSecret: 'token', mappings: main.config.mappings };
  const config = Config.parse({ sources: {}, destinations: { main: { ...usual, ...overrides } } });
  return (await compileDestinations(config, sha256Hex)).get('main') as CompiledDestination;
}

const fields = { action_source: 'system_generated' };

describe('planEvent', () => {
  it('gives one server event for each mapping that matches, as it goes over the wire', () => {
    const verdicts = planEvent(order(1, { gift: true }), main, now);

    expect(verdicts).toMatchObject([
      { status: 'ready', mapping: 'purchase' },
      { status: 'ready', mapping: 'gift' },
    ]);
    const names = verdicts.map((verdict) => verdict.status === 'ready' && ServerEvent.parse(JSON.parse(verdict.json)));
    expect(names).toMatchObject([{ event_name: 'Purchase' }, { event_name: 'Gift', event_id: 'order-1' }]);
  });

  it('says what stands against an event without quoting it', () => {
    expect(planEvent(brokenOrder(1), main, now)).toEqual([
      {
        status: 'dead',
        mapping: 'purchase',
        problems: [{ code: 'currency_invalid', path: 'currency', message: 'Currency must be an ISO 4217 code.' }],
        warnings: [],
      },
    ]);
  });

  it('refuses one mapping and goes on with the other', () => {
    const verdicts = planEvent(order(1, { gift: true, currency: 'euros' }), main, now);

    expect(verdicts.map(({ status, mapping }) => [mapping, status])).toEqual([
      ['purchase', 'dead'],
      ['gift', 'ready'],
    ]);
  });

  it.each([
    ['no mapping matches', order(1, {}, { event: 'Order Shipped' }), 'no_mapping_matches'],
    ['integrations exclude it', order(1, {}, { integrations: { main: false } }), 'integrations_excluded'],
  ])('skips an event when %s', (_, event, reason) => {
    expect(planEvent(event, main, now)).toEqual([{ status: 'skipped', reason }]);
  });

  describe('for an event that was put back', () => {
    it('applies the mappings that still owe it, and no other', () => {
      const verdicts = planEvent(order(1, { gift: true }), main, now, ['gift']);

      expect(verdicts.map(({ mapping }) => mapping)).toEqual(['gift']);
    });

    it('does not look at the trigger again', () => {
      expect(planEvent(order(1), main, now, ['gift'])).toMatchObject([{ status: 'ready', mapping: 'gift' }]);
    });

    it('gives each mapping that owed it its outcome when the person withdrew consent', async () => {
      const careful = await destination({ consentCategories: ['ads'] });
      const refused = order(1, { gift: true }, { context: { consent: { categoryPreferences: { ads: false } } } });

      expect(planEvent(refused, careful, now, ['purchase', 'gift'])).toEqual([
        { status: 'skipped', mapping: 'purchase', reason: 'consent_missing' },
        { status: 'skipped', mapping: 'gift', reason: 'consent_missing' },
      ]);
    });

    it('skips a mapping that is gone by name', () => {
      expect(planEvent(order(1), main, now, ['renamed', 'purchase'])).toMatchObject([
        { status: 'ready', mapping: 'purchase' },
        { status: 'skipped', mapping: 'renamed', reason: 'mapping_removed' },
      ]);
    });
  });

  it('skips a second server event of the same name and id, which Meta would take for the first', async () => {
    const twice = await destination({
      mappings: [
        { name: 'first', action: 'purchase', fields },
        { name: 'second', action: 'purchase', trigger: 'contains(event, "Order")', fields },
      ],
    });

    expect(planEvent(order(1), twice, now)).toMatchObject([
      { status: 'ready', mapping: 'first' },
      { status: 'skipped', mapping: 'second', reason: 'same_event_already_mapped' },
    ]);
  });

  it('sends the second when the first became nothing', async () => {
    const twice = await destination({
      mappings: [
        { name: 'first', action: 'purchase', fields: { ...fields, currency: inEvent('euros') } },
        { name: 'second', action: 'purchase', trigger: 'contains(event, "Order")', fields },
      ],
    });

    expect(planEvent(order(1), twice, now).map(({ status }) => status)).toEqual(['dead', 'ready']);
  });

  it.each([
    ['the destination’s', 'DEST', undefined, 'DEST'],
    ['the mapping’s before the destination’s', 'DEST', 'OWN', 'OWN'],
    ['none where none is set', undefined, undefined, undefined],
  ])('takes as test event code %s', async (_, testEventCode, own, expected) => {
    const tested = await destination({
      testEventCode,
      mappings: [{ name: 'purchase', action: 'purchase', fields: { ...fields, ...(own && { test_event_code: own }) } }],
    });

    expect(planEvent(order(1), tested, now)).toMatchObject([{ partition: expected }]);
  });

  it.each([
    ['6 days and 23 hours old', '2026-03-03T13:00:00.000Z', 'ready'],
    ['a minute over 7 days old', '2026-03-03T11:59:00.000Z', 'dead'],
    ['four minutes ahead', '2026-03-10T12:04:00.000Z', 'ready'],
    ['six minutes ahead', '2026-03-10T12:06:00.000Z', 'dead'],
  ])('judges an event %s by the clock of this attempt', (_, timestamp, status) => {
    expect(planEvent(order(1, {}, { timestamp }), main, now)).toMatchObject([{ status }]);
  });

  it('refuses an event with match keys that Meta finds too weak', () => {
    const nobody = order(
      1,
      {},
      { userId: undefined, context: { traits: { gender: 'f', address: { city: 'Austin' } } } },
    );

    expect(planEvent(nobody, main, now)).toMatchObject([
      { status: 'dead', problems: [{ code: 'user_data_insufficient' }] },
    ]);
  });

  it('takes an empty user id for none, so that the anonymous id counts', () => {
    const visitor = order(1, {}, { userId: '', anonymousId: 'visitor-1', context: {} });

    const [verdict] = planEvent(visitor, main, now);

    expect(verdict).toMatchObject({ status: 'ready' });
    expect(verdict?.status === 'ready' && JSON.parse(verdict.json).user_data.external_id).toHaveLength(1);
  });
});
