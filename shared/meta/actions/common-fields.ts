import { actionSources, messagingChannels } from '../event/action-source.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import { boolean, firstOf, integer, number, object, path, text, time } from '../event/field.ts';
import { userDataFields, userDataNames } from '../user-data/match-key-table.ts';
import { appDataFields } from './app-data-fields.ts';
import { attributionFields, messagingOutcomeFields, originalEventFields } from './related-event-fields.ts';

/** Fields that every action has. */
export const commonFields = {
  action_source: text('Action Source', {
    required: true,
    choices: actionSources,
    choiceProblem: 'action_source_invalid',
  }),
  event_time: time('Event Time', {
    required: true,
    default: path('$.timestamp'),
    substitute: { member: 'receivedAt', name: 'the time of receipt' },
  }),
  event_id: text('Event ID', {
    default: path('$.messageId'),
    // Without an id, a retry would count twice.
    substitute: { member: 'messageId', name: 'the message id' },
  }),
  event_source_url: text('Event Source URL', { default: path('$.context.page.url') }),
  referrer_url: text('Referrer URL', { default: path('$.context.page.referrer') }),
  user_data: object('User Data', {
    required: true,
    properties: userDataFields,
    inOrder: userDataNames,
    holds: 'matchKeys',
  }),
  app_data_field: object('App Events Fields', { properties: appDataFields }),
  /** Use the event for attribution only, not to deliver ads. */
  opt_out: boolean('Opt Out', { substitute: { value: true, name: 'true' } }),
  messaging_channel: text('Messaging Channel', { choices: messagingChannels }),
  messaging_outcome_data: object('Messaging Outcome', { properties: messagingOutcomeFields }),
  original_event_data: object('Original Event', { properties: originalEventFields }),
  attribution_data: object('Attribution', { properties: attributionFields }),
  data_processing_options: boolean('Data Processing Options', {
    // Whoever asks for a restriction in words that are not understood asks for one.
    substitute: { value: true, name: 'true' },
  }),
  data_processing_options_country: number('Data Processing Country', { choices: [0, 1] }),
  // Segment lists the states it knows; Meta adds some every year, so any whole number is let through.
  data_processing_options_state: integer('Data Processing State'),
  test_event_code: text('Test Event Code'),
  /** Delivers the event without the parts that cannot be read, instead of refusing it. */
  leave_out_bad_items: boolean('Leave Out Bad Items', { default: true, decides: 'leniency' }),
} as const;

const id = firstOf('$.product_id', '$.sku', '$.id', '$.productId', '$.item_id');
const item = { id, quantity: path('$.quantity'), item_price: path('$.price') };

/** Default of `contents`: a line for every product, or one for the product that the event itself describes. */
export const productList = { '@arrayPath': ['$.properties.products', item] };
export const singleProduct = { '@arrayPath': ['$.properties', item] };

export const contents = (value: unknown) => ({ ...customDataMembers.contents, default: value });

/** Default of `content_ids`. */
export const productIds = { '@arrayPath': ['$.properties.products', id] };
export const ownProductId = firstOf(
  ...(['$.properties.product_id', '$.properties.sku', '$.properties.id', '$.properties.productId'] as const),
  '$.properties.item_id',
);

/** Default of `order_id`. */
export const orderId = firstOf('$.properties.order_id', '$.properties.orderId');

/** Default of `value`: what an order comes to, and what a product does, its price once for each of its quantity. */
export const orderValue = firstOf('$.properties.revenue', '$.properties.total', '$.properties.value');
const priceOfAll = { '@multiply': { value: path('$.properties.price'), by: path('$.properties.quantity') } };
export const productValue = firstOf('$.properties.value', priceOfAll);
/** Of an event that may be about either. */
export const anyValue = firstOf('$.properties.revenue', '$.properties.total', '$.properties.value', priceOfAll);

/** Custom data as mapped, and what of it stays behind: "all properties but these". */
export const customDataFields = {
  custom_data: object('Custom Data'),
  custom_data_without: text('Custom Data Without', { multiple: true }),
} as const;

export const commerceFields = {
  currency: { ...customDataMembers.currency, default: path('$.properties.currency') },
  customer_segmentation: customDataMembers.customer_segmentation,
  ...customDataFields,
} as const;

/** Only events that name a product have a type of content. */
const ifAny = (ids: unknown, value: unknown) => ({ '@if': { blank: ids, then: value } });

export const contentFields = (ids: unknown) =>
  ({
    content_ids: { ...customDataMembers.content_ids, default: ids },
    content_name: customDataMembers.content_name,
    content_type: { ...customDataMembers.content_type, default: ifAny(ids, 'product') },
    content_category: customDataMembers.content_category,
    num_items: { ...customDataMembers.num_items, countedIf: 'count_items' },
    /** Fills `num_items` with the sum of the quantities in `contents` where nothing is mapped. */
    count_items: boolean('Count Items'),
  }) as const;
