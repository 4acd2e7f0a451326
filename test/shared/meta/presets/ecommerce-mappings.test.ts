import { describe, expect, it } from 'vitest';
import { examples } from '../../../../examples/examples.ts';
import { Config } from '../../../../shared/config/config.ts';
import { compileDestinations } from '../../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../../shared/meta/destination.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { ecommerceMappings } from '../../../../shared/meta/presets/ecommerce-mappings.ts';
import { now, track } from '../../../support/factories.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

const presets = ecommerceMappings({ actionSource: 'system_generated' });
const config = Config.parse({
  sources: {},
  destinations: {
    main: { datasetId: '1', accessTokenSecret: 'token', mappings: presets },
  },
});
const main = (await compileDestinations(config, sha256Hex)).get('main') as CompiledDestination;

describe('ecommerceMappings', () => {
  const covered = examples.filter(({ mapping }) => presets.some(({ action }) => action === mapping.action));

  it('has a mapping for six of Segment’s actions', () => {
    expect(covered).toHaveLength(6);
  });

  it.each(covered)('is for one event each: $title', ({ in: given, out }) => {
    const verdicts = planEvent(given, main, now);

    expect(verdicts.map(({ mapping }) => mapping)).toHaveLength(1);
    expect(verdicts).toMatchObject([{ json: expect.stringContaining(`"event_name":"${out.event_name}"`) }]);
  });

  it('puts the action source on every event', () => {
    const { fields } = ecommerceMappings({ actionSource: 'physical_store' })[0] ?? {};

    expect(fields).toEqual({ action_source: 'physical_store' });
  });

  it('leaves other events alone', () => {
    expect(planEvent(track('Order Shipped'), main, now)).toEqual([{ status: 'skipped', reason: 'no_mapping_matches' }]);
  });
});
