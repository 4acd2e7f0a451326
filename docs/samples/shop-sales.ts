import { defineConfig, offlineConversions } from 'meta-conversions-pipeline/config';

const shopSales = offlineConversions({
  accessTokenSecret: 'conversions/production/main',
  trackEvents: { 'Order Completed': ['1234567890123456'], 'Repair Booked': ['1234567890123456'] },
  leadEvents: { 'Quote Requested': ['1234567890123456'] },
});

export const shops = defineConfig({
  sources: {
    tills: {
      writeKeyHashes: ['8c4bedb9ba76484d1bbe4694958e2c3af99d49238aa462ddc06af5b39808679a'],
      destinations: Object.keys(shopSales),
    },
  },
  destinations: shopSales,
});
