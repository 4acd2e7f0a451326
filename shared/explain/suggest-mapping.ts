import { findAction } from '../meta/actions/actions.ts';
import { standardEvents } from '../meta/actions/standard.ts';
import { isObject, type JsonObject } from '../segment/event.ts';

/** A mapping to begin with, for an event that none handles. */
export interface SuggestedMapping {
  readonly name: string;
  readonly action: string;
  readonly trigger: string;
  readonly fields: JsonObject;
}

/** Meta's standard events by words in the names of Segment events; the first that fits is taken. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/\b(refund|refunded|return|returned|cancel|cancelled|canceled|removed|failed|unsubscribed?)\b/, ''],
  [/\b(payment info|card|payment method)\b.*\b(added|entered|saved)\b|\badd payment/, 'AddPaymentInfo'],
  [/\bwish ?list\b/, 'AddToWishlist'],
  [/\b(add(ed)? to (cart|basket|bag)|product added|(cart|basket) added)\b/, 'AddToCart'],
  [/\b(checkout|check out)\b/, 'InitiateCheckout'],
  [/\btrial\b/, 'StartTrial'],
  [/\b(subscribed?|subscription (started|created|activated))\b/, 'Subscribe'],
  [/\b(sign(ed)? ?up|registered|registration|account created|user created)\b/, 'CompleteRegistration'],
  [/\b(lead|quote|demo|enquiry|inquiry|form submitted|whitepaper|newsletter)\b/, 'Lead'],
  [/\b(appointment|booked|booking|scheduled?|reservation)\b/, 'Schedule'],
  [/\bapplication (submitted|sent)\b|\bapplied\b/, 'SubmitApplication'],
  [/\b(contact(ed)?|call(ed)?|chat|message sent)\b/, 'Contact'],
  [/\b(donat(ed|ion)|donate)\b/, 'Donate'],
  [/\b(store located|store finder|location (found|searched))\b/, 'FindLocation'],
  [/\b(customi[sz]ed|configured)\b/, 'CustomizeProduct'],
  [/\b(search|searched)\b/, 'Search'],
  [/\b(order (completed|placed|paid)|purchased?|bought|sale)\b/, 'Purchase'],
  [/\b(viewed|view|clicked|listed)\b/, 'ViewContent'],
];

/** Standard events that have an action of their own. */
const ownActions: Readonly<Record<string, string>> = {
  Purchase: 'purchase',
  AddToCart: 'addToCart',
  InitiateCheckout: 'initiateCheckout',
  ViewContent: 'viewContent',
  Search: 'search',
  PageView: 'pageView',
};

/** Properties that usually hold a field of an action, the likeliest first. */
const candidates: Readonly<Record<string, readonly string[]>> = {
  value: ['revenue', 'total', 'value', 'amount', 'price', 'subtotal', 'order_total', 'orderTotal', 'cart_total'],
  currency: ['currency', 'currency_code', 'currencyCode'],
  order_id: ['order_id', 'orderId', 'transaction_id', 'transactionId', 'checkout_id'],
  content_ids: ['product_id', 'productId', 'sku', 'item_id', 'id'],
  content_name: ['name', 'product_name', 'title', 'plan', 'form_name'],
  content_category: ['category', 'product_category'],
  search_string: ['query', 'search_string', 'search_term', 'q'],
  status: ['status'],
  predicted_ltv: ['predicted_ltv', 'ltv'],
};

/**
 * Guesses a mapping from an event's name and properties: the trigger that chooses such events, the likely action, and the
 * fields that its own defaults do not fill.
 */
export function suggestMapping(event: JsonObject): SuggestedMapping {
  const { type, event: given } = event;
  const eventName = typeof given === 'string' && given !== '' ? given : undefined;
  const title = eventName ?? (typeof type === 'string' ? type : 'event');
  const meaning = type === 'page' ? 'PageView' : meaningOf(title);
  const standard = standardEvents.find((name) => name === meaning);
  const action = standard === undefined ? 'custom' : (ownActions[standard] ?? 'standard');
  const named = ownActions[standard ?? ''] === undefined ? { event_name: standard ?? pascalCase(title) } : {};
  return {
    name: title,
    action,
    trigger: eventName === undefined ? `type = ${quoted(String(type))}` : `event = ${quoted(eventName)}`,
    fields: { ...named, action_source: actionSourceOf(event), ...guessed(event, action) },
  };
}

function meaningOf(title: string): string {
  const words = title
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
  return meanings.find(([pattern]) => pattern.test(words))?.[1] ?? '';
}

function guessed(event: JsonObject, action: string): JsonObject {
  const properties = isObject(event['properties']) ? event['properties'] : {};
  const known = findAction(action)?.action.fields ?? {};
  const fields: Record<string, unknown> = {};
  for (const [field, names] of Object.entries(candidates)) {
    const row = known[field] as { readonly default?: unknown } | undefined;
    const found = names.find((name) => isFilled(properties[name]));
    if (row === undefined || found === undefined) continue;
    const path = { '@path': `$.properties.${found}` };
    // What the action reads there by itself needs no line.
    if (!JSON.stringify(row.default ?? '').includes(`"${path['@path']}"`)) fields[field] = path;
  }
  return fields as JsonObject;
}

const isFilled = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') ||
  typeof value === 'number' ||
  (Array.isArray(value) && value.length > 0);

/** Events of an app say so in their context; events with a page, and all others, are of a website. */
function actionSourceOf({ context }: JsonObject): string {
  if (!isObject(context)) return 'website';
  const isApp = isObject(context['device']) || (isObject(context['app']) && !isObject(context['page']));
  return isApp ? 'app' : 'website';
}

const pascalCase = (title: string): string =>
  title
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Text of FQL. */
const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;
