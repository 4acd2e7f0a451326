import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

export default defineConfig({
  sources: {
    storefront: {
      // SHA-256 of `replace-me-staging`; `npm run write-key` makes a real one.
      writeKeyHashes: ['2e45cce9f1f6385776e33751353fe77e6ea85f7593b98fd9ed845c7edeea66b1'],
      destinations: ['main'],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/staging/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
