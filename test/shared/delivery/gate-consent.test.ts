import { describe, expect, it } from 'vitest';
import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import { offlineConversions } from '../../../shared/meta/presets/offline-conversions.ts';
import { now } from '../../support/factories.ts';
import { order } from './delivery-fixture.ts';

type DestinationInput = ConfigInput['destinations'][string];

const capi: DestinationInput = {
  datasetId: '1',
  accessTokenSecret: 'token',
  mappings: [{ name: 'purchase', action: 'purchase', fields: { action_source: 'system_generated' } }],
};

/** Outcome of an order at each destination: `ready`, or why it was skipped. */
async function outcomes(
  destinations: Record<string, DestinationInput>,
  overrides: object,
): Promise<Record<string, string>> {
  const compiled = await compileDestinations(Config.parse({ sources: {}, destinations }), sha256Hex);
  const outcomeAt = [...compiled.values()].map((destination) => {
    const [verdict] = planEvent(order(1, {}, { ...overrides }), destination, now);
    return [destination.name, verdict?.status === 'skipped' ? verdict.reason : String(verdict?.status)];
  });
  return Object.fromEntries(outcomeAt);
}

describe('consent at a destination', () => {
  const consent = (categoryPreferences: unknown) => ({ consent: { categoryPreferences } });
  const careful = { ...capi, consentCategories: ['ads', 'measurement'] };

  it.each<[string, object, string]>([
    ['every category agreed to', { context: consent({ ads: true, measurement: true }) }, 'ready'],
    ['no consent object', { context: {} }, 'ready'],
    ['one category refused', { context: consent({ ads: true, measurement: false }) }, 'consent_missing'],
    ['one category missing', { context: consent({ ads: true }) }, 'consent_missing'],
    ['no category at all', { context: consent({}) }, 'consent_missing'],
  ])('decides on an event with %s', async (_, overrides, outcome) => {
    expect(await outcomes({ main: careful }, overrides)).toEqual({ main: outcome });
  });

  it('is looked at before the integrations', async () => {
    const refused = { context: consent({}), integrations: { All: false } };

    expect(await outcomes({ main: careful }, refused)).toEqual({ main: 'consent_missing' });
  });

  it('does not open what the integrations exclude', async () => {
    const agreed = { context: consent({ ads: true, measurement: true }), integrations: { All: false } };

    expect(await outcomes({ main: careful }, agreed)).toEqual({ main: 'integrations_excluded' });
  });

  it('is each destination’s own', async () => {
    const all = { careful, free: capi };

    expect(await outcomes(all, { context: consent({ ads: false }) })).toEqual({
      careful: 'consent_missing',
      free: 'ready',
    });
  });
});

describe('the integrations of an event', () => {
  const shop = offlineConversions({ trackEvents: { 'Order Completed': ['77'] }, accessTokenSecret: 'token' });
  const both = { main: capi, ...shop };
  const excluded = 'integrations_excluded';

  it.each<[string, object, string, string]>([
    ['nothing', {}, 'ready', 'ready'],
    ['its own name', { main: false }, excluded, 'ready'],
    ['its first alias', { 'Facebook Conversions API (Actions)': false }, excluded, 'ready'],
    ['its second alias', { 'Facebook Conversions API': false }, excluded, 'ready'],
    ['its third alias', { 'Facebook Conversions': false }, excluded, 'ready'],
    ['its fourth alias', { FACEBOOK_CONVERSIONS: false }, excluded, 'ready'],
    ['the name for shop sales', { 'Facebook Offline Conversions': false }, 'ready', excluded],
    ['the own name for shop sales', { 'offline-77': false }, 'ready', excluded],
    ['everything', { All: false }, excluded, excluded],
    ['all but the website', { All: false, 'Facebook Conversions API (Actions)': true }, 'ready', excluded],
    [
      'all but the shops, with options',
      { All: false, 'Facebook Offline Conversions': { leadId: 1 } },
      excluded,
      'ready',
    ],
    ['another destination', { Mixpanel: false, 'Segment.io': true }, 'ready', 'ready'],
  ])('that exclude %s', async (_, integrations, website, offline) => {
    expect(await outcomes(both, { integrations })).toEqual({ main: website, 'offline-77': offline });
  });

  it('know a destination by the names that its configuration gives it, and no other', async () => {
    const renamed = { main: { ...capi, integrationNames: ['Our Meta'] } };

    expect(await outcomes(renamed, { integrations: { 'Our Meta': false } })).toEqual({ main: excluded });
    expect(await outcomes(renamed, { integrations: { FACEBOOK_CONVERSIONS: false } })).toEqual({ main: 'ready' });
  });
});
