import * as z from 'zod';
import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, oneOf, text, texts, wholeNumberFrom } from '../kit/option.ts';
import { plural } from '../kit/plural.ts';
import { safeText } from '../kit/safe-text.ts';
import { textTable } from '../kit/table.ts';
import { csvLines } from './csv.ts';
import { withRecord } from './open-record.ts';
import { standings } from './record-queries.ts';
import { spanOf, spanOptions } from './span-options.ts';

const outcomes = ['delivered', 'skipped', 'dead', 'rejected', 'waiting'] as const;
const dayMs = 86_400_000;

/** One event at one destination and mapping, as it stands. */
export interface Standing {
  readonly messageId: string;
  readonly event: string | null;
  readonly source: string | null;
  readonly destination: string | null;
  readonly mapping: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly at: string;
}

const columns = ['at', 'outcome', 'reason', 'event', 'source', 'destination', 'mapping', 'messageId'] as const;

export const list = defineCommand({
  name: 'events list',
  summary: 'events by how they ended, the newest first, a line for each destination and mapping',
  page: 'docs/record.md',
  examples: [
    'npm run events -- list --outcome dead --since 2h',
    'npm run events -- list --reason consent_missing --since 1d --csv --env production',
  ],
  options: {
    outcome: texts('<outcome>', `only ${outcomes.join(', ')}`, z.array(oneOf(outcomes)).optional()),
    reason: texts('<code>', 'only with this reason; given twice, with either, as with those below'),
    event: texts('<name>', 'only events with this name, or calls of this type'),
    source: texts('<name>', 'only of this source'),
    destination: texts('<name>', 'only at this destination'),
    limit: text('<n>', 'lines at most; 1,000 if left out', wholeNumberFrom(1, 1_000_000).default(1_000)),
    csv: flag('lines of CSV with a header'),
    ...spanOptions('a day'),
    ...targetOptions,
  },
  async run({ csv, limit, outcome = [], reason = [], event = [], source = [], destination = [], ...options }, effects) {
    const span = spanOf(options, effects.clock(), dayMs);
    return withRecord(targetOf(options, effects), async ({ store }) => {
      const filter = { outcomes: outcome, reasons: reason, events: event, sources: source, destinations: destination };
      const rows = await store.query(standings(store.dialect, span, filter, limit));
      const events = rows.map((row): Standing => {
        const value = (name: string): string | null => (row[name] === undefined ? null : String(row[name]));
        const k = String(row['k']);
        return {
          messageId: String(row['id']),
          ...{ event: value('e'), source: value('s'), destination: value('d'), mapping: value('m') },
          outcome: ['attempt', 'redriven', 'replayed'].includes(k) ? 'waiting' : k,
          reason: value('r'),
          at: new Date(Number(row['t'])).toISOString(),
        };
      });
      return { result: { csv, limit, events } };
    });
  },
  print({ csv, limit, events }, { out, err }) {
    const rows = events.map((each) => columns.map((column) => each[column] ?? ''));
    if (csv) {
      for (const line of csvLines([columns, ...rows])) out(line);
      return;
    }
    if (rows.length > 0) {
      const header = columns.map((name) => (name === 'messageId' ? 'message id' : name));
      for (const line of textTable([header, ...rows.map((row) => row.map((cell) => safeText(cell, 80)))])) out(line);
    }
    err(`${plural(rows.length, 'line')}${rows.length === limit ? '; there are more: --limit' : ''}`);
  },
});
