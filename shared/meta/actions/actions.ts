import type { Action } from '../event/action.ts';
import { addToCart } from './add-to-cart.ts';
import { custom } from './custom.ts';
import { initiateCheckout } from './initiate-checkout.ts';
import { pageView } from './page-view.ts';
import { purchase } from './purchase.ts';
import { search } from './search.ts';
import { standard } from './standard.ts';
import { viewContent } from './view-content.ts';

/** Every action by its key. A new one is a file beside this one and a line here. */
export const actions = {
  purchase,
  initiateCheckout,
  addToCart,
  viewContent,
  search,
  pageView,
  custom,
  standard,
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof actions;

/**
 * The action of a key. Segment has two versions of each, `purchase` and `purchase2`; they differ only in that the second
 * insists on a sync mode.
 */
export function findAction(key: string): { action: Action; needsSyncMode: boolean } | undefined {
  const second = key.endsWith('2');
  const name = second ? key.slice(0, -1) : key;
  return Object.hasOwn(actions, name) ? { action: actions[name as ActionName], needsSyncMode: second } : undefined;
}
