import type { Evidence } from '../../local/graph-stand-in/evidence.ts';
import { pages } from '../../shared/meta/members/pages.ts';
import { errorAliases } from '../../local/graph-stand-in/graph-errors.ts';
import { type ListedRule, ruleList } from '../../local/graph-stand-in/rule-list.ts';
import { markdownTable } from '../../commands/kit/table.ts';

/** Every table of the guide to the stand-in, by the name it is marked with. */
export const graphStandInTables: Readonly<Record<string, () => string>> = {
  'request rules': () => refusalTable(ruleList.request),
  'member rules': () => refusalTable(ruleList.members),
  'event rules': () => refusalTable(ruleList.event),
  'errors on request': () => refusalTable(ruleList.onRequest),
  warnings: () => plainTable('`messages`', ruleList.warning),
  behaviour: () => plainTable('what it does', ruleList.behaviour),
  'fault names': () =>
    markdownTable(
      ['`fault`', 'is'],
      Object.entries(errorAliases).map(([name, error]) => [`\`${name}\``, `\`${error}\``]),
    ),
};

const refusalTable = (rules: readonly ListedRule[]): string =>
  markdownTable(
    ['HTTP', 'code', 'when', 'from'],
    rules.map(({ status, code, subcode, when, evidence }) => [
      String(status),
      subcode === undefined ? String(code) : `${code}/${subcode}`,
      cell(when),
      cell(describe(evidence)),
    ]),
  );

const plainTable = (title: string, rules: readonly ListedRule[]): string =>
  markdownTable(
    [title, 'from'],
    rules.map(({ when, evidence }) => [cell(when), cell(describe(evidence))]),
  );

function describe(evidence: Evidence): string {
  if ('assumed' in evidence) return `**assumed**: ${evidence.note}`;
  const { title, url } = pages[evidence.source];
  return `[${title}](${url})${evidence.note === undefined ? '' : `; ${evidence.note}`}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
