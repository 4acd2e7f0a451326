import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/** A configuration of the user's own: ecommerce events, and identify calls as leads. */
export const config = defineConfig({
  sources: {
    shop: { writeKeyHashes: [hash('sha256', 'shop-key')], destinations: ['main'] },
    web: {
      writeKeyHashes: [hash('sha256', 'web-key')],
      destinations: ['main'],
      allowedOrigins: ['https://shop.example'],
    },
  },
  destinations: {
    main: {
      datasetId: '555000111222333',
      accessTokenSecret: 'conversions/test/main',
      testEventCode: 'TEST123',
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
