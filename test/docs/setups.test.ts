import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Analytics } from '@segment/analytics-node';
import { describe, expect, it } from 'vitest';
import { clickOf } from '../../docs/samples/click-of.ts';
import { shops } from '../../docs/samples/shop-sales.ts';
import { type Order, trackOrder, type Visit } from '../../docs/samples/track-order.ts';
import { Config } from '../../shared/config/config.ts';
import { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../shared/meta/destination.ts';
import { planEvent } from '../../shared/delivery/plan.ts';
import type { MappingInput } from '../../shared/meta/presets/mapping-input.ts';
import { checkEvent } from '../../shared/segment/check-event.ts';
import type { JsonObject } from '../../shared/segment/event.ts';
import { now, sha256, track } from '../support/factories.ts';
import { serverEventOf } from './support/examples.ts';
import { blocksOf, pairsOf, readDocument, section } from './support/markdown.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';

const guide = readDocument('setups.md');

const folder = resolve(import.meta.dirname, '../../docs');
/** As a configuration file in `config/` would import it. */
const sourceOf = (file: string): string =>
  readFileSync(resolve(folder, file), 'utf8').replaceAll("'../../shared/", "'../shared/");

describe('the code of the set-ups', () => {
  const marked = guide
    .split('<!-- file: ')
    .slice(1)
    .map((text) => ({ file: text.split(' -->', 1)[0] ?? '', code: blocksOf(text)[0]?.code }));

  it('is found', () => {
    expect(marked.map(({ file }) => file)).toEqual([
      'samples/order-page.js',
      'samples/track-order.ts',
      'samples/click-of.ts',
      'samples/shop-sales.ts',
    ]);
  });

  it.each(marked)('is that of the file $file', ({ file, code }) => {
    expect(code).toBe(sourceOf(file));
  });
});

describe('the examples of the set-ups', () => {
  const headings = ['### When the browser library sends to this pipeline', '## App events', '## CRM leads'];
  const examples = headings.map((heading) => {
    const [pair] = pairsOf(section(guide, heading));
    return { heading, ...(pair?.given as { mapping: MappingInput; event: JsonObject }), result: pair?.result };
  });

  it.each(examples)('$heading', async ({ mapping, event, result }) => {
    expect(await serverEventOf(mapping, event)).toEqual(result);
    expect(ServerEvent.parse(result)).toEqual(result);
  });

  it('give an event the test event code that it carries', async () => {
    const [block] = blocksOf(section(guide, '## Test it')).filter(({ language }) => language === 'json');
    const { mapping } = JSON.parse(block?.code ?? '') as { mapping: MappingInput };
    const event = track('Order Completed', { revenue: 1, currency: 'EUR', test_code: 'TEST12345' }, website);

    expect(await planOf(mapping, event)).toMatchObject([{ status: 'ready', partition: 'TEST12345' }]);
  });
});

const website = { context: { userAgent: 'Mozilla/5.0', page: { url: 'https://shop.example/thanks' } } };
const purchase: MappingInput = { name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } };

const order: Order = {
  id: 'A-1',
  customerId: 'user-1',
  email: 'ann@example.com',
  total: 42.5,
  currency: 'EUR',
  lines: [{ sku: 'SHOE-1', quantity: 1, price: 42.5 }],
};

async function planOf(mapping: MappingInput, event: JsonObject) {
  const main = { datasetId: '1', accessTokenSecret: 'token', mappings: [mapping] };
  const destinations = await compileDestinations(Config.parse({ sources: {}, destinations: { main } }), sha256Hex);
  return planEvent(event, destinations.get('main') as CompiledDestination, now);
}

/** Runs the page, and collects what it tells the pixel and the server. */
async function runPage(cookies: string) {
  const pixel: unknown[][] = [];
  const posts: { url: string; body: Visit }[] = [];
  const listeners = new Map<string, (event: { detail: Order }) => Promise<void>>();
  runInNewContext(sourceOf('samples/order-page.js'), {
    visitorId: 'visitor-7',
    location: { href: 'https://shop.example/thanks' },
    document: {
      cookie: cookies,
      referrer: 'https://shop.example/cart',
      addEventListener: (name: string, listener: (event: { detail: Order }) => Promise<void>) =>
        listeners.set(name, listener),
    },
    fbq: (...call: unknown[]) => pixel.push(call),
    fetch: async (url: string, { body }: { body: string }) => posts.push({ url, body: JSON.parse(body) }),
  });
  await listeners.get('order-confirmed')?.({ detail: order });
  return { pixel, posts };
}

