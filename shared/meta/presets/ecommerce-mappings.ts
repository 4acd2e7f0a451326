import type { actionSources } from '../event/action-source.ts';
import type { MappingInput } from './mapping-input.ts';

type ActionSource = (typeof actionSources)[number];

/** One mapping for each of the actions that have a trigger of their own. */
const names: readonly (readonly [
  name: string,
  action: 'purchase' | 'initiateCheckout' | 'addToCart' | 'viewContent' | 'search' | 'pageView',
])[] = [
  ['Purchase', 'purchase'],
  ['Initiate Checkout', 'initiateCheckout'],
  ['Add to Cart', 'addToCart'],
  ['View Content', 'viewContent'],
  ['Search', 'search'],
  ['Page View', 'pageView'],
];

/**
 * Segment's ecommerce spec to Meta's standard events, with this pipeline's default fields.
 *
 * @param options.actionSource where the conversions happen; Meta requires it on every event
 */
export const ecommerceMappings = ({ actionSource }: { readonly actionSource: ActionSource }): MappingInput[] =>
  names.map(([name, action]) => ({ name, action, fields: { action_source: actionSource } }) as MappingInput);
