import { defineConfig } from '../../shared/config/define-config.ts';
import { ecommerceMappings } from '../../shared/meta/presets/ecommerce-mappings.ts';

const destination = (datasetId: string) => ({ datasetId, accessTokenSecret: 'conversions/hostile' });

const allProperties = {
  name: 'all properties',
  action: 'custom',
  trigger: 'type = "track" or type = "page"',
  fields: { event_name: { '@path': '$.event' }, action_source: 'website', custom_data: { '@path': '$.properties' } },
};

/** The default mappings, and one that takes over whatever a sender writes, with either policy for personal data. */
export const hostileConfig = defineConfig({
  sources: {
    // SHA-256 of `local-write-key`.
    web: {
      writeKeyHashes: ['8c4bedb9ba76484d1bbe4694958e2c3af99d49238aa462ddc06af5b39808679a'],
      destinations: ['ecommerce', 'everything', 'hashed'],
    },
  },
  destinations: {
    ecommerce: { ...destination('1000000000000001'), mappings: ecommerceMappings({ actionSource: 'website' }) },
    everything: { ...destination('1000000000000002'), mappings: [allProperties] },
    hashed: { ...destination('1000000000000003'), personalData: 'hash', mappings: [allProperties] },
  },
});
