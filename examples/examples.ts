import { checkoutStarted } from './checkout-started.ts';
import type { Example } from './example.ts';
import { orderCompleted } from './order-completed.ts';
import { pageViewed } from './page-viewed.ts';
import { productAdded } from './product-added.ts';
import { productViewed } from './product-viewed.ts';
import { productsSearched } from './products-searched.ts';
import { signedUp } from './signed-up.ts';
import { planUpgraded } from './plan-upgraded.ts';

/** One example for every action, in the order of the docs. A new one is a file beside this one and a line here. */
export const examples: readonly Example[] = [
  orderCompleted,
  checkoutStarted,
  productAdded,
  productViewed,
  productsSearched,
  pageViewed,
  signedUp,
  planUpgraded,
];
