import { describe, expect, it } from 'vitest';
import { generatedTables, markedTables, withGeneratedTables } from '../../docs/generate/generated-tables.ts';
import { type ActionName, actions } from '../../shared/meta/actions/actions.ts';
import { Config } from '../../shared/config/config.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { usesLiquid } from '../../shared/mapping/compile-mapping.ts';
import { directives } from '../../shared/mapping/directives.ts';
import { loadLiquid } from '../../shared/mapping/liquid.ts';
import { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../shared/meta/destination.ts';
import { planEvent } from '../../shared/delivery/plan.ts';
import type { MappingInput } from '../../shared/meta/presets/mapping-input.ts';
import { customerIoMappings, segmentMappings } from '../../shared/meta/presets/segment-mappings.ts';
import type { JsonObject } from '../../shared/segment/event.ts';
import { compileTrigger } from '../../shared/fql/compile-trigger.ts';
import { resolve } from '../shared/mapping/resolve.ts';
import { now, track } from '../support/factories.ts';
import { serverEventOf } from './support/examples.ts';
import { blocksOf, codeIn, headingsOf, pairsOf, readDocument, section, tableUnder } from './support/markdown.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';

const guide = readDocument('mapping.md');

describe('the tables of the mapping guide', () => {
  it('show every action, preset and problem', () => {
    expect([...markedTables(guide)].sort()).toEqual(Object.keys(generatedTables).sort());
  });

  it('are those that `node docs/generate/write-tables.ts` writes', () => {
    expect(unaligned(guide)).toBe(unaligned(withGeneratedTables(guide)));
  });

  it('are the same for Segment and Customer.io', () => {
    const options = { actionSource: 'website' } as const;

    expect(customerIoMappings(options)).toEqual(segmentMappings(options));
  });

  it.each(tableUnder(section(guide, '## Actions'), 'action').map((row) => row.map(codeIn)))(
    'say of %s that it makes %s by the trigger %s',
    (name = '', eventName, trigger) => {
      const action = actions[name as ActionName];

      expect(action.eventName ?? 'what `event_name` says').toBe(eventName);
      expect(action.trigger ?? 'none: the mapping needs a trigger').toBe(trigger);
    },
  );
});

/** The formatter may pad cells. */
const unaligned = (text: string): string => text.replaceAll(/[ ]+/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the examples of the directives', () => {
  const directiveSection = section(guide, '## Directives');
  const examples = headingsOf(directiveSection, 3).map((heading) => {
    const [pair] = pairsOf(section(directiveSection, `### ${heading}`));
    return {
      directive: codeIn(heading),
      ...(pair?.given as { mapping: unknown; event: unknown }),
      result: pair?.result,
    };
  });

  it('show every directive', () => {
    expect(examples.map(({ directive }) => directive).sort()).toEqual([...directives.keys()].sort());
  });

  it.each(examples)('$directive', async ({ directive, mapping, event, result }) => {
    const options = usesLiquid(mapping) ? { liquid: await loadLiquid() } : {};

    expect(JSON.stringify(mapping)).toContain(directive);
    expect(resolve(mapping, event, options)).toEqual(result);
  });
});

describe('the examples of mappings', () => {
  const sections = ['## A mapping', "## What we add to Segment's fields", '### From Segment', '### From RudderStack'];
  const examples = sections.flatMap((heading) =>
    pairsOf(section(guide, heading)).map(({ given, result }) => ({
      heading,
      ...(given as { mapping: MappingInput; event: JsonObject }),
      result,
    })),
  );

  it('are found', () => {
    expect(examples).toHaveLength(5);
  });

  it.each(examples)('$mapping.name', async ({ mapping, event, result }) => {
    expect(await serverEventOf(mapping, event)).toEqual(result);
    expect(ServerEvent.parse(result)).toEqual(result);
  });
});

describe('the tables of triggers', () => {
  const text = section(guide, '## Triggers');
  const [met, errors] = text.split('Errors say where') as [string, string];

  it.each(tableUnder(met, 'trigger').map((row) => row.map(codeIn)))(
    '%s met by %s: %s',
    (trigger = '', event, answer) => {
      expect(compileTrigger(trigger)(JSON.parse(event ?? ''))).toBe(answer === 'yes');
    },
  );

  it.each(tableUnder(errors, 'trigger').map((row) => row.map(codeIn)))('%s fails with: %s', (trigger = '', message) => {
    expect(() => compileTrigger(trigger)).toThrow(expect.objectContaining({ message }));
  });
});

describe('the tables of what decides besides the mapping', () => {
  const text = section(guide, '## What decides besides the mapping');
  const rows = (title: string) => tableUnder(text, title).map((row) => row.map(codeIn));
  const order = (overrides: JsonObject) => track('Order Completed', { revenue: 1, currency: 'EUR' }, overrides);
  const mappings = [{ name: 'p', action: 'purchase', fields: { action_source: 'other' } }];

  async function verdictOf(event: JsonObject, settings: JsonObject = {}) {
    const main = { datasetId: '1', accessTokenSecret: 'token', mappings, ...settings };
    const destinations = await compileDestinations(Config.parse({ sources: {}, destinations: { main } }), sha256Hex);
    return planEvent(event, destinations.get('main') as CompiledDestination, now)[0];
  }

  it.each(rows('`integrations`'))('integrations %s: %s', async (integrations = '', goes) => {
    const verdict = await verdictOf(order({ integrations: JSON.parse(integrations) }));

    expect(verdict).toMatchObject(
      goes === 'yes' ? { status: 'ready' } : { status: 'skipped', reason: 'integrations_excluded' },
    );
  });

  it.each(rows("`context.consent` with `consentCategories: ['Advertising']`"))(
    'consent %s: %s',
    async (given, goes) => {
      const context = given === 'missing' ? {} : { consent: JSON.parse(given ?? '') };
      const verdict = await verdictOf(order({ context }), { consentCategories: ['Advertising'] });

      expect(verdict).toMatchObject(
        goes === 'yes' ? { status: 'ready' } : { status: 'skipped', reason: 'consent_missing' },
      );
    },
  );

  it.each(rows('`dataProcessingOptions`'))('Limited Data Use %s', async (given = '', sent = '') => {
    const verdict = await verdictOf(order({ context: { dataProcessingOptions: JSON.parse(given) } }));
    const { json } = verdict as { json: string };

    expect(JSON.parse(json)).toMatchObject(JSON.parse(sent));
  });
});

describe('the report of a wrong configuration', () => {
  const [given, report] = blocksOf(section(guide, '### In the configuration'));

  it('is the one in the guide', async () => {
    const { mappings } = JSON.parse(given?.code ?? '') as { mappings: MappingInput[] };
    const main = { datasetId: '1', accessTokenSecret: 'token', mappings };
    const failed = compileDestinations(Config.parse({ sources: {}, destinations: { main } }), sha256Hex);

    await expect(failed).rejects.toThrow(ConfigurationError);
    await expect(failed).rejects.toThrow(expect.objectContaining({ message: report?.code.trimEnd() }));
  });
});
