import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { steps } from '../../shared/record/receipt.ts';
import { receiptColumns } from '../../shared/record/receipt-columns.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/record.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));

describe('docs/record.md', () => {
  it('says what every member of a receipt holds, and of no other', () => {
    const [start, end] = ['`v`', '`ev`'].map((name) => rows.findIndex((row) => row.startsWith(`| ${name} `)));
    const named = rows.slice(start, Number(end) + 1).flatMap((row) => {
      const [, members = ''] = row.split('|');
      return [...members.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    });

    expect(named.toSorted()).toEqual(Object.keys(receiptColumns).toSorted());
  });

  it('names every step', () => {
    const row = rows.find((each) => each.startsWith('| `k` '));

    for (const step of steps) expect(row).toContain(`\`${step}\``);
  });
});
