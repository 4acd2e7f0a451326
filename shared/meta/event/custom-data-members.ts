import { deliveryCategories } from './coerce-contents.ts';
import { amount, count, currency, type Fields, number, productId, products, status, text } from './field.ts';

/** Members of a product line. */
export const contentMembers = {
  id: text('ID'),
  quantity: count('Quantity'),
  item_price: amount('Item Price'),
  delivery_category: text('Delivery Category', { choices: deliveryCategories }),
} as const satisfies Fields;

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
} as const satisfies Fields;
