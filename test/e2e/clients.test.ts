import { Analytics as CustomerIo } from '@customerio/cdp-analytics-node';
import { jitsuAnalytics } from '@jitsu/js';
import { Analytics as RudderStackWorker } from '@rudderstack/analytics-js-service-worker';
import RudderStack from '@rudderstack/rudder-sdk-node';
import { Analytics as Segment } from '@segment/analytics-node';
import LegacySegment from 'analytics-node';
import OldestSegment from 'analytics-node-3';
import { Analytics as Segment1 } from 'segment-analytics-node-1';
import { Analytics as Segment2 } from 'segment-analytics-node-2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { type GraphRecorder, startGraphRecorder } from './support/graph-recorder.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from './support/pipeline.ts';

const state = temporaryDirectory();
let graph: GraphRecorder;
let pipeline: Pipeline;

beforeAll(async () => {
  graph = await startGraphRecorder();
  pipeline = await startPipeline({
    stateDirectory: state.path,
    env: {
      GRAPH_API_URL: graph.url,
      CONFIG: 'test/e2e/support/config.ts',
      WRITE_KEY: 'shop-key',
      META_ACCESS_TOKEN: 'secret-token',
    },
  });
});

afterAll(async () => {
  await pipeline?.stop();
  await graph?.close();
  state.remove();
});

beforeEach(() => {
  graph.requests.length = 0;
});

const context = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  page: { url: 'https://shop.example/thanks?fbclid=IwAR2F4', referrer: 'https://search.example/' },
  traits: {
    email: ' John_Smith@gmail.com ',
    phone: '+1 (650) 555-1212',
    firstName: 'Mary',
    lastName: 'Smith',
    address: { city: 'New York', state: 'New York', postalCode: '10118-0110', country: 'United States' },
  },
};
const order = {
  order_id: 'ORD-300',
  revenue: 249.99,
  currency: 'usd',
  products: [
    { product_id: 'sku-1', price: 100, quantity: 1 },
    { sku: 'sku-2', price: 49.995, quantity: 2 },
    { product_id: 'sku-3', price: 50, quantity: 1 },
  ],
};
const userId = 'user-42';
const occurredAt = new Date(Date.now() - 60_000);

/** Digest that Meta publishes for `john_smith@gmail.com`. */
const publishedEmailDigest = '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f';

/** User data that the three calls below must give, but for ids and the exact second. */
const userData = {
  em: publishedEmailDigest,
  ph: sha256Hex('16505551212'),
  fn: sha256Hex('mary'),
  ln: sha256Hex('smith'),
  ct: sha256Hex('newyork'),
  st: sha256Hex('ny'),
  zp: sha256Hex('10118'),
  country: sha256Hex('us'),
  external_id: [sha256Hex(userId)],
  client_ip_address: '203.0.113.7',
  client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  fbc: expect.stringMatching(/^fb\.1\.\d{13}\.IwAR2F4$/),
};
const common = {
  event_time: expect.any(Number),
  event_id: expect.any(String),
  event_source_url: 'https://shop.example/thanks?fbclid=IwAR2F4',
  referrer_url: 'https://search.example/',
  action_source: 'website',
  user_data: userData,
};
const expected = {
  Purchase: {
    ...common,
    event_name: 'Purchase',
    custom_data: {
      currency: 'USD',
      value: 249.99,
      order_id: 'ORD-300',
      content_ids: ['sku-1', 'sku-2', 'sku-3'],
      content_type: 'product',
      contents: [
        { id: 'sku-1', quantity: 1, item_price: 100 },
        { id: 'sku-2', quantity: 2, item_price: 49.995 },
        { id: 'sku-3', quantity: 1, item_price: 50 },
      ],
      num_items: 4,
    },
  },
  PageView: { ...common, event_name: 'PageView' },
  Lead: { ...common, event_name: 'Lead', custom_data: {} },
};

interface Client {
  readonly name: string;
  /** The library makes an anonymous id and takes the time of the call. */
  readonly makesIdAndTime?: boolean;
  /** Sends a track, a page and an identify call and resolves when the library has flushed them. */
  readonly send: (url: string) => Promise<unknown>;
}

const calls = {
  track: { userId, event: 'Order Completed', properties: order, context, timestamp: occurredAt },
  page: { userId, name: 'Thanks', properties: {}, context, timestamp: occurredAt },
  // RudderStack's library replaces context.traits by the traits of the call.
  identify: { userId, traits: context.traits, context, timestamp: occurredAt },
};

