import { describe, expect, it } from 'vitest';
import { type ConfigInput, defineConfig } from '../../../shared/authoring.ts';
import { ConfigurationError } from '../../../shared/errors.ts';

const main = {
  datasetId: '1234567890123456',
  accessTokenSecret: 'token',
  mappings: [{ name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } }],
};
const site = { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] };

function pathsOf(input: unknown): readonly string[] {
  try {
    defineConfig(input as ConfigInput);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues.map(({ path }) => path);
    throw error;
  }
}

describe('defineConfig', () => {
  it('takes what is right, and fills the defaults', () => {
    const config = defineConfig({ sources: { site }, destinations: { main } } as ConfigInput);

    expect(config.destinations['main']).toMatchObject({ graphVersion: 'v26.0', personalData: 'remove' });
  });

  it('takes a mapping with a template as it is', () => {
    const mapping = {
      ...main.mappings[0],
      fields: { action_source: 'website', event_id: { '@liquid': '{{ messageId }}' } },
    };
    expect(pathsOf({ sources: { site }, destinations: { main: { ...main, mappings: [mapping] } } })).toEqual([]);
  });

  it('tells all faults together: of the form, the references, the triggers and the fields', () => {
    const input = {
      sources: { site: { ...site, destinations: ['mian'] } },
      destinations: {
        main: {
          ...main,
          datasetId: 'pixel',
          mappings: [
            { name: 'a', action: 'purchase', trigger: 'type =', fields: { action_source: 'web', valeu: 1 } },
            { name: 'b', action: 'purchse' },
            { name: 'c', action: 'custom', trigger: 'type = "track"', enabled: 'yes' },
          ],
        },
        other: { ...main, mappings: [{ name: 'd', action: 'pageView', fields: { user_data: { emial: 'x' } } }] },
      },
    };

    expect(pathsOf(input).toSorted()).toEqual([
      'destinations.main.datasetId',
      'destinations.main.mappings[0].fields.action_source',
      'destinations.main.mappings[0].fields.valeu',
      'destinations.main.mappings[0].trigger',
      'destinations.main.mappings[1].action',
      'destinations.main.mappings[2].enabled',
      'destinations.other.mappings[0].fields.action_source',
      'destinations.other.mappings[0].fields.user_data.emial',
      'sources.site.destinations[0]',
    ]);
  });

  it.each([undefined, null, 1, [], { destinations: [] }, { destinations: { a: { mappings: {} } } }])(
    'names the faults of %j',
    (input) => {
      expect(pathsOf(input).length).toBeGreaterThan(0);
    },
  );
});
