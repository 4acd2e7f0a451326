/** The one end that an event must come to. */
export type Expected =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'skipped' }
  | { readonly outcome: 'dead'; readonly code: string }
  | { readonly outcome: 'rejected'; readonly code: string };

interface Kind {
  readonly expected: Expected;
  /** Subcode with which Graph refuses a request that holds such an event. */
  readonly refusedWith?: number;
  readonly call: (number: number) => Readonly<Record<string, unknown>>;
}

const order = (number: number) => ({
  type: 'track',
  event: 'Order Completed',
  userId: `user-${number}`,
  properties: {
    order_id: `order-${number}`,
    revenue: 10 + (number % 90),
    currency: 'EUR',
    products: [{ product_id: `product-${number % 500}`, quantity: 1, price: 10 }],
  },
  context: { userAgent: 'Mozilla/5.0', traits: { email: `person-${number}@shop.example` } },
});

/** Kinds of events that are sent, and what must become of them. */
export const eventKinds = {
  good: { expected: { outcome: 'delivered' }, call: order },
  unmatched: {
    expected: { outcome: 'skipped' },
    call: (number) => ({ ...order(number), event: 'Newsletter Opened' }),
  },
  /** Found before it is sent. */
  badCurrency: {
    expected: { outcome: 'dead', code: 'currency_invalid' },
    call: (number) => ({ ...order(number), properties: { revenue: 5, currency: 'coins' } }),
  },
  /** Nothing shows that Graph will refuse it. */
  poison: {
    expected: { outcome: 'dead', code: 'meta_rejected 100/2804050' },
    refusedWith: 2804050,
    call: order,
  },
  otherPoison: {
    expected: { outcome: 'dead', code: 'meta_rejected 100/2804019' },
    refusedWith: 2804019,
    call: order,
  },
  nameless: {
    expected: { outcome: 'rejected', code: 'event_name_missing' },
    call: (number) => ({ type: 'track', userId: `user-${number}`, properties: {} }),
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type EventKind = keyof typeof eventKinds;
