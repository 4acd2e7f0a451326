import { describe, expect, it } from 'vitest';
import { compareSides, type Sighting } from '../../../shared/dedup/compare-sides.ts';
import { type DedupFault, dedupFaults } from '../../../shared/dedup/dedup-faults.ts';

const start = Date.UTC(2026, 2, 3);
const hour = 3_600_000;

/** Numbers from 0 to 1 that are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Week {
  readonly browser: Sighting[];
  readonly server: Sighting[];
}

/**
 * A week of visitors: three pages, perhaps a cart and an order. A fifth of them block the Pixel, some reload the page of their
 * order, some of the server's events are sent again after a lost answer.
 */
function week(seed: number): Week {
  const random = chance(seed);
  const [browser, server]: [Sighting[], Sighting[]] = [[], []];
  for (let visitor = 0; visitor < 1_500; visitor++) {
    let at = start + Math.floor(random() * 7 * 24 * hour);
    const isBlocked = random() < 0.2;
    const id = (): string => `ajs-next-${at}-${Math.floor(random() * 1e9).toString(16)}`;
    const tell = (name: string, eventId: string): void => {
      if (!isBlocked) browser.push({ name, id: eventId, at, visitor: String(visitor) });
      server.push({ name, id: eventId, visitor: String(visitor), at: at + 400 + Math.floor(random() * 20_000) });
      if (random() < 0.02) server.push({ ...(server.at(-1) as Sighting) });
    };
    for (let page = 0; page < 3; page++) {
      tell('PageView', id());
      at += 30_000 + Math.floor(random() * 60_000);
    }
    if (random() < 0.5) tell('AddToCart', id());
    at += 60_000;
    if (random() > 0.3) continue;
    const order = String(100_000 + visitor);
    tell('Purchase', order);
    if (!isBlocked && random() < 0.1)
      browser.push({ name: 'Purchase', id: order, visitor: String(visitor), at: at + 5 * 60_000 });
  }
  return { browser, server };
}

/** Makes a week faulty in one way, for some of its events of a name. */
type Seed = (week: Week) => Week;

/** A third of the events of a name, by their ids: what is sent again is changed again. */
const some =
  (name: string, change: (each: Sighting) => Sighting | readonly Sighting[]) =>
  (list: readonly Sighting[]): Sighting[] =>
    list.flatMap((each) =>
      each.name === name && (each.id?.charCodeAt(each.id.length - 1) ?? 0) % 3 === 0 ? change(each) : [each],
    );

const inBrowser =
  (name: string, change: Parameters<typeof some>[1]): Seed =>
  ({ browser, server }) => ({ browser: some(name, change)(browser), server });
const onServer =
  (name: string, change: Parameters<typeof some>[1]): Seed =>
  ({ browser, server }) => ({ browser, server: some(name, change)(server) });

const seeds: Readonly<Record<DedupFault, Seed>> = {
  browser_only: ({ browser, server }) => ({
    browser,
    server: server.filter(({ name, id }) => name !== 'AddToCart' || !/[0-4]$/.test(id ?? '')),
  }),
  server_only: ({ browser, server }) => ({ browser: browser.filter(({ name }) => name !== 'AddToCart'), server }),
  name_differs: inBrowser('AddToCart', (each) => ({ ...each, name: 'addToCart' })),
  // facebookarchive/Facebook-For-OpenCart#562: the Pixel's events go without an id.
  id_missing: inBrowser('Purchase', ({ id: _, ...each }) => each),
  // facebook/facebook-nodejs-business-sdk#308: the order 1 is "000001" on one side.
  id_type: inBrowser('Purchase', (each) => ({ ...each, id: `000${each.id}` })),
  id_case: inBrowser('AddToCart', (each) => ({ ...each, id: each.id?.toUpperCase() })),
  id_prefix: onServer('Purchase', (each) => ({ ...each, id: `order-${each.id}` })),
  // facebook/facebook-for-woocommerce#1722: "Same event id received for many event instances".
  id_reused: onServer('AddToCart', (each) => ({ ...each, id: 'cart' })),
  // stape-io/facebook-tag#1: one order, two events in Meta.
  sent_twice: inBrowser('Purchase', (each) => [each, { ...each, id: `pixel-${each.at}`, at: each.at + 900 }]),
  server_first: inBrowser('Purchase', (each) => ({ ...each, at: each.at + 60_000 })),
  gap_too_long: onServer('Purchase', (each) => ({ ...each, at: each.at + 50 * hour })),
  test_code_one_side: onServer('PageView', (each) => ({ ...each, testCode: 'TEST1' })),
};

const faultsIn = ({ browser, server }: Week): string[] => [
  ...new Set(compareSides(browser, server).findings.map(({ fault }) => fault)),
];

type Change = (list: Sighting[]) => Sighting[];

