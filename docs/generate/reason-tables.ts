import { markdownTable } from '../../commands/kit/table.ts';
import type { ReasonRow, ReasonRows } from '../../shared/reasons/reason.ts';
import { families } from '../../shared/reasons/reasons.ts';

/** A table for each family of the catalogue of reasons. */
export const reasonTables: Readonly<Record<string, () => string>> = Object.fromEntries(
  Object.entries(families).map(([family, rows]) => [family, () => tableOf(rows)]),
);

const tableOf = (rows: ReasonRows): string =>
  markdownTable(
    ['code', 'message', 'what to do'],
    Object.entries(rows).map(([code, row]) => [`\`${code}\``, cellOf(row, 'message'), cellOf(row, 'fix')]),
  );

/** A text and those of the cases that differ from it, a line each. */
function cellOf(row: ReasonRow, text: 'message' | 'fix'): string {
  const texts = new Set([row[text], ...Object.values(row.cases ?? {}).flatMap((each) => each[text] ?? [])]);
  return [...texts].map((each) => each.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join('<br>');
}
