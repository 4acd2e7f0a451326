import { hash } from 'node:crypto';
import type { BenchMapper } from '../mapper.ts';
import { encode } from './encode.ts';

/**
 * The hand-written minimum over `JSON.parse`: one plain mapping of the corpus' three kinds of event, without anything that
 * is declared. What is left is what any correct sender does: parse, normalise, hash, one object, one serialisation. Digests
 * of values that many people share are remembered.
 */
export function createHandWrittenMapper(): BenchMapper & { reset(): void } {
  let remembered = new Map<string, string>();
  const shared = (text: string): string => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const digest = hash('sha256', text);
    remembered.set(text, digest);
    return digest;
  };
  return {
    body: (texts) =>
      encode(JSON.stringify({ data: texts.map((text) => serverEvent(JSON.parse(text) as ShopEvent, shared)) })),
    reset() {
      remembered = new Map();
    },
  };
}

/** An event of the corpus, as far as it is read. */
export interface ShopEvent {
  readonly type: 'track' | 'page';
  readonly event?: 'Order Completed' | 'Product Viewed';
  readonly messageId: string;
  readonly userId: string | null;
  readonly anonymousId: string;
  readonly timestamp: string;
  readonly context: {
    readonly ip: string;
    readonly userAgent: string;
    readonly page: { readonly url: string };
    readonly traits?: Readonly<Record<'email' | 'phone' | 'firstName' | 'lastName' | 'gender' | 'birthday', string>> & {
      readonly address: Readonly<Record<'city' | 'state' | 'postalCode' | 'country', string>>;
    };
  };
  readonly properties: Product & {
    readonly currency: string;
    readonly revenue: number;
    readonly value: number;
    readonly order_id: string;
    readonly name: string;
    readonly category: string;
    readonly products: readonly Product[];
    readonly fbc: string;
    readonly fbp: string;
  };
}

export interface Product {
  readonly product_id: string;
  readonly price: number;
  readonly quantity: number;
}

const lower = (text: string): string => text.trim().toLowerCase();
const digitsOf = (text: string): string => text.replace(/\D/g, '');
const lettersOf = (text: string): string => {
  const letters = lower(text);
  return hasOnlyLetters(letters) ? letters : letters.replace(/[\s\p{P}]/gu, '');
};

/** How each match key is written before it is hashed. */
export const normalisers = {
  email: lower,
  phone: digitsOf,
  name: lettersOf,
  gender: (text) => lower(text).slice(0, 1),
  birthday: digitsOf,
  postalCode(text) {
    const code = lower(text);
    const extension = code.indexOf('-');
    return (extension > 0 ? code.slice(0, extension) : code).replaceAll(' ', '');
  },
  country: lower,
  id: (text) => text,
} as const satisfies Readonly<Record<string, (text: string) => string>>;

/** Whether nothing has to be removed: a loop is faster than a regular expression for names. */
function hasOnlyLetters(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 97 || (code > 122 && code < 128)) return false;
  }
  return true;
}

/** Of Meta, for an event of the corpus. */
export const eventNameOf = ({ type, event }: ShopEvent): string =>
  type === 'page' ? 'PageView' : event === 'Product Viewed' ? 'ViewContent' : 'Purchase';

function serverEvent(event: ShopEvent, shared: (text: string) => string): unknown {
  return {
    event_name: eventNameOf(event),
    event_time: Math.floor(Date.parse(event.timestamp) / 1_000),
    event_id: event.messageId,
    event_source_url: event.context.page.url,
    action_source: 'website',
    user_data: userData(event, shared),
    custom_data: customData(event),
  };
}

const digest = (text: string): string => hash('sha256', text);

type UserData = Partial<
  Record<'em' | 'ph' | 'fn' | 'ln' | 'ge' | 'db' | 'ct' | 'st' | 'zp' | 'country', string> &
    Record<'external_id' | 'client_ip_address' | 'client_user_agent' | 'fbc' | 'fbp', string>
>;

function userData({ userId, anonymousId, context, properties }: ShopEvent, shared: (text: string) => string): UserData {
  const { traits } = context;
  const user: UserData = {};
  if (traits !== undefined) {
    const { address } = traits;
    user.em = digest(normalisers.email(traits.email));
    user.ph = digest(normalisers.phone(traits.phone));
    user.fn = digest(normalisers.name(traits.firstName));
    user.ln = digest(normalisers.name(traits.lastName));
    user.ge = shared(normalisers.gender(traits.gender));
    user.db = digest(normalisers.birthday(traits.birthday));
    user.ct = shared(normalisers.name(address.city));
    user.st = shared(normalisers.name(address.state));
    user.zp = shared(normalisers.postalCode(address.postalCode));
    user.country = shared(normalisers.country(address.country));
  }
  user.external_id = digest(userId ?? anonymousId);
  user.client_ip_address = context.ip;
  user.client_user_agent = context.userAgent;
  user.fbc = properties.fbc;
  user.fbp = properties.fbp;
  return user;
}

function customData({ type, event, properties }: ShopEvent): unknown {
  if (type === 'page') return undefined;
  const { currency } = properties;
  if (event === 'Product Viewed') {
    return {
      currency,
      value: properties.value,
      content_ids: [properties.product_id],
      contents: [contentOf(properties)],
      content_type: 'product',
      content_name: properties.name,
      content_category: properties.category,
    };
  }
  const { products } = properties;
  return {
    currency,
    value: properties.revenue,
    content_ids: products.map(({ product_id: id }) => id),
    contents: products.map(contentOf),
    content_type: 'product',
    num_items: products.length,
    order_id: properties.order_id,
  };
}

const contentOf = ({ product_id: id, quantity, price }: Product) => ({ id, quantity, item_price: price });