describe('compareSides', () => {
  it.each([1, 2, 3, 4, 5])('finds nothing in a week of honest journeys: %d', (seed) => {
    const { browser, server } = week(seed);
    const { findings, names } = compareSides(browser, server);

    expect(findings).toEqual([]);
    expect(names.map(({ name }) => name)).toEqual(['AddToCart', 'PageView', 'Purchase']);
    for (const { both, browserOnly } of names) {
      expect(both).toBeGreaterThan(100);
      expect(browserOnly).toBe(0);
    }
  });

  it.each(Object.keys(dedupFaults) as DedupFault[])('finds %s, and nothing else', (fault) => {
    for (const seed of [11, 12, 13]) {
      const [found, ...others] = faultsIn(seeds[fault](week(seed)));

      expect([found, others]).toEqual([fault, []]);
    }
  });

  const every =
    (name: string, change: (each: Sighting) => Sighting | readonly Sighting[]) =>
    (list: readonly Sighting[]): Sighting[] =>
      list.flatMap((each) => (each.name === name ? change(each) : [each]));

  it.each<{ readonly title: string; readonly fault: DedupFault; readonly browser?: Change; readonly server?: Change }>([
    {
      title: 'a quarter of the Pixel',
      fault: 'server_only',
      browser: (list) => list.filter(({ name }, at) => name !== 'AddToCart' || at % 4 === 0),
    },
    {
      title: 'a name that the server writes otherwise',
      fault: 'name_differs',
      server: every('Purchase', (each) => ({ ...each, name: 'purchase' })),
    },
    { title: 'no id at all', fault: 'id_missing', browser: every('PageView', ({ id: _, ...each }) => each) },
    {
      title: 'a decimal point',
      fault: 'id_type',
      server: every('Purchase', (each) => ({ ...each, id: `${each.id}.0` })),
    },
    {
      title: 'capitals on the server',
      fault: 'id_case',
      server: every('AddToCart', (each) => ({ ...each, id: each.id?.toUpperCase() })),
    },
    {
      title: 'something behind the id',
      fault: 'id_prefix',
      browser: every('Purchase', (each) => ({ ...each, id: `${each.id}_web` })),
    },
    {
      title: 'something behind it without a sign',
      fault: 'id_prefix',
      server: every('Purchase', (each) => ({ ...each, id: `${each.id}web` })),
    },
    {
      title: 'braces around it',
      fault: 'id_prefix',
      server: every('AddToCart', (each) => ({ ...each, id: `{${each.id}}` })),
    },
    {
      title: 'one id in all pages',
      fault: 'id_reused',
      browser: every('Purchase', (each) => ({ ...each, id: 'purchase' })),
    },
    {
      title: 'one id a day',
      fault: 'id_reused',
      server: every('AddToCart', (each) => ({ ...each, id: `cart-${new Date(each.at).getUTCDay()}` })),
    },
    {
      title: 'a call by hand beside the plugin',
      fault: 'sent_twice',
      browser: every('Purchase', (each) => [each, { ...each, id: undefined, at: each.at + 300 }]),
    },
    {
      title: 'a page that was late',
      fault: 'gap_too_long',
      browser: every('AddToCart', (each) => ({ ...each, at: each.at + 72 * hour })),
    },
    {
      title: 'a test code in the pages',
      fault: 'test_code_one_side',
      browser: (list) => list.map((each) => ({ ...each, testCode: 'TEST1' })),
    },
  ])(
    'finds $fault where all events have it, and nothing else: $title',
    ({ fault, browser: inPages, server: there }) => {
      const { browser, server } = week(31);

      expect(faultsIn({ browser: inPages?.(browser) ?? browser, server: there?.(server) ?? server })).toEqual([fault]);
    },
  );

  it('finds nothing where both sides carry the same test code', () => {
    const { browser, server } = week(32);
    const coded = (list: readonly Sighting[]) => list.map((each) => ({ ...each, testCode: 'TEST1' }));

    expect(faultsIn({ browser: coded(browser), server: coded(server) })).toEqual([]);
  });

  it('tells how many, of which event, with samples, a cause and a way out', () => {
    const { browser, server } = seeds.id_prefix(week(21));
    const [finding] = compareSides(browser, server).findings;

    expect(finding).toMatchObject({
      name: 'Purchase',
      cause: dedupFaults.id_prefix.cause,
      fix: dedupFaults.id_prefix.fix,
    });
    expect(finding?.samples).toHaveLength(3);
    expect(finding?.samples[0]).toMatch(/^(\d+) \/ order-\1$/);
    expect(finding?.share).toBeGreaterThan(0.2);
    expect(finding?.share).toBeLessThan(0.4);
  });

  it('finds all twelve together, in a week that has them all', () => {
    const all = Object.values(seeds).map((seed, at) => seed(week(100 + at)));
    const shifted = (list: readonly Sighting[], at: number): Sighting[] =>
      list.map((each) => ({ ...each, name: `${each.name} ${at}` }));
    const browser = all.flatMap((each, at) => shifted(each.browser, at));
    const server = all.flatMap((each, at) => shifted(each.server, at));

    expect(faultsIn({ browser, server }).sort()).toEqual(Object.keys(dedupFaults).sort());
  });

  it('has nothing to say of nothing', () => {
    expect(compareSides([], [])).toEqual({ names: [], findings: [] });
  });
});
