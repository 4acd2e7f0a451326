import { describe, expect, it } from 'vitest';
import { pathsIn } from '../../../../shared/explain/paths-in.ts';
import { isObject } from '../../../../shared/mapping/json-type.ts';
import { type ActionName, actions } from '../../../../shared/meta/actions/actions.ts';
import { defaultMapping } from '../../../../shared/meta/event/field.ts';

// Written by hand: every place in which a default looks, in its order, and no other. A new or changed default is changed
// here as well; no command does it.

/** Places in the context's traits, then the same in those of an identify call. */
const trait = (...names: readonly string[]): string[] =>
  ['context.traits', 'traits'].flatMap((bag) => names.map((name) => `${bag}.${name}`));
const wherever = (name: string): string[] => [
  `properties.${name}`,
  `context.${name}`,
  `context.traits.${name}`,
  `traits.${name}`,
];

const common = {
  event_time: ['timestamp'],
  event_id: ['messageId'],
  event_source_url: ['context.page.url'],
  referrer_url: ['context.page.referrer'],
  'user_data.externalId.0': ['userId'],
  'user_data.externalId.1': ['anonymousId'],
  'user_data.email': [...trait('email'), 'properties.email'],
  'user_data.phone': [...trait('phone'), 'properties.phone'],
  'user_data.gender': trait('gender'),
  'user_data.dateOfBirth': trait('birthday'),
  'user_data.lastName': trait('lastName', 'last_name'),
  'user_data.firstName': trait('firstName', 'first_name'),
  'user_data.fullName': trait('name'),
  'user_data.city': trait('address.city', 'city'),
  'user_data.state': trait('address.state', 'state'),
  'user_data.zip': trait('address.postalCode', 'address.postal_code', 'postalCode', 'postal_code'),
  'user_data.country': trait('address.country', 'country'),
  'user_data.client_user_agent': ['context.userAgent'],
  'user_data.subscriptionID': ['context.subscription_id'],
  'user_data.leadID': ['context.lead_id'],
  'user_data.fbLoginID': ['context.fb_login_id'],
  'user_data.madId': ['context.device.advertisingId'],
  'user_data.fbc': [...wherever('fbc'), 'properties._fbc', 'context._fbc', 'properties.fbclid', 'context.fbclid'],
  'user_data.clickUrl': ['context.page.url', 'properties.url'],
  'user_data.clickSearch': ['context.page.search', 'properties.search'],
  'user_data.clickReferrer': ['context.page.referrer', 'properties.referrer'],
  'user_data.fbp': [...wherever('fbp'), 'properties._fbp', 'context._fbp'],
  'user_data.client_ip_address': ['context.ip'],
  'app_data_field.advertiser_tracking_enabled': ['context.device.adTrackingEnabled'],
  'app_data_field.application_tracking_enabled': ['context.device.adTrackingEnabled'],
  'app_data_field.madId': ['context.device.advertisingId', 'context.madId'],
  'app_data_field.packageName': ['context.app.namespace'],
  'app_data_field.longVersion': ['context.app.version'],
  'app_data_field.osVersion': ['context.os.version'],
  'app_data_field.deviceName': ['context.device.model'],
  'app_data_field.locale': ['context.locale'],
  'app_data_field.carrier': ['context.network.carrier'],
  'app_data_field.width': ['context.screen.width'],
  'app_data_field.height': ['context.screen.height'],
  'app_data_field.density': ['context.screen.density'],
  'app_data_field.deviceTimezone': ['context.timezone'],
  leave_out_bad_items: true,
};

const money = { currency: ['properties.currency'] };
const orderValue = ['revenue', 'total', 'value'].map((name) => `properties.${name}`);
const priceOfAll = ['properties.price', 'properties.quantity'];

const idsOf = (product: string): string[] =>
  ['product_id', 'sku', 'id', 'productId', 'item_id'].map((name) => `${product}.${name}`);
const lineOf = (product: string): string[] => [...idsOf(product), `${product}.quantity`, `${product}.price`];
const list = 'properties.products[]';
const listed = { content_ids: idsOf(list), contents: lineOf(list) };
const single = { content_ids: idsOf('properties'), contents: lineOf('properties[]') };

/** Text or number that stands there whatever the event holds, where a product is named. */
const ofProducts: readonly string[] = [];

const places: Readonly<Record<ActionName, Readonly<Record<string, readonly string[] | boolean>>>> = {
  purchase: {
    ...common,
    ...money,
    ...listed,
    content_type: ofProducts,
    count_items: true,
    value: orderValue,
    order_id: ['properties.order_id', 'properties.orderId'],
  },
  initiateCheckout: { ...common, ...money, ...listed, count_items: true, value: orderValue },
  addToCart: {
    ...common,
    ...money,
    ...single,
    content_type: ofProducts,
    value: ['properties.value', ...priceOfAll],
  },
  viewContent: {
    ...common,
    ...money,
    ...single,
    content_type: ofProducts,
    value: ['properties.value', ...priceOfAll],
  },
  search: { ...common, ...money, ...listed, search_string: ['properties.query'] },
  pageView: common,
  custom: { ...common, event_name: ['event'] },
  standard: {
    ...common,
    ...money,
    content_ids: [...listed.content_ids, ...single.content_ids],
    contents: [...listed.contents, ...single.contents],
    content_type: ofProducts,
    count_items: true,
    value: [...orderValue, ...priceOfAll],
    predicted_ltv: ['properties.predicted_ltv'],
    order_id: ['properties.order_id', 'properties.orderId'],
    status: ['properties.status'],
  },
};

const isDirective = (value: object): boolean => Object.keys(value)[0]?.startsWith('@') ?? false;

/** Every default below a value, by its path in the mapping: the places that a directive reads, or the plain value. */
function defaultsIn(value: unknown, path: string): (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  if (isObject(value) && isDirective(value)) return [[path, pathsIn(value).map((each) => each.replace('$.', ''))]];
  return Object.entries(value).flatMap(([name, inner]) => defaultsIn(inner, path === '' ? name : `${path}.${name}`));
}

describe('the defaults of an action', () => {
  it.each(Object.keys(actions) as ActionName[])('%s: look in these places, in this order, and in no other', (name) => {
    expect(Object.fromEntries(defaultsIn(defaultMapping(actions[name].fields), ''))).toEqual(places[name]);
  });
});
