import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startShop, type Shop } from '../../examples/shop/server.ts';
import type { DedupReport } from '../../shared/dedup/compare-sides.ts';
import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { type GraphRecorder, startGraphRecorder } from '../e2e/support/graph-recorder.ts';
import { eventually, freePort, type Pipeline, startPipeline, temporaryDirectory } from '../e2e/support/pipeline.ts';
import { bundleLibrary, customerIo, rudderStack, segment } from './support/browser-library.ts';
import { describeInChromium } from './support/chromium.ts';
import { counted, type MetaStandIn, standInForMeta } from './support/fbevents.ts';

const writeKey = 'shop-write-key';

describeInChromium('the example shop', (browser) => {
  const state = temporaryDirectory();
  let graph: GraphRecorder;
  let pipeline: Pipeline;
  let shop: Shop;
  let origin: string;
  let endpoint: string;

  beforeAll(async () => {
    graph = await startGraphRecorder();
    const port = await freePort();
    endpoint = `http://events.shop.localhost:${port}`;
    shop = await startShop({ port: 0, endpoint, writeKey });
    origin = `http://www.shop.localhost:${shop.port}`;
    pipeline = await startPipeline({
      stateDirectory: state.path,
      port,
      env: { GRAPH_API_URL: graph.url, CONFIG: 'examples/shop/config.ts', WRITE_KEY: writeKey, SHOP_ORIGIN: origin },
    });
  });

  afterAll(async () => {
    await pipeline?.stop();
    await graph?.close();
    await shop?.close();
    state.remove();
  });

  beforeEach(() => {
    graph.requests.length = 0;
  });

  interface Visit {
    readonly context: BrowserContext;
    readonly page: Page;
    readonly meta: MetaStandIn;
    /** Hosts of all requests. */
    readonly hosts: Set<string>;
    readonly problems: string[];
    cookie(name: string): Promise<string | undefined>;
  }

  /** A visitor with a browser of their own. */
  async function visit(options: { readonly blocked?: boolean } = {}): Promise<Visit> {
    const context = await (browser as () => Browser)().newContext();
    const meta = await standInForMeta(context, options);
    const hosts = new Set<string>();
    const problems: string[] = [];
    context.on('request', (request) => hosts.add(new URL(request.url()).hostname));
    context.on('weberror', (error) => problems.push(String(error.error())));
    const page = await context.newPage();
    const cookie = async (name: string): Promise<string | undefined> =>
      (await context.cookies()).find((each) => each.name === name)?.value;
    return { context, page, meta, hosts, problems, cookie };
  }

  const arrived = (name: string, count: number): Promise<ServerEvent[]> =>
    eventually(`${count} ${name} at the Graph API`, () => {
      const found = graph.events().filter(({ event_name }) => event_name === name);
      return found.length >= count ? found : undefined;
    });
  const mirrored = ({ meta }: Visit, name: string, count: number) =>
    eventually(`${count} ${name} at the Pixel`, () => {
      const found = meta.events.filter((event) => event.name === name);
      return found.length >= count ? found : undefined;
    });
  const withoutPage = (event: ServerEvent | undefined) => event?.custom_data;

  it('counts each event once from the landing to the order, with the click that led there', async () => {
    const visitor = await visit();
    const { page, meta, context, problems } = visitor;
    const before = Date.now();
    await page.goto(`${origin}/?fbclid=IwAR2F4-AbC_d`);
    await mirrored(visitor, 'PageView', 1);
    const landedBy = Date.now();
    await page.click('a');
    await page.click('#add');
    await mirrored(visitor, 'AddToCart', 1);
    await page.click('a');
    const [purchase] = await mirrored(visitor, 'Purchase', 1);
    const [order] = await arrived('Purchase', 1);
    await arrived('PageView', 3);
    await mirrored(visitor, 'PageView', 3);

    for (const [name, times] of Object.entries({ PageView: 3, AddToCart: 1, Purchase: 1 })) {
      expect([name, counted(name, meta.events, graph.events())]).toEqual([name, times]);
    }
    expect(purchase).toMatchObject({ dataset: '1234567890123456', id: order?.event_id, data: withoutPage(order) });
    const [, , time, fbclid] = String(order?.user_data.fbc).split('.');
    expect(fbclid).toBe('IwAR2F4-AbC_d');
    expect(Number(time)).toBeGreaterThanOrEqual(before);
    expect(Number(time)).toBeLessThanOrEqual(landedBy);
    const cookies = await eventually('the cookies from the server', async () => {
      const all = (await context.cookies()).filter(({ name }) => name.startsWith('_fb'));
      return all.length === 2 && all.every(({ secure }) => secure) ? all : undefined;
    });
    for (const name of ['_fbc', '_fbp'] as const) {
      const cookie = cookies.find((each) => each.name === name);
      expect(cookie).toMatchObject({ domain: '.shop.localhost', sameSite: 'Lax', secure: true });
      expect((cookie?.expires ?? 0) - Date.now() / 1_000).toBeGreaterThan(89 * 86_400);
      expect(cookie?.value).toBe(order?.user_data[name === '_fbc' ? 'fbc' : 'fbp']);
    }
    expect(problems).toEqual([]);
    // The Pixel is told of the person before it is told of an event, once for each page.
    expect(meta.calls.filter(([method]) => method === 'init')).toHaveLength(3);
    expect(meta.calls.find(([method]) => method === 'init')).toEqual([
      'init',
      '1234567890123456',
      { external_id: expect.stringMatching(/^[a-z0-9]+$/) },
    ]);
    await context.close();
  });

  it('counts what a visitor does who leaves while it is tracked', async () => {
    const { page, meta, context } = await visit();
    await page.goto(`${origin}/`);
    await page.waitForFunction('metaPixel.track');
    await page.evaluate(`
      metaPixel.track('Order Completed', { order_id: 'LEFT-1', revenue: 5, currency: 'EUR' });
      location.href = '/empty';
    `);
    await page.waitForURL('**/empty');
    await arrived('Purchase', 1);

    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    await context.close();
  });

  it('counts from the server alone where Meta is blocked', async () => {
    const visitor = await visit({ blocked: true });
    await visitor.page.goto(`${origin}/?fbclid=Blocked1`);
    await eventually('a cookie', async () => ((await visitor.cookie('_fbp')) ? true : undefined));
    await visitor.page.goto(`${origin}/thanks`);
    const [order] = await arrived('Purchase', 1);
    // What no Pixel saw is not reported as seen.
    await visitor.page.evaluate(`metaPixel.track('Product Added', { product_id: 'P', price: 1, currency: 'EUR' })`);
    await arrived('AddToCart', 1);

    expect(visitor.meta.events).toEqual([]);
    expect(counted('Purchase', [], graph.events())).toBe(1);
    expect(order?.user_data.fbc).toMatch(/^fb\.1\.\d{13}\.Blocked1$/);
    expect(order?.user_data.fbp).toMatch(/^fb\.1\.\d{13}\.\d+$/);
    expect(visitor.problems).toEqual([]);
    await visitor.context.close();
  });

  it('lets the newer of two clicks win in both tabs', async () => {
    const visitor = await visit();
    const { page, context, meta } = visitor;
    await page.goto(`${origin}/?fbclid=First`);
    await mirrored(visitor, 'PageView', 1);
    const second = await context.newPage();
    await second.goto(`${origin}/?fbclid=Second`);
    await mirrored(visitor, 'PageView', 2);

    // The address of this tab still names the first click.
    await page.evaluate(`metaPixel.track('Order Completed', { order_id: 'TABS-1', revenue: 5, currency: 'EUR' })`);
    const [order] = await arrived('Purchase', 1);
    await mirrored(visitor, 'Purchase', 1);

    expect(order?.user_data.fbc).toMatch(/\.Second$/);
    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    await context.close();
  });

  it('keeps the time of the landing for an order a week later, though the browser forgot the cookie', async () => {
    const visitor = await visit();
    const { context, meta } = visitor;
    const week = 7 * 86_400_000 - 3_600_000;
    // The visitor landed a week ago: the clock of that page says so.
    const landing = await context.newPage();
    const landedAt = Date.now() - week;
    await landing.clock.setFixedTime(landedAt);
    await landing.goto(`${origin}/?fbclid=WeekAgo`);
    await eventually('the click', async () => ((await visitor.cookie('_fbc')) ? true : undefined));
    await landing.close();
    await context.clearCookies({ name: '_fbc' });

    const later = await context.newPage();
    await later.goto(`${origin}/thanks`);
    const [order] = await arrived('Purchase', 1);
    await mirrored(visitor, 'Purchase', 1);

    expect(order?.user_data.fbc).toBe(`fb.1.${landedAt}.WeekAgo`);
    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    await context.close();
  });

  it('loads, writes and sends nothing before consent, and everything after', async () => {
    const visitor = await visit();
    const { page, context, hosts, meta } = visitor;
    await page.goto(`${origin}/thanks?fbclid=Asked1&ask`);
    await page.waitForFunction('metaPixel.consent');
    await page.evaluate(`
      metaPixel.consent(false);
      metaPixel.track('Order Completed', { order_id: 'REFUSED-1', revenue: 5, currency: 'EUR' });
    `);
    await eventually('the refusal to be counted', () =>
      /skipped.*integrations/.test(pipeline.output()) ? true : undefined,
    );

    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    expect([...hosts].filter((host) => host.includes('facebook'))).toEqual([]);
    expect(graph.events()).toEqual([]);

    await page.evaluate(`
      metaPixel.consent(true);
      metaPixel.track('Order Completed', { order_id: 'GRANTED-1', revenue: 7, currency: 'EUR' });
    `);
    const [order] = await arrived('Purchase', 1);
    await mirrored(visitor, 'Purchase', 1);

    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    expect(order?.custom_data?.['order_id']).toBe('GRANTED-1');
    expect(order?.user_data.fbc).toMatch(/\.Asked1$/);
    await context.close();
  });

  it('follows an app of a single page', async () => {
    const visitor = await visit();
    const { page, context, meta } = visitor;
    await page.goto(`${origin}/app?fbclid=Single1`);
    await mirrored(visitor, 'PageView', 1);
    await page.click('#next');
    await page.evaluate(`metaPixel.track('Order Completed', { order_id: 'APP-1', revenue: 5, currency: 'EUR' })`);
    const [order] = await arrived('Purchase', 1);
    await arrived('PageView', 2);
    await mirrored(visitor, 'Purchase', 1);

    expect(order).toMatchObject({ event_source_url: `${origin}/app/cart` });
    expect(order?.user_data.fbc).toMatch(/\.Single1$/);
    expect(counted('PageView', meta.events, graph.events())).toBe(2);
    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    expect(meta.calls.filter(([method]) => method === 'init')).toHaveLength(1);
    await context.close();
  });

  it("tells the server what the Pixel was given, the page's own calls included", async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await page.goto(`${origin}/`);
    await mirrored(visitor, 'PageView', 1);
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await page.evaluate(`
      fbq('track', 'Purchase', { value: 1, currency: 'EUR' }, { eventID: 'own-1' });
      metaPixel.track('Product Added', { product_id: 'P', price: 1, currency: 'EUR' });
    `);
    await arrived('AddToCart', 1);

    const [call] = bodies.filter((body) => body.includes('Product Added')).map((body) => JSON.parse(body).batch[0]);
    expect(call.context.pixel).toEqual([
      ['PageView', expect.any(String), expect.any(Number)],
      ['Purchase', 'own-1', expect.any(Number)],
    ]);
    await context.close();
  });

  it('sees what a page gives to a Pixel of its own', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await page.goto(`${origin}/`);
    await mirrored(visitor, 'PageView', 1);
    await context.clearCookies();
    const own = await context.newPage();
    // The shop's Pixel is there first, and its calls wait for Meta's script.
    await own.addInitScript(`
      const fbq = (window.fbq = function () { fbq.callMethod ? fbq.callMethod(...arguments) : fbq.queue.push(arguments); });
      fbq.queue = [];
      fbq('init', '1234567890123456');
      fbq('track', 'Lead', {}, { eventID: 'lead-1' });
      addEventListener('load', () => setTimeout(() => {
        document.head.append(Object.assign(document.createElement('script'), { src: 'https://connect.facebook.net/en_US/fbevents.js' }));
      }, 500));
    `);
    const bodies: string[] = [];
    own.on('request', (request) => bodies.push(request.postData() ?? ''));
    await own.goto(`${origin}/`);
    await mirrored(visitor, 'Lead', 1);
    await own.evaluate(`metaPixel.track('Product Added', { product_id: 'P', price: 1, currency: 'EUR' })`);
    await arrived('AddToCart', 1);

    const [call] = bodies.filter((body) => body.includes('Product Added')).map((body) => JSON.parse(body).batch[0]);
    expect(call.context.pixel).toContainEqual(['Lead', 'lead-1', expect.any(Number)]);
    expect(visitor.meta.calls.filter(([method]) => method === 'init')).toHaveLength(2);
    await context.close();
  });

  it('lets the doctor compare both sides', async () => {
    const visitor = await visit();
    const { page, context } = visitor;
    await page.goto(`${origin}/`);
    await mirrored(visitor, 'PageView', 1);
    await page.evaluate(`metaPixel.track('Product Added', { product_id: 'P', price: 1, currency: 'EUR' })`);
    await mirrored(visitor, 'AddToCart', 1);
    // What the page saw rides in its next call.
    await page.evaluate('metaPixel.page()');
    await arrived('PageView', 2);
    await context.close();
    const { port } = new URL(pipeline.url);

    const report = await eventually('both sides in the record', () => {
      const { stdout } = spawnSync(
        process.execPath,
        ['--import', './build/require-node.mjs', 'commands/cli.ts', 'dedup', '--json', '--since', '1h', '--port', port],
        {
          encoding: 'utf8',
          env: {
            PATH: process.env['PATH'],
            CONFIG: 'examples/shop/config.ts',
            WRITE_KEY: writeKey,
            SHOP_ORIGIN: origin,
          },
        },
      );
      const { names = [] } = stdout === '' ? {} : (JSON.parse(stdout) as DedupReport);
      return names.some(({ name, both }) => name === 'AddToCart' && both > 0) ? names : undefined;
    });

    expect(report.map(({ name }) => name)).toEqual(expect.arrayContaining(['AddToCart', 'PageView']));
  });

  it.each([segment, customerIo])('$module mirrors with the plugin', async (library) => {
    const visitor = await visit();
    const { page, context, meta, problems } = visitor;
    await page.goto(`${origin}/empty?fbclid=Library1`);
    await page.addScriptTag({ content: await bundleLibrary(library) });
    await page.addScriptTag({ content: await bundlePlugin() });
    await page.evaluate(`
      globalThis.metaPixel = MetaPixel.metaPixel({ endpoint: '${endpoint}', writeKey: '${writeKey}' });
      ${library.load(endpoint).replaceAll('web-key', writeKey).replace('cdnURL', 'plugins: [metaPixel], cdnURL')}
    `);
    // Customer.io's brings no settings to its plugins: the program comes a moment later.
    await page.waitForFunction('document.cookie.includes("_fbp")');
    await page.evaluate(`analytics.track('Order Completed', { order_id: 'LIB-1', revenue: 5, currency: 'EUR' })`);
    const [order] = await arrived('Purchase', 1);
    const [twin] = await mirrored(visitor, 'Purchase', 1);

    expect(twin).toMatchObject({ id: order?.event_id, data: order?.custom_data });
    expect(order?.user_data.fbc).toMatch(/^fb\.1\.\d{13}\.Library1$/);
    expect(order?.user_data.fbp).toMatch(/^fb\.1\./);
    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('mirrors with RudderStack', async () => {
    const visitor = await visit();
    const { page, context, meta } = visitor;
    await page.goto(`${origin}/empty?fbclid=Library2`);
    await page.addScriptTag({ content: await bundleLibrary(rudderStack) });
    await page.addScriptTag({ content: await bundlePlugin() });
    const load = rudderStack
      .load(endpoint)
      .replaceAll('web-key', writeKey)
      .replace(
        'analytics.load',
        `MetaPixel.metaPixelForRudderStack(analytics, { endpoint: '${endpoint}', writeKey: '${writeKey}' }); analytics.load`,
      );
    await page.evaluate(load);
    await page.evaluate(`
      analytics.page();
      analytics.page('Home');
      analytics.identify('user-1', { plan: 'a' });
      analytics.track('Order Completed', { order_id: 'LIB-2', revenue: 5, currency: 'EUR' });
    `);
    const [order] = await arrived('Purchase', 1);
    const [twin] = await mirrored(visitor, 'Purchase', 1);
    await arrived('PageView', 2);
    await mirrored(visitor, 'PageView', 2);

    expect(twin).toMatchObject({ id: order?.event_id, data: order?.custom_data });
    expect(order?.user_data.fbc).toMatch(/^fb\.1\.\d{13}\.Library2$/);
    expect(counted('Purchase', meta.events, graph.events())).toBe(1);
    expect(counted('PageView', meta.events, graph.events())).toBe(2);
    await context.close();
  });
});

/** The plugin as a shop's own build puts it together. */
async function bundlePlugin(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['browser/plugin.ts'],
    bundle: true,
    format: 'iife',
    globalName: 'MetaPixel',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
