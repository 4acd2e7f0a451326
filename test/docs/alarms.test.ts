import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

// Those of a canary call nobody.
const alarms = found(
  read('test/cdk/snapshots/production.template.snap'),
  /"AlarmName": "[^"]*?-?([A-Za-z]+)",/g,
).filter((name) => !name.endsWith('Canary'));
const metrics = found(read('functions/aws/emf.ts'), /\['([A-Z]\w+)', '(?:Count|Milliseconds|Percent|Seconds)'/g);

describe('what a person on call reads', () => {
  it('has alarms and metrics to hold it against', () => {
    expect(alarms.length).toBeGreaterThan(8);
    expect(metrics.length).toBeGreaterThan(12);
  });

  it.each(alarms)('says in README and operations guide what to do when %s rings', (alarm) => {
    for (const page of ['README.md', 'docs/operations.md']) expect(read(page), page).toContain(`\`${alarm}\``);
  });

  it.each(metrics)('says what %s counts', (metric) => {
    expect(read('docs/operations.md')).toContain(`\`${metric}\``);
  });
});
