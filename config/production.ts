import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

export default defineConfig({
  sources: {
    storefront: {
      // SHA-256 of `replace-me-production`; `npm run write-key` makes a real one.
      writeKeyHashes: ['1a492cc1918ff5004f5924a0d4e97e93255a5fedfffe6b3da763a07bfce9b1b4'],
      destinations: ['main'],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/production/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
