import { addressNames, personNames } from '../../shared/meta/user-data/trait-names.ts';
import { problems } from '../../shared/reasons/problems.ts';
import { actionTables, pageLinks } from './action-tables.ts';
import { namedDefaults, spellOut } from './describe-default.ts';
import { markdownTable } from '../../commands/kit/table.ts';
import { presetTables } from './preset-tables.ts';

/** Every table that comes from the code, by the name it is marked with: `<!-- generated: name -->`. */
export const generatedTables: Readonly<Record<string, () => string>> = {
  ...presetTables,
  ...actionTables,
  'pages of Meta': pageLinks,
  'names of traits': () =>
    markdownTable(
      ['trait', 'also called'],
      Object.entries({
        ...personNames,
        ...Object.fromEntries(Object.entries(addressNames).map(([name, others]) => [`address.${name}`, others])),
      }).map(([name, others]) => [`\`${name}\``, others.map((other) => `\`${other}\``).join(', ')]),
    ),
  'named defaults': () =>
    markdownTable(
      ['called', 'means'],
      Object.entries(namedDefaults).map(([name, value]) => [name, spellOut(value)]),
    ),
  problems: () =>
    markdownTable(
      ['code', 'what to do'],
      Object.entries(problems).map(([code, { fix }]) => [`\`${code}\``, fix]),
    ),
};

const marked = /(<!-- generated: (.+?) -->\n)[\s\S]*?(\n<!-- end -->)/g;

/** The document with every marked table as it is generated now. */
export const withGeneratedTables = (markdown: string, tables = generatedTables): string =>
  markdown.replace(marked, (all, begin: string, name: string, end: string) => {
    const table = tables[name];
    return table === undefined ? all : `${begin}\n${table()}\n${end}`;
  });

/** Names of the tables that the document marks, in its order. */
export const markedTables = (markdown: string): readonly string[] =>
  [...markdown.matchAll(marked)].map(([, , name = '']) => name);
