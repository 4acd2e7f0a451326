import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../shared/meta/actions/actions.ts';
import { Config } from '../../../shared/config/config.ts';
import { actionSources } from '../../../shared/meta/event/action-source.ts';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { segmentLimits } from '../../../shared/segment/limits.ts';
import { anyEvent } from '../../support/any-event.ts';
import { inEvent, now } from '../../support/factories.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

// Every action's default mapping, for every event and with every action source that a mapping can name.
const mappings = Object.keys(actions).flatMap((action) =>
  actionSources.map((source) => ({
    name: `${action} ${source}`,
    action,
    trigger: 'type != "never"',
    fields: {
      // Some actions can be sent from no conversation: said outright, that is refused when it is read.
      action_source: inEvent(source),
      ...(action === 'standard' && { event_name: 'Lead' }),
      ...(source === 'business_messaging' && { messaging_channel: 'whatsapp' }),
      app_data_field: { use_app_data: source === 'app', version: 'i2', osVersion: '17.5' },
    },
  })),
);
const { destinations: configured } = Config.parse({
  sources: {},
  destinations: { main: { datasetId: '1', accessTokenSecret: 'token', mappings } },
});
// Each mapping carries the same event id: one destination each, so that none is taken for a repetition.
const destinations = await Promise.all(
  mappings.map(async ({ name }) => {
    const main = configured['main'] as CompiledDestination['config'];
    const only = { ...main, mappings: main.mappings.filter((mapping) => mapping.name === name) };
    return (await compileDestinations({ sources: {}, destinations: { main: only } }, sha256Hex)).get(
      'main',
    ) as CompiledDestination;
  }),
);

const verdictsOf = (given: JsonObject) => destinations.flatMap((destination) => planEvent(given, destination, now));

describe('any event under any default mapping', () => {
  it('becomes a strict server event, or a stated reason why not', () => {
    let ready = 0;
    fc.assert(
      fc.property(anyEvent, (given) => {
        for (const verdict of verdictsOf(given)) {
          if (verdict.status !== 'ready') continue;
          ready++;
          const { success, error } = ServerEvent.safeParse(JSON.parse(verdict.json));
          expect(success, `${error?.message} ${verdict.json}`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );

    expect(ready).toBeGreaterThan(50);
  });

  it('becomes the same every time, and stays as it was', () => {
    fc.assert(
      fc.property(anyEvent, (given) => {
        const before = fc.stringify(given);

        expect(verdictsOf(given)).toEqual(verdictsOf(given));
        expect(fc.stringify(given)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  it('may be no event at all', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false }).filter((value) => {
      return typeof value === 'object' && value !== null;
    });
    fc.assert(
      fc.property(anything, (given) => {
        expect(() => verdictsOf(given as JsonObject)).not.toThrow();
      }),
    );
  });

  it('may be nested as deeply as ingest lets through', () => {
    const levels = segmentLimits.eventDepth / 2;
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`);
    const bag = { products: deep, value: deep, currency: deep, fbc: deep };
    const given = { type: 'track', event: deep, userId: deep, properties: bag, context: deep, traits: deep };

    expect(() => verdictsOf(given)).not.toThrow();
  });
});
