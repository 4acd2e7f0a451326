import type { JsonObject } from '../shared/segment/event.ts';
import { type SeededChoices, seededChoices } from './seeded-random.ts';
import { type Person, variedPerson } from './varied-people.ts';

/** The kinds of a corpus: orders of three products alone, or half page views, a third views of products, and orders. */
export const corpusNames = ['orders', 'mixed'] as const;
export type CorpusName = (typeof corpusNames)[number];

/**
 * Events as Segment's browser library sends them and ingest has passed them on, as JSON text: some 2.7 KB for an order,
 * most of it context. People vary in how they write themselves, and some come again and again. The same `count` and `at`
 * give the same texts.
 *
 * @param at when the last one happened
 */
export function variedEvents(corpus: CorpusName, count: number, at: Date): string[] {
  const random = seededChoices(20_240_229);
  const people = Array.from({ length: Math.ceil(count * 0.6) }, (_, index) => variedPerson(random, index));
  return Array.from({ length: count }, (_, index) => {
    const person = random.pickEarly(people);
    const happenedAt = new Date(at.getTime() - (count - 1 - index) * 37);
    return JSON.stringify(maker(corpus, random)(random, person, happenedAt));
  });
}

type Make = (random: SeededChoices, person: Person, at: Date) => JsonObject;

function maker(corpus: CorpusName, random: SeededChoices): Make {
  if (corpus === 'orders' || random.chance(0.15)) return order;
  return random.chance(0.35 / 0.85) ? productViewed : pageViewed;
}

const shop = 'https://www.example-shop.com';
const searchEngine = 'https://l.facebook.com/';

const order: Make = (random, person, at) => {
  const products = [1, 2, 3].map((position) => product(random, position));
  const subtotal = cents(products.reduce((sum, { price, quantity }) => sum + price * quantity, 0));
  const shipping = 7.5;
  const tax = cents(subtotal * 0.08);
  return {
    ...envelope(
      random,
      person,
      'track',
      at,
      context(random, person, '/checkout/thank-you', 'Thank you for your order'),
    ),
    event: 'Order Completed',
    properties: {
      checkout_id: random.hex(20),
      order_id: `ORD-${random.digits(9)}`,
      affiliation: 'Web Store',
      subtotal,
      total: cents(subtotal + shipping + tax),
      revenue: subtotal,
      shipping,
      tax,
      discount: 0,
      coupon: 'SPRING10',
      currency: 'USD',
      products,
      ...cookies(person, at),
    },
  };
};

const productViewed: Make = (random, person, at) => {
  const viewed = product(random, 1);
  return {
    ...envelope(random, person, 'track', at, context(random, person, `/products/${viewed.product_id}`, viewed.name)),
    event: 'Product Viewed',
    properties: { ...viewed, currency: 'USD', value: viewed.price, ...cookies(person, at) },
  };
};

/** Most are of visitors who have not said who they are. */
const pageViewed: Make = (random, person, at) => {
  const path = random.pick(['/', '/sale', '/about', '/collections/new', '/cart']);
  const title = 'Example Shop';
  const event = envelope(random, person, 'page', at, context(random, person, path, title));
  const { traits, ...withoutTraits } = event.context;
  const stranger = random.chance(0.6);
  return {
    ...event,
    ...(stranger && { userId: null, context: withoutTraits }),
    name: 'Home',
    properties: {
      path,
      referrer: searchEngine,
      search: searchOf(person),
      title,
      url: shop + path,
      ...cookies(person, at),
    },
  };
};

const cents = (amount: number): number => Math.round(amount * 100) / 100;
const searchOf = ({ click }: Person): string => `?fbclid=${click}`;

const cookies = ({ browserId, click }: Person, at: Date) => ({
  fbp: browserId,
  fbc: `fb.1.${at.getTime() - 60_000}.${click}`,
});

function envelope<Context>(random: SeededChoices, person: Person, type: string, at: Date, withContext: Context) {
  const later = (milliseconds: number): string => new Date(at.getTime() + milliseconds).toISOString();
  return {
    anonymousId: person.anonymousId,
    channel: 'client',
    context: withContext,
    integrations: {},
    messageId: `ajs-next-${at.getTime()}-${random.uuid()}`,
    originalTimestamp: later(0),
    receivedAt: later(412),
    sentAt: later(57),
    timestamp: later(3),
    type,
    userId: person.userId,
    version: 2,
  };
}

function context(random: SeededChoices, person: Person, path: string, title: string) {
  const search = searchOf(person);
  return {
    active: true,
    campaign: {
      name: 'spring_sale',
      source: 'facebook',
      medium: 'paid_social',
      term: 'running+shoes',
      content: `ad_${random.whole(40)}`,
    },
    ip: person.ip,
    library: { name: 'analytics.js', version: 'npm:next-1.70.0' },
    locale: 'en-US',
    page: { path, referrer: searchEngine, search, title, url: shop + path + search },
    screen: { width: 1512, height: 982, density: 2 },
    timezone: person.timezone,
    traits: person.traits,
    userAgent: person.userAgent,
    userAgentData: {
      brands: [
        { brand: 'Not/A)Brand', version: '8' },
        { brand: 'Chromium', version: '126' },
      ],
      mobile: false,
      platform: 'macOS',
    },
  };
}

const categories = ['Shoes', 'Jackets', 'Bags', 'Hats', 'Outdoor', 'Kitchen', 'Lighting', 'Toys'];
const adjectives = ['Trail', 'Urban', 'Classic', 'Ultra', 'Merino', 'Canvas', 'Compact', 'Heritage'];
const nouns = ['Runner', 'Parka', 'Tote', 'Beanie', 'Lantern', 'Kettle', 'Puzzle', 'Backpack'];
const brands = ['Northpeak', 'Halden', 'Orrin', 'Casalta', 'Velo & Co'];
const variants = ['Black', 'Blue', 'Sand', 'Olive'];

function product(random: SeededChoices, position: number) {
  const id = `p_${10_000 + random.whole(90_000)}`;
  return {
    product_id: id,
    sku: `SKU-${random.digits(6)}`,
    category: random.pick(categories),
    name: `${random.pick(adjectives)} ${random.pick(nouns)} ${1 + random.whole(20)}`,
    brand: random.pick(brands),
    variant: random.pick(variants),
    price: (500 + random.whole(29_500)) / 100,
    quantity: 1 + random.whole(3),
    position,
    url: `${shop}/products/${id}`,
    image_url: `https://cdn.example-shop.com/i/${id}.jpg`,
  };
}
