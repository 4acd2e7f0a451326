import { afterEach, describe, expect, it, vi } from 'vitest';
import { matchesOf } from '../../../browser/matches.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';
import { pixelProgramOf } from '../../../shared/meta/pixel/pixel-program-of.ts';
import { ecommerceMappings } from '../../../shared/meta/presets/ecommerce-mappings.ts';

// By a name that the compiler does not follow: tests are compiled without the types of a page.
const twinFile: string = '../../../browser/twin.ts';
const { createTwin } = (await import(twinFile)) as {
  readonly createTwin: (
    options: object,
  ) => readonly [unknown, (call: object) => void, unknown, (settings: object) => Promise<void>];
};

describe('matchesOf', () => {
  it.each([
    [{ email: ' Ann@Example.COM ' }, { em: 'ann@example.com' }],
    [{ phone: '+44 (0)20 7946-0958' }, { ph: '4402079460958' }],
    [{ phone: '0044 20' }, { ph: '4420' }],
    [
      { firstName: ' Ann', lastName: 'LEE' },
      { fn: 'ann', ln: 'lee' },
    ],
    [{ email: 7, phone: null }, {}],
    [undefined, {}],
  ])("writes %j as Meta's Pixel takes it", (traits, matches) => {
    expect(JSON.parse(JSON.stringify(matchesOf(traits)))).toEqual(matches);
  });
});

describe('the init of the Pixel', () => {
  afterEach(() => vi.unstubAllGlobals());

  const config = defineConfig({
    sources: { web: { writeKeyHashes: ['a'.repeat(64)], destinations: ['main'] } },
    destinations: {
      main: {
        datasetId: '1234567890123456',
        accessTokenSecret: 'main',
        mappings: ecommerceMappings({ actionSource: 'website' }),
        pixel: { mirror: true },
      },
    },
  });

  /** A page with Meta's function in it, and the twin that tells it of a page view. */
  async function initialised(matches?: () => object, waitForConsent = false): Promise<unknown[][]> {
    const calls: unknown[][] = [];
    vi.stubGlobal('window', { fbq: (...call: unknown[]) => void calls.push(call) });
    vi.stubGlobal('location', { search: '', hostname: 'shop.example', protocol: 'https:' });
    vi.stubGlobal('document', { cookie: '' });
    vi.stubGlobal('fetch', async () => new Response('{}'));
    const options = { endpoint: 'https://e.example', writeKey: 'k', waitForConsent, ...(matches && { matches }) };
    const [, mirror, , load] = createTwin(options);
    const program = pixelProgramOf(config, 'web');
    if (program === undefined) throw new Error('There is nothing to mirror.');
    await load({ integrations: { 'Meta Pixel Twin': { program } } });
    const time = new Date().toISOString();
    const event = { type: 'page', messageId: 'm-1', anonymousId: 'V-1', timestamp: time, properties: {} };
    mirror({ ...event, context: { page: { url: 'https://shop.example/' }, userAgent: 'B' } });
    return calls.filter(([method]) => method === 'init');
  }

  it('has the external id, and what the page allows of the person', async () => {
    expect(await initialised()).toEqual([['init', '1234567890123456', { external_id: 'v-1' }]]);
    expect(await initialised(() => matchesOf({ email: 'Ann@Example.com' }))).toEqual([
      ['init', '1234567890123456', expect.objectContaining({ external_id: 'v-1', em: 'ann@example.com' })],
    ]);
  });

  it('waits for consent, the matches with it', async () => {
    const matches = vi.fn(() => ({ em: 'ann@example.com' }));

    expect(await initialised(matches, true)).toEqual([]);
    expect(matches).not.toHaveBeenCalled();
  });
});
