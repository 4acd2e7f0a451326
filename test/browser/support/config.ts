import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/** A shop whose pages send by themselves, from the origin that the test's server turned out to have. */
export const config = defineConfig({
  sources: {
    web: {
      writeKeyHashes: [hash('sha256', 'web-key')],
      destinations: ['main'],
      allowedOrigins: [process.env['SHOP_ORIGIN'] ?? 'https://shop.example'],
    },
  },
  destinations: {
    main: {
      datasetId: '555000111222333',
      accessTokenSecret: 'conversions/test/main',
      // Libraries without the plugin must not mind.
      pixel: { mirror: true },
      mappings: [
        ...ecommerceMappings({ actionSource: 'website' }),
        {
          name: 'Lead',
          action: 'custom',
          trigger: 'type = "identify"',
          fields: { event_name: 'Lead', action_source: 'website' },
        },
      ],
    },
  },
});

export default config;
