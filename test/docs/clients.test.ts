import { describe, expect, it } from 'vitest';
import { clientTables } from '../../docs/generate/client-table.ts';
import { markedTables, withGeneratedTables } from '../../docs/generate/generated-tables.ts';
import { readDocument } from './support/markdown.ts';

const guide = readDocument('clients.md');
const unaligned = (text: string): string => text.replaceAll(/[ ]+/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the guide to client libraries', () => {
  it('shows every table', () => {
    expect([...markedTables(guide)].sort()).toEqual(Object.keys(clientTables).sort());
  });

  it('has the tables that `npm run docs` writes', () => {
    expect(unaligned(guide)).toBe(unaligned(withGeneratedTables(guide, clientTables)));
  });
});
