import { describe, expect, it } from 'vitest';
import type { CandidateName } from '../../../bench/peers/candidate.ts';
import type { CandidateWork } from '../../../bench/peers/candidate-process.ts';
import { comparePeers } from '../../../bench/peers/compare-peers.ts';
import { differences, unknownDifferences } from '../../../bench/peers/compare-work.ts';
import { peerTable } from '../../../bench/peers/peer-table.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { withGeneratedTables } from '../../../docs/generate/generated-tables.ts';

/** Compares candidates of known costs: each takes ten times as much in the second round, as on a machine that is busy. */
async function compare({
  rudderstack,
  made = {},
}: {
  rudderstack?: string;
  made?: Partial<Record<CandidateName, object>>;
} = {}) {
  const costs: Partial<Record<CandidateName, number>> = { 'this project': 10, "Meta's SDK": 30 };
  const measured: CandidateWork[] = [];
  const said: string[] = [];
  const figures = await comparePeers({
    rounds: 2,
    rudderstackFolder: rudderstack,
    now: new Date('2026-03-01T12:00:00Z'),
    say: (line) => said.push(line),
    async run(work) {
      const samples = [{ event_name: 'Purchase', ...made[work.candidate] }];
      if (work.measure === undefined) return { version: '1.2.3', samples, cpu: Number.NaN };
      measured.push(work);
      const round = measured.filter(
        ({ candidate, corpus }) => candidate === work.candidate && corpus === work.corpus,
      ).length;
      return { version: '1.2.3', samples: [], cpu: (costs[work.candidate] ?? 5) * (round === 2 ? 10 : 1) };
    },
  });
  return { figures, measured, said };
}

describe('a comparison with peers', () => {
  it('takes ratios inside each round, and the least of the times', async () => {
    const { figures } = await compare();

    expect(figures.find(({ name }) => name === "Meta's SDK")?.byCorpus.orders).toEqual({ ratio: 3, leastCpu: 30 });
    expect(figures.find(({ name }) => name === 'from bytes to bytes')?.byCorpus.mixed).toEqual({
      ratio: 0.5,
      leastCpu: 5,
    });
  });

  it('lets all take turns in every round, on the same events', async () => {
    const { measured } = await compare();
    const turns = measured.filter(({ corpus }) => corpus === 'orders').map(({ candidate }) => candidate);

    expect(turns.slice(0, 6)).toEqual(turns.slice(6));
    expect(new Set(turns).size).toBe(6);
    expect(new Set(measured.map(({ at, events }) => `${at} ${events}`)).size).toBe(1);
  });

  it('leaves RudderStack out and says so, unless a folder is given', async () => {
    const without = await compare();
    const given = await compare({ rudderstack: '/transformer' });

    expect(without.said[0]).toBe(
      "RudderStack's transformer is left out: it is not on npm. --rudderstack <folder> names a built checkout of it.",
    );
    expect(given.measured.map(({ candidate }) => candidate)).toContain("RudderStack's transformer");
    expect(given.measured[0]?.rudderstackFolder).toBe('/transformer');
  });

  it('names what is done differently, and what was not known', async () => {
    const { figures, said } = await compare({
      made: { 'this project': { referrer_url: 'https://shop.example/' }, "Meta's SDK": { event_name: 'Lead' } },
    });

    expect(said).toContain('  this project: referrer_url is sent as well');
    expect(said).toContain("  Meta's SDK: event_name differs, which was not known: compare before measuring");
    expect(figures.flatMap(({ name, unknown }) => unknown.map((member) => [name, member]))).toEqual([
      ["Meta's SDK", 'event_name'],
    ]);
  });

  it('becomes a table of the documentation', async () => {
    const { figures } = await compare();
    const table = peerTable(figures);

    expect(table.split('\n')).toHaveLength(8);
    expect(table).toMatch(/\| Meta's SDK 1\.2\.3 +\| 3\.00 +\| 3\.00 +\| 3 +\| 30\.0 +\| 30\.0 +\|/);
    expect(withGeneratedTables('a\n<!-- generated: peers -->\nold\n<!-- end -->\nb', { peers: () => table })).toBe(
      `a\n<!-- generated: peers -->\n\n${table}\n\n<!-- end -->\nb`,
    );
  });
});

describe('differences', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['none, whatever the order', { a: 1, b: { c: 'x' } }, { b: { c: 'x' }, a: 1 }, []],
    ['a member that is missing', {}, { a: 1 }, ['a']],
    ['a member more', { a: 1, b: 2 }, { a: 1 }, ['b']],
    ['another value, inside', { b: { c: 'x' } }, { b: { c: 'y' } }, ['b.c']],
    ['none between a digest and a list of it', { em: ['x'] }, { em: 'x' }, []],
    ['a list of two', { em: ['x', 'y'] }, { em: 'x' }, ['em']],
  ])('are %s', (_, given, expected, members) => {
    expect([...differences([given], [expected]).keys()]).toEqual(members);
  });

  it('count events', () => {
    expect(differences([{ a: 1 }, { a: 2 }], [{ a: 3 }, { a: 3 }])).toEqual(new Map([['a', 2]]));
  });

  it('are known by member, or by all that lies below one', () => {
    const found = new Map([
      ['custom_data.tax', 1],
      ['user_data.ph', 1],
      ['event_id', 1],
    ]);

    expect(unknownDifferences("RudderStack's transformer", found)).toEqual(['event_id']);
    expect(unknownDifferences('from bytes to bytes', found)).toEqual([...found.keys()]);
  });
});