/** Methods that the Node libraries of one line have in common. */
interface NodeLibrary {
  track(call: typeof calls.track): unknown;
  page(call: typeof calls.page): unknown;
  identify(call: typeof calls.identify): unknown;
}

function sendAll(analytics: NodeLibrary): void {
  analytics.track(calls.track);
  analytics.page(calls.page);
  analytics.identify(calls.identify);
}

const closing =
  (Library: new (options: { writeKey: string; host: string }) => NodeLibrary & { closeAndFlush(): Promise<unknown> }) =>
  async (host: string): Promise<unknown> => {
    const analytics = new Library({ writeKey: 'shop-key', host });
    sendAll(analytics);
    return analytics.closeAndFlush();
  };

const flushing = (analytics: NodeLibrary & { flush(done: () => void): unknown }): Promise<unknown> => {
  sendAll(analytics);
  return new Promise<void>((resolve) => analytics.flush(() => resolve()));
};

const clients: readonly Client[] = [
  { name: '@segment/analytics-node 3', send: closing(Segment) },
  { name: '@segment/analytics-node 2', send: closing(Segment2) },
  { name: '@segment/analytics-node 1', send: closing(Segment1) },
  { name: '@customerio/cdp-analytics-node', send: closing(CustomerIo) },
  {
    name: '@rudderstack/rudder-sdk-node',
    send: (dataPlaneUrl) => flushing(new RudderStack('shop-key', { dataPlaneUrl })),
  },
  {
    name: '@rudderstack/analytics-js-service-worker',
    send: (dataPlaneUrl) => flushing(new RudderStackWorker('shop-key', dataPlaneUrl, { flushAt: 3 })),
  },
  { name: 'analytics-node 6', send: (host) => flushing(new LegacySegment('shop-key', { host })) },
  { name: 'analytics-node 3', send: (host) => flushing(new OldestSegment('shop-key', { host })) },
  {
    name: '@jitsu/js',
    makesIdAndTime: true,
    send: async (host) => {
      // Jitsu's keys are an id and a secret.
      const analytics = jitsuAnalytics({ host, writeKey: 'shop-key:secret' });
      await analytics.identify(userId, context.traits, { context });
      await analytics.page('Thanks', {}, { context });
      await analytics.track('Order Completed', order, { context });
    },
  },
];

describe('an unmodified client library', () => {
  it.each(clients)(
    '$name reaches Meta with nothing changed but host and write key',
    async ({ send, makesIdAndTime = false }) => {
      const calledAt = makesIdAndTime ? new Date() : occurredAt;
      await send(pipeline.url);
      const events = await eventually('three events at the Graph API', () =>
        graph.events().length >= 3 ? graph.events() : undefined,
      );

      expect(events).toHaveLength(3);
      const byName = Object.fromEntries(events.map((event) => [event.event_name, event]));
      const { external_id: ids, ...others } = userData;
      const user_data = makesIdAndTime ? { ...others, external_id: expect.arrayContaining(ids) } : userData;
      expect(byName).toEqual({
        Purchase: { ...expected.Purchase, user_data },
        PageView: { ...expected.PageView, user_data },
        Lead: { ...expected.Lead, user_data },
      });
      expect(new Set(events.map((event) => event.event_id)).size).toBe(3);
      for (const event of events) expect(secondsBetween(event, calledAt)).toBeLessThan(10);
      for (const { path, headers, body } of graph.requests) {
        expect(path).toBe('/v26.0/555000111222333/events');
        expect(headers.authorization).toBe('Bearer secret-token');
        expect(Object.keys(body).sort()).toEqual(['data', 'test_event_code']);
        expect(body['test_event_code']).toBe('TEST123');
      }
    },
  );

  it('leaves nothing personal and no token in what the pipeline prints', () => {
    const printed = pipeline.output();

    expect(printed).toMatch(/events \d+\/\d+ delivered/);
    for (const secret of [/john_smith/i, /555-?1212/, /\bmary\b/i, /secret-token/, /user-42/]) {
      expect(printed).not.toMatch(secret);
    }
  });
});

const secondsBetween = ({ event_time }: ServerEvent, time: Date): number =>
  Math.abs(event_time - time.getTime() / 1000);
