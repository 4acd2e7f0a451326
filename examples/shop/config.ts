import { hash } from 'node:crypto';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';

/** Where the shop's pages are: two names of one site, as `www.shop.example` and `events.shop.example` would be. */
const shopOrigin = process.env['SHOP_ORIGIN'] ?? 'http://www.shop.localhost:8080';

/** The example shop: its pages send by themselves, and mirror to the Pixel what the server sends. */
export default defineConfig({
  sources: {
    shop: {
      writeKeyHashes: [hash('sha256', process.env['WRITE_KEY'] ?? 'shop-write-key')],
      destinations: ['main'],
      allowedOrigins: [shopOrigin],
    },
  },
  destinations: {
    main: {
      datasetId: '1234567890123456',
      accessTokenSecret: 'conversions/local/main',
      mappings: ecommerceMappings({ actionSource: 'website' }),
      pixel: { mirror: true },
    },
  },
});
