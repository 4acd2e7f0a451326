import { hash } from 'node:crypto';
import type { BenchMapper } from './mapper.ts';

/**
 * The least that any sender of orders has to do, written for this one kind of event by hand: parse, the same digests of
 * values that need no normalising, one object, one serialisation, bytes. It checks nothing. Every figure is held against it.
 */
export function createFloorMapper(): BenchMapper {
  return {
    body: (events) =>
      Buffer.from(JSON.stringify({ data: events.map((text) => serverEvent(JSON.parse(text) as Order)) })),
  };
}

interface Order {
  readonly messageId: string;
  readonly userId: string;
  readonly anonymousId: string;
  readonly timestamp: string;
  readonly properties: {
    readonly order_id: string;
    readonly revenue: number;
    readonly currency: string;
    readonly products: readonly { readonly product_id: string; readonly price: number; readonly quantity: number }[];
  };
  readonly context: {
    readonly ip: string;
    readonly userAgent: string;
    readonly page: { readonly url: string; readonly referrer: string };
    readonly traits: Readonly<Record<'email' | 'phone' | 'firstName' | 'lastName' | 'birthday' | 'gender', string>> & {
      readonly address: Readonly<Record<'city' | 'state' | 'postalCode' | 'country', string>>;
    };
  };
}

const digest = (text: string): string => hash('sha256', text);

function serverEvent({ messageId, userId, anonymousId, timestamp, properties, context }: Order): unknown {
  const { traits, page } = context;
  const { address } = traits;
  return {
    event_name: 'Purchase',
    event_time: Math.floor(Date.parse(timestamp) / 1_000),
    event_source_url: page.url,
    referrer_url: page.referrer,
    event_id: messageId,
    action_source: 'website',
    user_data: {
      external_id: [digest(userId), digest(anonymousId)],
      em: digest(traits.email.toLowerCase()),
      ph: digest(traits.phone.replace(/\D+/g, '')),
      ge: digest(traits.gender.slice(0, 1)),
      db: digest(traits.birthday.replaceAll('-', '')),
      ln: digest(traits.lastName.toLowerCase()),
      fn: digest(traits.firstName.toLowerCase()),
      ct: digest(address.city.toLowerCase()),
      st: digest(address.state.toLowerCase()),
      zp: digest(address.postalCode),
      country: digest(address.country.toLowerCase()),
      client_user_agent: context.userAgent,
      client_ip_address: context.ip,
    },
    custom_data: {
      currency: properties.currency,
      value: properties.revenue,
      order_id: properties.order_id,
      content_ids: properties.products.map(({ product_id: id }) => id),
      content_type: 'product',
      contents: properties.products.map(({ product_id: id, quantity, price }) => ({ id, quantity, item_price: price })),
      num_items: properties.products.reduce((sum, { quantity }) => sum + quantity, 0),
    },
  };
}
