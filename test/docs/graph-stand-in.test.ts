import { describe, expect, it } from 'vitest';
import { markedTables, withGeneratedTables } from '../../docs/generate/generated-tables.ts';
import { graphStandInTables } from '../../docs/generate/graph-stand-in-tables.ts';
import { faultNames } from '../../local/graph-stand-in/faults.ts';
import { graphErrors } from '../../local/graph-stand-in/graph-errors.ts';
import { optionName } from '../../commands/kit/read-command-line.ts';
import { standInOptions } from '../../local/graph-stand-in/options.ts';
import { codeIn, readDocument, section, tableUnder } from './support/markdown.ts';

const guide = readDocument('graph-stand-in.md');
const unaligned = (text: string): string => text.replaceAll(/[ ]+/g, ' ').replaceAll(/-{3,}/g, '---');
const columnOf = (text: string, title: string) => tableUnder(text, title).map(([cell = '']) => codeIn(cell));

describe('the guide to the Graph API stand-in', () => {
  it('shows every table', () => {
    expect([...markedTables(guide)].sort()).toEqual(Object.keys(graphStandInTables).sort());
  });

  it('has the tables that `npm run docs` writes', () => {
    expect(unaligned(guide)).toBe(unaligned(withGeneratedTables(guide, graphStandInTables)));
  });

  it('names every option', () => {
    const named = columnOf(section(guide, '## Start it'), 'option').map((option) => option.split(' ')[0]);

    expect(named).toEqual(Object.keys(standInOptions).map((key) => `--${optionName(key)}`));
  });

  it('names every fault', () => {
    const named = ['### Errors by name', '### What networks and proxies do'].flatMap((heading) =>
      columnOf(section(guide, heading), '`fault`'),
    );

    expect(named.sort()).toEqual(faultNames.filter((name) => !graphErrors.has(name)).sort());
  });
});
