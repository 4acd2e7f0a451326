import type { actionSources } from '../event/action-source.ts';
import type { JsonObject } from '../../segment/event.ts';
import type { MappingInput } from './mapping-input.ts';

const path = (where: string) => ({ '@path': where });

/** Segment's own default mapping of `user_data`, to the letter. */
const userData = {
  externalId: { '@if': { exists: path('$.userId'), then: path('$.userId'), else: path('$.anonymousId') } },
  email: path('$.context.traits.email'),
  phone: path('$.context.traits.phone'),
  dateOfBirth: path('$.context.traits.birthday'),
  lastName: path('$.context.traits.lastName'),
  firstName: path('$.context.traits.firstName'),
  city: path('$.context.traits.address.city'),
  state: path('$.context.traits.address.state'),
  zip: path('$.context.traits.address.postalCode'),
  client_ip_address: path('$.context.ip'),
  client_user_agent: path('$.context.userAgent'),
  fbc: path('$.properties.fbc'),
  fbp: path('$.properties.fbp'),
};

const appData = {
  application_tracking_enabled: path('$.context.device.adTrackingEnabled'),
  madId: path('$.context.madId'),
  packageName: path('$.context.app.namespace'),
  longVersion: path('$.context.app.version'),
  osVersion: path('$.context.os.version'),
  deviceName: path('$.context.device.model'),
  locale: path('$.context.locale'),
  carrier: path('$.context.network.carrier'),
  width: path('$.context.screen.width'),
  height: path('$.context.screen.height'),
  density: path('$.context.screen.density'),
  deviceTimezone: path('$.context.timezone'),
};

const item = { id: path('$.product_id'), quantity: path('$.quantity'), item_price: path('$.price') };
const productList = { '@arrayPath': ['$.properties.products', item] };
const singleProduct = { '@arrayPath': ['$.properties', item] };
const currency = path('$.properties.currency');

const rows: readonly (readonly [name: string, action: string, fields: JsonObject])[] = [
  ['Purchase', 'purchase', { currency, value: path('$.properties.revenue'), contents: productList }],
  ['Initiate Checkout', 'initiateCheckout', { currency, value: path('$.properties.revenue'), contents: productList }],
  ['Add to Cart', 'addToCart', { currency, value: path('$.properties.price'), contents: singleProduct }],
  [
    'View Content',
    'viewContent',
    {
      currency,
      value: path('$.properties.price'),
      contents: singleProduct,
      content_ids: path('$.properties.product_id'),
    },
  ],
  ['Search', 'search', { currency, contents: singleProduct, search_string: path('$.properties.query') }],
  ['Page View', 'pageView', {}],
];

/**
 * The mappings that Segment's Facebook Conversions API (Actions) starts with, and nothing of ours: what was sent through
 * Segment goes out with the same fields. Customer.io's destination starts with the same.
 */
export const segmentMappings = ({
  actionSource,
}: {
  readonly actionSource: (typeof actionSources)[number];
}): MappingInput[] =>
  rows.map(([name, action, fields]) => ({
    name,
    action,
    defaults: false,
    fields: {
      action_source: actionSource,
      event_time: path('$.timestamp'),
      event_id: path('$.messageId'),
      event_source_url: path('$.context.page.url'),
      user_data: userData,
      app_data_field: appData,
      ...fields,
    },
  }));

/** Customer.io's Facebook Conversions API destination: the same actions, triggers and parameters, for track and page calls. */
export const customerIoMappings = segmentMappings;
