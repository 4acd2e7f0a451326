const order = {
  event: 'Order Completed',
  userId: 'user-1',
  properties: {
    order_id: 'A-1',
    revenue: 42.5,
    currency: 'USD',
    products: [{ product_id: 'sku-1', quantity: 1, price: 42.5 }],
  },
  context: {
    traits: { email: 'jane@shop.example' },
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://shop.example/thanks' },
  },
};

/**
 * A command for a shell that sends one event.
 *
 * @param endpoint origin of the Segment endpoint
 */
export const sampleCurl = (endpoint: string, writeKey: string): string =>
  [
    `curl ${quoted(`${endpoint}/v1/track`)}`,
    `-u ${quoted(`${writeKey}:`)}`,
    "-H 'content-type: application/json'",
    `-d ${quoted(JSON.stringify(order))}`,
  ].join(' \\\n  ');

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
