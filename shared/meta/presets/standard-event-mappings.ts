import { productIds, productValue } from '../actions/common-fields.ts';
import type { StandardEvent } from '../actions/standard.ts';
import type { actionSources } from '../event/action-source.ts';
import type { MappingInput } from './mapping-input.ts';
import { trackTrigger } from './triggers.ts';

interface Row {
  readonly name: string;
  readonly event: StandardEvent;
  /** Segment events that customarily mean it. */
  readonly from: readonly string[];
  readonly fields?: Readonly<Record<string, unknown>>;
}

const category = { '@path': '$.properties.category' };

/** A list of products is a product group under its category when it names no product. */
const hasProducts = (then: unknown, otherwise: unknown) => ({
  '@if': { blank: { '@path': '$.properties.products' }, then, else: otherwise },
});
const listFields = {
  content_type: hasProducts('product', { '@if': { blank: category, then: 'product_group' } }),
  content_ids: hasProducts(productIds, category),
  content_category: category,
};

/** An event about one product is worth what the same event of the ecommerce mappings is. */
const productFields = { value: productValue };

/** Segment's ecommerce and B2B SaaS specs, and the names that are customary where these have none. */
export const standardEventRows: readonly Row[] = [
  { name: 'View Product List', event: 'ViewContent', from: ['Product List Viewed'], fields: listFields },
  {
    name: 'Add to Wishlist',
    event: 'AddToWishlist',
    from: ['Product Added to Wishlist', 'Product Added To Wishlist'],
    fields: productFields,
  },
  { name: 'Add from Wishlist', event: 'AddToCart', from: ['Wishlist Product Added to Cart'], fields: productFields },
  { name: 'Add Payment Info', event: 'AddPaymentInfo', from: ['Payment Info Entered'] },
  { name: 'Complete Registration', event: 'CompleteRegistration', from: ['Signed Up', 'Account Created'] },
  { name: 'Contact', event: 'Contact', from: ['Contact Requested', 'Contacted'] },
  { name: 'Customize Product', event: 'CustomizeProduct', from: ['Product Customized'] },
  { name: 'Donate', event: 'Donate', from: ['Donation Made', 'Donation Completed'] },
  { name: 'Find Location', event: 'FindLocation', from: ['Location Searched', 'Store Located'] },
  { name: 'Lead', event: 'Lead', from: ['Lead Generated', 'Form Submitted'] },
  { name: 'Schedule', event: 'Schedule', from: ['Appointment Scheduled', 'Demo Scheduled', 'Meeting Booked'] },
  { name: 'Start Trial', event: 'StartTrial', from: ['Trial Started'] },
  { name: 'Submit Application', event: 'SubmitApplication', from: ['Application Submitted'] },
  { name: 'Subscribe', event: 'Subscribe', from: ['Subscription Created', 'Subscription Started'] },
];

/** The standard events beyond the seven actions, each from the Segment events that customarily mean it. */
export const standardEventMappings = ({
  actionSource,
}: {
  readonly actionSource: (typeof actionSources)[number];
}): MappingInput[] =>
  standardEventRows.map(({ name, event, from, fields }) => ({
    name,
    action: 'standard',
    trigger: trackTrigger(from),
    fields: { event_name: event, action_source: actionSource, ...fields },
  }));
