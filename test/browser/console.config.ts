import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/** Ecommerce events, and a newsletter mapping that puts free text into `custom_data`. */
// biome-ignore lint/style/noDefaultExport: that is how a configuration file gives what it says
export default defineConfig({
  sources: { shop: { writeKeyHashes: [hash('sha256', 'local-write-key')], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/test/main',
      mappings: [
        ...ecommerceMappings({ actionSource: 'website' }),
        {
          name: 'Newsletter',
          action: 'custom',
          trigger: 'type = "track" and event = "Newsletter Joined"',
          fields: {
            event_name: 'NewsletterJoined',
            action_source: 'website',
            custom_data: { note: { '@path': '$.properties.note' } },
          },
        },
      ],
    },
  },
});
