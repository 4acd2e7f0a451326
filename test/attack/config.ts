import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/**
 * Configuration that `npm run attack` attacks: a server's source, the victim's, a browser's whose key is public, and a
 * mapping that takes everything.
 */
export const config = defineConfig({
  sources: {
    victim: { writeKeyHashes: [hash('sha256', 'victim-key')], destinations: ['main'] },
    server: { writeKeyHashes: [hash('sha256', 'server-key')], destinations: ['main', 'all'] },
    web: {
      writeKeyHashes: [hash('sha256', 'web-key')],
      destinations: ['main', 'all'],
      allowedOrigins: ['https://shop.example'],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/attack/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
    all: {
      datasetId: '2345678901234567',
      accessTokenSecret: 'conversions/attack/all',
      mappings: [
        {
          name: 'Everything',
          action: 'custom',
          trigger: 'event = "Custom X"',
          fields: {
            event_name: 'Custom X',
            action_source: 'website',
            custom_data: { '@path': '$.properties' },
          },
        },
      ],
    },
  },
});

export default config;