/** The call as the library posts it, accepted by the ingest. */
async function acceptedCall(visit: Visit): Promise<JsonObject> {
  const bodies: string[] = [];
  const analytics = new Analytics({
    writeKey: 'key',
    httpClient: async (_url, { body }) => {
      bodies.push(body);
      return { status: 200, statusText: 'OK' };
    },
  });
  trackOrder(analytics, order, visit);
  await analytics.closeAndFlush();
  const { batch } = JSON.parse(bodies[0] ?? '') as { batch: JsonObject[] };
  const checked = checkEvent(
    { ...batch[0], timestamp: '2026-03-10T11:59:00.000Z' },
    { source: 'site', receivedAt: now, randomId: () => 'random' },
  );
  if ('rejection' in checked) throw new Error(checked.rejection.message);
  return JSON.parse(checked.json);
}

describe('browser and server', () => {
  const request = { ip: '203.0.114.7', userAgent: 'Mozilla/5.0' };

  it('send one event under one name and id, with the same browser and visitor', async () => {
    const { pixel, posts } = await runPage(
      'theme=dark; _fbp=fb.1.1772900000000.1116446470; _fbc=fb.1.1772900000000.IwAR0abc',
    );
    const visit = { ...(posts[0]?.body as Visit), ...request };
    const event = await serverEventOf(purchase, await acceptedCall(visit));
    const [, name, , { eventID }] = pixel[2] as [string, string, unknown, { eventID: string }];

    expect([event['event_name'], event['event_id']]).toEqual([name, eventID]);
    expect(event['user_data']).toMatchObject({
      fbp: 'fb.1.1772900000000.1116446470',
      fbc: 'fb.1.1772900000000.IwAR0abc',
      client_ip_address: '203.0.114.7',
      client_user_agent: 'Mozilla/5.0',
    });
    expect(event['custom_data']).toMatchObject({ value: 42.5, currency: 'EUR', order_id: 'A-1' });
    expect(pixel[0]).toEqual(['init', '1234567890123456', { external_id: 'visitor-7' }]);
    expect((event['user_data'] as { external_id: string[] }).external_id).toContain(sha256('visitor-7'));
  });

  it('do without the pixel’s cookies', async () => {
    const { posts } = await runPage('');
    const event = await serverEventOf(purchase, await acceptedCall({ ...(posts[0]?.body as Visit), ...request }));

    expect(posts[0]?.url).toBe('/orders/A-1/confirmed');
    expect(event['user_data']).not.toHaveProperty('fbp');
    expect(event).toMatchObject({ event_id: 'order-A-1', referrer_url: 'https://shop.example/cart' });
  });
});

describe('server only', () => {
  it('turns the click that was kept into a click id', async () => {
    const fbc = clickOf(new URL('https://shop.example/?utm=a&fbclid=IwAR0abc'), new Date(1_772_900_000_000));
    const visit = {
      anonymousId: 'visitor-7',
      url: 'https://shop.example/thanks',
      ip: '203.0.114.7',
      userAgent: 'Mozilla/5.0',
    };
    const event = await serverEventOf(purchase, await acceptedCall({ ...visit, ...(fbc && { fbc }) }));

    expect(event['user_data']).toMatchObject({ fbc: 'fb.1.1772900000000.IwAR0abc' });
  });

  it('keeps nothing for a visitor who clicked no ad', () => {
    expect(clickOf(new URL('https://shop.example/'), now)).toBeUndefined();
  });
});

describe('offline sales', () => {
  it('reach their dataset up to 62 days later', async () => {
    const [main] = [...(await compileDestinations(shops, sha256Hex)).values()];
    const properties = { revenue: 60, currency: 'EUR', order_id: 'S-1' };
    const sale = track('Order Completed', properties, { timestamp: '2026-01-10T12:00:00.000Z' });
    const [verdict] = planEvent(sale, main as CompiledDestination, now);

    expect(main?.config).toMatchObject({ datasetId: '1234567890123456', uploadTag: 'Segment' });
    expect(JSON.parse((verdict as { json: string }).json)).toMatchObject({
      event_name: 'Purchase',
      action_source: 'physical_store',
      custom_data: { value: 60, currency: 'EUR', order_id: 'S-1' },
    });
  });

  it('name their destinations in the source', () => {
    expect(shops.sources['tills']?.destinations).toEqual(Object.keys(shops.destinations));
  });
});
