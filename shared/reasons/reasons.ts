import { dropFixes, dropReasons } from './drop-reasons.ts';
import { graphErrorCode, graphErrors, graphFailures, graphFixes, graphReads } from './graph-errors.ts';
import { ingestWarnings } from './ingest-warnings.ts';
import { foundLetters, letters } from './letters.ts';
import { problems } from './problems.ts';
import type { ReasonRow, ReasonRows } from './reason.ts';
import { rejections } from './rejections.ts';
import { requestErrors } from './request-errors.ts';
import { skips } from './skips.ts';
import { waitFixes, waits } from './waits.ts';
import { problemsThatWarn, warningFixes, warnings } from './warnings.ts';

/** One row of the catalogue. */
export interface Reason extends ReasonRow {
  readonly code: string;
  /** Page and heading of the guide with the rows of its family: `docs/reasons.md#problems`. */
  readonly page: string;
}

/** A table of messages with its table of fixes, in which `code.case` says a code more exactly. */
function rowsOf(messages: Readonly<Record<string, string>>, fixes: Readonly<Record<string, string>>): ReasonRows {
  const keys = new Set([...Object.keys(messages), ...Object.keys(fixes)]);
  const casesOf = (code: string) =>
    [...keys]
      .filter((key) => key.startsWith(`${code}.`))
      .map((key) => {
        const [message, fix] = [messages[key], fixes[key]];
        return [key.slice(code.length + 1), { ...(message && { message }), ...(fix && { fix }) }] as const;
      });
  return Object.fromEntries(
    [...keys]
      .filter((key) => !key.includes('.'))
      .map((code) => {
        const cases = Object.fromEntries(casesOf(code));
        const row = { message: messages[code] ?? '', fix: fixes[code] ?? '' };
        return [code, Object.keys(cases).length === 0 ? row : { ...row, cases }];
      }),
  );
}

const messagesOf = (rows: Readonly<Record<string, { readonly message: string }>>) =>
  Object.fromEntries(Object.entries(rows).map(([code, { message }]) => [code, message]));

/** The families, by the heading of their table in `docs/reasons.md`. A code that two of them have means the same in both. */
export const families: Readonly<Record<string, ReasonRows>> = {
  'Refused requests': requestErrors,
  Rejections: rejections,
  'Warnings of ingest': ingestWarnings,
  Problems: problems,
  'Warnings of the mapper': { ...rowsOf(warnings, warningFixes), ...problemsThatWarn },
  'Dropped match keys': rowsOf(dropReasons, dropFixes),
  Skips: skips,
  Waits: rowsOf(waits, waitFixes),
  'Dead letters': {
    ...letters,
    message_undecodable: { ...letters.message_undecodable, cases: { found: foundLetters.message_undecodable } },
    received_too_often: foundLetters.received_too_often,
  },
  'Graph errors': rowsOf({ ...messagesOf(graphErrors), ...graphFailures, ...graphReads }, graphFixes),
};

const pageOf = (family: string): string => `docs/reasons.md#${family.toLowerCase().replaceAll(' ', '-')}`;

/** Every reason there is, each code once: a warning that is a problem elsewhere stands under the problems. */
export const reasons: ReadonlyMap<string, Reason> = new Map(
  Object.entries(families)
    .toReversed()
    .flatMap(([family, rows]) =>
      Object.entries(rows).map(([code, row]) => [code, { ...row, code, page: pageOf(family) }] as const),
    ),
);

/**
 * The row of a code as answers, dead letters, reports and logs carry it. Graph errors that are not listed have the row of their
 * code, of the range that it lies in, or that of all others.
 */
export function reasonOf(code: string): Reason | undefined {
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (/^http_\d+$/.test(code)) return reasons.get('graph_status');
  const [, main, sub] = /^graph_(-?\d+)(?:_(\d+))?$/.exec(code) ?? [];
  if (main === undefined) return undefined;
  const listed = graphErrorCode(Number(main), sub === undefined ? undefined : Number(sub));
  return reasons.get(listed ?? 'graph_unknown');
}
