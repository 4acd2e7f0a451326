import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

export default defineConfig({
  sources: {
    storefront: {
      // SHA-256 of `replace-me-development`; `npm run write-key` makes a real one.
      writeKeyHashes: ['e9d28dea395b37ab3011b2dee4e49c53289f4aec6fc764b134f80f469edd7286'],
      destinations: ['main'],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/development/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
