import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/** Configuration that `npm start` runs. The write key and the dataset come from WRITE_KEY and META_DATASET_ID. */
export default defineConfig({
  sources: {
    local: {
      // SHA-256 of `local-write-key`.
      writeKeyHashes: ['8c4bedb9ba76484d1bbe4694958e2c3af99d49238aa462ddc06af5b39808679a'],
      destinations: ['main'],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/local/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
