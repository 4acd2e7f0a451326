import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { examples } from '../../examples/examples.ts';
import { readmeTable } from '../../examples/readme-table.ts';

it('stands in the README between its marks, as the examples give it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, table] = /<!-- examples -->\n\n([\s\S]*?)\n\n<!-- \/examples -->/.exec(readme) ?? [];

  expect(table).toBe(readmeTable(examples));
});
