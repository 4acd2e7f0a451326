import { hash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { type GraphRecorder, startGraphRecorder } from '../e2e/support/graph-recorder.ts';
import { eventually, type Pipeline, startPipeline, temporaryDirectory } from '../e2e/support/pipeline.ts';
import { type BrowserLibrary, customerIo, rudderStack, rudderStack2, segment } from './support/browser-library.ts';
import { describeInChromium } from './support/chromium.ts';
import { newPage, type PageRequest } from './support/new-page.ts';
import { pixelCookies, type Shop, startShop } from './support/shop.ts';

/** Calls of the shop's page when an order is complete; both libraries have them. */
const calls = `
  const cookie = (name) => document.cookie.match('(?:^|; )' + name + '=([^;]+)')[1];
  analytics.page('Thanks');
  analytics.identify('user-42', { email: ' John_Smith@gmail.com ' });
  analytics.track('Order Completed', {
    order_id: 'ORD-300', revenue: 249.99, currency: 'EUR', fbp: cookie('_fbp'), fbc: cookie('_fbc'),
  });
`;

const order = (id: string): string =>
  `analytics.track('Order Completed', { order_id: '${id}', revenue: 10, currency: 'EUR' });`;

/** Digest that Meta publishes for `john_smith@gmail.com`. */
const publishedEmailDigest = '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f';

interface Way {
  readonly title: string;
  readonly library: BrowserLibrary;
  readonly options?: object;
}

const ways: readonly (Way & { readonly paths: readonly string[] })[] = [
  { title: 'Segment', library: segment, paths: ['/v1/i', '/v1/p', '/v1/t'] },
  {
    title: 'Segment in batches',
    library: segment,
    options: { deliveryStrategy: { strategy: 'batching', config: { size: 3 } } },
    paths: ['/v1/b'],
  },
  { title: 'RudderStack', library: rudderStack, paths: ['/v1/identify', '/v1/page', '/v1/track'] },
  {
    title: 'RudderStack in batches',
    library: rudderStack,
    options: { queueOptions: { batch: { enabled: true, maxItems: 3 } } },
    paths: ['/v1/batch'],
  },
  {
    title: 'RudderStack with beacons',
    library: rudderStack,
    options: { useBeacon: true, beaconQueueOptions: { maxItems: 3 } },
    paths: ['/beacon/v1/batch'],
  },
  { title: 'RudderStack 2', library: rudderStack2, paths: ['/v1/identify', '/v1/page', '/v1/track'] },
  { title: 'Customer.io', library: customerIo, paths: ['/v1/i', '/v1/p', '/v1/t'] },
  {
    title: 'Customer.io in batches',
    library: customerIo,
    options: { deliveryStrategy: { strategy: 'batching', config: { size: 3 } } },
    paths: ['/v1/b'],
  },
];

/** These send what is left when the visitor follows a link. */
const sendersOnLeaving: readonly Way[] = [
  { title: 'Segment in batches', library: segment, options: { deliveryStrategy: { strategy: 'batching' } } },
  {
    title: 'Segment with keepalive',
    library: segment,
    options: { deliveryStrategy: { config: { keepalive: true } } },
  },
  { title: 'RudderStack with beacons', library: rudderStack, options: { useBeacon: true } },
];

/** These keep what was not answered in the browser; RudderStack takes it up a good ten seconds after the next page. */
const keepers: readonly (Way & { readonly lost: 'request' | 'answer' })[] = [
  { title: 'Segment', library: segment, lost: 'request' },
  { title: 'Segment, repeating', library: segment, lost: 'answer' },
  { title: 'RudderStack', library: rudderStack, lost: 'request' },
  { title: 'RudderStack, repeating', library: rudderStack, lost: 'answer' },
  {
    title: 'RudderStack in batches',
    library: rudderStack,
    options: { queueOptions: { batch: { enabled: true } } },
    lost: 'request',
  },
];

describeInChromium('a browser library', (browser) => {
  const state = temporaryDirectory();
  let shop: Shop;
  let stranger: Shop;
  let graph: GraphRecorder;
  let pipeline: Pipeline;

  beforeAll(async () => {
    shop = await startShop([segment, rudderStack, rudderStack2, customerIo]);
    stranger = await startShop([segment, rudderStack]);
    graph = await startGraphRecorder();
    pipeline = await startPipeline({
      stateDirectory: state.path,
      env: {
        GRAPH_API_URL: graph.url,
        CONFIG: 'test/browser/support/config.ts',
        WRITE_KEY: 'web-key',
        SHOP_ORIGIN: shop.origin,
      },
    });
  });

  afterAll(async () => {
    await pipeline?.stop();
    await graph?.close();
    await shop?.close();
    await stranger?.close();
    state.remove();
  });

  beforeEach(() => {
    graph.requests.length = 0;
  });

  const toPipeline = (requests: readonly PageRequest[]): PageRequest[] =>
    requests.filter(({ url }) => url.startsWith(pipeline.url));

  const arrived = (count: number): Promise<ServerEvent[]> =>
    eventually(`${count} events at the Graph API`, () => (graph.events().length >= count ? graph.events() : undefined));

  const open = async (page: Page, { library, options }: Way): Promise<void> => {
    await page.goto(`${shop.origin}/thanks?fbclid=IwAR2F4`);
    await page.addScriptTag({ url: library.path });
    await page.evaluate(library.load(pipeline.url, options));
  };

  it.each(ways)('$title reaches Meta from a page of another origin', async ({ paths, ...way }) => {
    const { page, problems, requests, close } = await newPage(browser());
    await open(page, way);

    await page.evaluate(calls);
    const events = await arrived(3);

    const posts = toPipeline(requests).filter(({ method }) => method === 'POST');
    expect(posts.map(({ url }) => new URL(url).pathname).sort()).toEqual(paths);
    // The event may be at Meta before the page has its answer.
    await eventually('an answer to every request', () =>
      requests.every(({ status, failure }) => status !== undefined || failure !== undefined) ? true : undefined,
    );
    expect(requests.filter(({ status, failure }) => status !== 200 || failure !== undefined)).toEqual([]);
    expect(new Set(requests.map(({ url }) => new URL(url).origin))).toEqual(new Set([shop.origin, pipeline.url]));
    // RudderStack 2 tells every page that it is deprecated.
    expect(problems.filter((problem) => !problem.includes('is deprecated and no longer maintained'))).toEqual([]);

    const eventIds = events.map(({ event_id }) => event_id);
    expect(new Set(eventIds).size).toBe(3);
    expect(eventIds).toEqual(expect.arrayContaining(messageIds(posts)));
    expect(Object.fromEntries(events.map((event) => [event.event_name, event]))).toMatchObject({
      PageView: common(await page.evaluate('navigator.userAgent')),
      Lead: {
        user_data: { em: publishedEmailDigest, external_id: expect.arrayContaining([hash('sha256', 'user-42')]) },
      },
      Purchase: {
        user_data: {
          fbp: pixelCookies._fbp,
          fbc: pixelCookies._fbc,
          external_id: expect.arrayContaining([hash('sha256', 'user-42')]),
        },
        custom_data: { order_id: 'ORD-300', value: 249.99, currency: 'EUR' },
      },
    });
    // The visitor's address is the connection's. Here that is this machine's, which Meta would refuse.
    for (const { user_data } of events) expect(user_data).not.toHaveProperty('client_ip_address');
    await close();
  });

  const common = (userAgent: string) => ({
    event_source_url: `${shop.origin}/thanks?fbclid=IwAR2F4`,
    action_source: 'website',
    user_data: { client_user_agent: userAgent, fbc: expect.stringMatching(/^fb\.1\.\d{13}\.IwAR2F4$/) },
  });

  describe('when the visitor leaves', () => {
    const trackAndLeave = async (page: Page, { title }: Way): Promise<void> => {
      await page.evaluate(`${order(title)} location.href = '/gone'`);
      await page.waitForURL('**/gone');
    };

    const leave = async (page: Page): Promise<void> => {
      await page.evaluate(`location.href = '/gone'`);
      await page.waitForURL('**/gone');
    };

    const eventIds = ({ title }: Way): string[] =>
      graph
        .events()
        .filter(({ custom_data }) => custom_data?.['order_id'] === title)
        .flatMap(({ event_id }) => event_id ?? []);

    const arrivals = (way: Way, count: number): Promise<string[]> =>
      eventually(
        `${count} times "${way.title}" at the Graph API`,
        () => (eventIds(way).length >= count ? eventIds(way) : undefined),
        30_000,
      );

    it.each(sendersOnLeaving)('$title sends the last event', async (way) => {
      const { page, close } = await newPage(browser());
      await open(page, way);

      await trackAndLeave(page, way);

      expect(await arrivals(way, 1)).toHaveLength(1);
      await close();
    });

    it('every other way sends from the next page what got no answer, under the same id', async () => {
      const all = keepers.map(async (way) => {
        const { page, close } = await newPage(browser());
        await open(page, way);
        const failed = Promise.withResolvers<void>();
        await page.route(`${pipeline.url}/v1/*`, async (route) => {
          if (way.lost === 'answer') await route.fetch();
          await route.abort();
          failed.resolve();
        });
        // A page that is left takes its requests along: one whose answer gets lost must have come through by then.
        if (way.lost === 'request') await trackAndLeave(page, way);
        else {
          await page.evaluate(order(way.title));
          await failed.promise;
          await leave(page);
        }
        const before = way.lost === 'answer' ? await arrivals(way, 1) : eventIds(way);
        await page.unrouteAll({ behavior: 'wait' });

        await open(page, way);
        const after = await arrivals(way, before.length + 1);

        await close();
        return { title: way.title, times: after.length, ids: new Set(after).size };
      });

      expect(await Promise.all(all)).toEqual(
        keepers.map(({ title, lost }) => ({ title, times: lost === 'answer' ? 2 : 1, ids: 1 })),
      );
    });
  });

  describe('on a page whose origin is not listed', () => {
    // The settings are given in the page: asking for them would already fail.
    it.each([
      {
        title: 'Segment, after a preflight,',
        load: (url: string) => `
          globalThis.analytics = Segment.AnalyticsBrowser.load({ writeKey: 'web-key', cdnSettings: { integrations: {
            'Segment.io': { apiKey: 'web-key', apiHost: '${new URL(url).host}/v1', protocol: 'http' } } } });
          analytics.track('Stolen');
        `,
        outcome: { failure: 'net::ERR_FAILED' },
      },
      {
        title: 'a beacon, without a preflight,',
        load: (url: string) => `
          navigator.sendBeacon('${url}/v1/t', JSON.stringify(
            { type: 'track', event: 'Stolen', userId: 'u', writeKey: 'web-key', context: { userAgent: 'Browser/1.0' } }));
        `,
        outcome: { status: 403 },
      },
    ])('$title gets nothing through', async ({ load, outcome }) => {
      const { page, requests } = await newPage(browser());
      await page.goto(`${stranger.origin}/`);
      await page.addScriptTag({ url: segment.path });

      await page.evaluate(load(pipeline.url));
      const [refused] = await eventually('a refused request', () => {
        const ended = toPipeline(requests).filter(({ status, failure }) => status ?? failure);
        return ended.length > 0 ? ended : undefined;
      });
      const known = await newPage(browser());
      await open(known.page, { title: 'Segment', library: segment });
      await known.page.evaluate(order('ORD-302'));
      const events = await arrived(1);

      expect(refused).toMatchObject(outcome);
      expect(events.map(({ event_name }) => event_name)).toEqual(['Purchase']);
      await page.context().close();
      await known.close();
    });
  });
});

/** Those of the bodies that can be seen: a beacon's is a blob, which the browser does not show. */
function messageIds(posts: readonly PageRequest[]): string[] {
  const bodies = posts
    .flatMap(({ body }) => body ?? [])
    .map((body) => JSON.parse(body) as Message | { readonly batch: readonly Message[] });
  return bodies.flatMap((body) => ('batch' in body ? body.batch : [body])).map(({ messageId }) => messageId);
}

interface Message {
  readonly messageId: string;
}
