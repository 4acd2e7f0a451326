import { deliveryCategories } from './coerce-contents.ts';
import { amount, count, currency, type Fields, number, productId, products, status, text } from './field.ts';

/** Members of a product line. */
export const contentMembers = {
  id: text('ID'),
  quantity: count('Quantity'),
  item_price: amount('Item Price'),
  delivery_category: text('Delivery Category', { choices: deliveryCategories }),
  title: text('Title'),
  description: text('Description'),
  brand: text('Brand'),
  category: text('Category'),
} as const satisfies Fields;

const segments = ['business', 'business_line', 'product_area', 'medium'];

/**
 * Members of `custom_data` that Meta defines. The fields of the actions are made from them, and an object that is mapped
 * as a whole is read by them: a member of the wrong type costs the whole request at Meta. Other members are the sender's own.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/custom-data
 */
export const customDataMembers = {
  value: amount('Value'),
  currency: currency('Currency'),
  content_ids: productId('Content IDs', { multiple: true }),
  contents: products('Contents', { multiple: true, properties: contentMembers }),
  content_type: text('Content Type'),
  content_name: text('Content Name'),
  content_category: text('Content Category'),
  num_items: count('Number of Items'),
  order_id: text('Order ID'),
  item_number: text('Item Number'),
  net_revenue: number('Net Revenue'),
  predicted_ltv: amount('Predicted Lifetime Value'),
  search_string: text('Search String'),
  status: status('Status'),
  delivery_category: text('Delivery Category', { choices: deliveryCategories }),
  // The page's table has it beside custom_data, its sample within: the sample is what works.
  customer_segmentation: text('Customer Segmentation', {
    choices: [
      ...segments.map((what) => `new_customer_to_${what}`),
      ...segments.map((what) => `existing_customer_to_${what}`),
      'customer_in_loyalty_program',
    ],
  }),
} as const satisfies Fields;
