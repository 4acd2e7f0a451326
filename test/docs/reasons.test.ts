import { describe, expect, it } from 'vitest';
import { markedTables, withGeneratedTables } from '../../docs/generate/generated-tables.ts';
import { reasonTables } from '../../docs/generate/reason-tables.ts';
import { families, reasons } from '../../shared/reasons/reasons.ts';
import { headingsOf, readDocument, section, tableUnder } from './support/markdown.ts';

const guide = readDocument('reasons.md');
const unaligned = (text: string): string => text.replaceAll(/[ ]+/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the guide to reasons', () => {
  it('has a table under the heading of each family, and no other', () => {
    expect(headingsOf(guide, 2)).toEqual(Object.keys(families));
    expect([...markedTables(guide)]).toEqual(Object.keys(families));
  });

  it('has the tables that `npm run docs` writes', () => {
    expect(unaligned(guide)).toBe(unaligned(withGeneratedTables(guide, reasonTables)));
  });

  it.each(Object.entries(families))('lists every code under %s', (family, rows) => {
    const listed = tableUnder(section(guide, `## ${family}`), 'code').map(([code = '']) => code.replaceAll('`', ''));

    expect(listed).toEqual(Object.keys(rows));
  });

  it('is where the page of every reason leads', () => {
    const anchors = headingsOf(guide, 2).map((heading) => heading.toLowerCase().replaceAll(' ', '-'));
    const pages = anchors.map((anchor) => `docs/reasons.md#${anchor}`);

    expect([...reasons.values()].filter(({ page }) => !pages.includes(page))).toEqual([]);
  });
});
