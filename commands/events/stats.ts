import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { oneOf, text } from '../kit/option.ts';
import { safeText } from '../kit/safe-text.ts';
import { textTable } from '../kit/table.ts';
import { withRecord } from './open-record.ts';
import { readStats, type Stats, unitMs, units } from './read-stats.ts';
import { spanOf, spanOptions } from './span-options.ts';

export const stats = defineCommand({
  name: 'events stats',
  summary:
    'counts by day, source, event name and destination: what came in, what became of it, why, how fast, with which match keys',
  page: 'docs/record.md',
  examples: ['npm run events -- stats --since 7d', 'npm run events -- stats --by hour --since 1d --json'],
  options: {
    by: text('<unit>', `${units.join(' or ')}; day if left out`, oneOf(units).default('day')),
    ...spanOptions('7 days'),
    ...targetOptions,
  },
  async run({ by, ...options }, effects) {
    const span = spanOf(options, effects.clock(), 7 * unitMs.day);
    return withRecord(targetOf(options, effects), async ({ store }) => ({ result: await readStats(store, span, by) }));
  },
  print({ totals, rows }, { out }) {
    for (const line of textTable([
      [...header],
      ...rows.map((row) => cells(row)),
      ['all', '', '', '', ...countCells(totals)],
    ])) {
      out(line);
    }
  },
});

const header = [
  ...['time', 'event', 'source', 'destination', 'accepted', 'rejected', 'delivered', 'skipped', 'dead', 'why'],
  ...['p50', 'p95', 'match keys'],
] as const;

type StatsRow = Stats['rows'][number];

const count = (number: number): string => (number === 0 ? '' : number.toLocaleString('en-US'));

const countCells = ({ accepted, rejected, delivered, skipped, dead }: Stats['totals']): string[] =>
  [accepted, rejected, delivered, skipped, dead].map(count);

function cells(row: StatsRow): string[] {
  const { unit, event, source, destination, latencyMs, matchKeys } = row;
  const why = Object.entries({ ...row.rejectedBy, ...row.skippedBy, ...row.deadBy }).map(([code, n]) => `${code} ${n}`);
  const seconds = (ms: number | undefined): string => (ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`);
  const keys = Object.entries(matchKeys).map(([key, share]) => `${key} ${Math.round(share * 100)}%`);
  return [
    ...[unit, event ?? '', source ?? '', destination ?? ''].map((text) => safeText(text, 40)),
    ...countCells(row),
    safeText(why.join(', '), 60),
    ...[seconds(latencyMs?.p50), seconds(latencyMs?.p95)],
    safeText(keys.join(' '), 80),
  ];
}
