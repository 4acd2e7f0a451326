import { accountCreated } from './account-created.ts';
import { fromCustomerIo } from './from-customer-io.ts';
import { fromSegment } from './from-segment.ts';
import { leadFromLeadAds } from './lead-from-lead-ads.ts';
import { leadGenerated } from './lead-generated.ts';
import { orderInAShop } from './order-in-a-shop.ts';
import type { PresetExample } from './preset-example.ts';
import { productWishedFor } from './product-wished-for.ts';
import { trialStarted } from './trial-started.ts';

/**
 * Examples of the presets; those of `ecommerceMappings` are the actions' own. A new one is a file beside this one and a
 * line here.
 */
export const presetExamples: readonly PresetExample[] = [
  leadGenerated,
  accountCreated,
  productWishedFor,
  trialStarted,
  orderInAShop,
  leadFromLeadAds,
  fromCustomerIo,
  fromSegment,
];
