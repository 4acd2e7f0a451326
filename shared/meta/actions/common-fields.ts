import { actionSources } from '../event/action-source.ts';
import { userDataNames } from '../user-data/user-data-names.ts';
import { appDataFields } from './app-data-fields.ts';
import { boolean, firstOf, integer, number, object, path, text } from '../event/field.ts';
import { userDataFields } from './user-data-fields.ts';

/** Fields that every action has. */
export const commonFields = {
  action_source: text('Action Source', { required: true, choices: actionSources }),
  event_time: text('Event Time', { required: true, default: path('$.timestamp') }),
  event_id: text('Event ID', { default: path('$.messageId') }),
  event_source_url: text('Event Source URL', { default: path('$.context.page.url') }),
  referrer_url: text('Referrer URL', { default: path('$.context.page.referrer') }),
  user_data: object('User Data', { required: true, members: userDataFields, inOrder: userDataNames }),
  app_data_field: object('App Events Fields', { members: appDataFields }),
  data_processing_options: boolean('Data Processing Options'),
  data_processing_options_country: number('Data Processing Country', { choices: [0, 1] }),
  // Segment lists the states it knows; Meta adds some every year, so any whole number is let through.
  data_processing_options_state: integer('Data Processing State'),
  test_event_code: text('Test Event Code'),
  /** Delivers the event without the match keys, product lines and optional numbers that cannot be read, instead of refusing it. */
  leave_out_bad_items: boolean('Leave Out Bad Items', { default: true }),
} as const;

const id = firstOf('$.product_id', '$.sku', '$.id');
const item = { id, quantity: path('$.quantity'), item_price: path('$.price') };

const contentMembers = {
  id: text('ID'),
  quantity: integer('Quantity'),
  item_price: number('Item Price'),
  delivery_category: text('Delivery Category'),
} as const;

/** Default of `contents`: a line for every product, or one for the product that the event itself describes. */
export const productList = { '@arrayPath': ['$.properties.products', item] };
export const singleProduct = { '@arrayPath': ['$.properties', item] };

export const contents = (value: unknown) => object('Contents', { list: true, members: contentMembers, default: value });

/** Default of `content_ids`. */
export const productIds = { '@arrayPath': ['$.properties.products', id] };
export const ownProductId = firstOf('$.properties.product_id', '$.properties.sku', '$.properties.id');

/** Custom data as mapped, and what of it stays behind: "all properties but these". */
export const customDataFields = {
  custom_data: object('Custom Data'),
  custom_data_without: text('Custom Data Without', { list: true }),
} as const;

export const commerceFields = {
  currency: text('Currency', { default: path('$.properties.currency') }),
  ...customDataFields,
} as const;

/** Only events that name a product have a type of content. */
const ifAny = (ids: unknown, value: unknown) => ({ '@if': { blank: ids, then: value } });

export const contentFields = (ids: unknown) =>
  ({
    content_ids: text('Content IDs', { list: true, default: ids }),
    content_name: text('Content Name'),
    content_type: text('Content Type', { default: ifAny(ids, 'product') }),
    content_category: text('Content Category'),
    num_items: integer('Number of Items'),
    /** Fills `num_items` with the sum of the quantities in `contents` where nothing is mapped. */
    count_items: boolean('Count Items'),
  }) as const;
