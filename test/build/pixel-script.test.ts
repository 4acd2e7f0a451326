import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildPixel } from '../../build/pixel-script.ts';

const code = await buildPixel(resolve(import.meta.dirname, '../..'));

// Every page of a shop loads it before anything else can be measured.
describe.each(['script', 'module'] as const)('the %s for pages', (name) => {
  const text = code[name];

  it('is no larger than 4 KB in gzip', () => {
    const { length } = gzipSync(text, { level: 9 });

    expect(length).toBeGreaterThan(2_000);
    expect(length).toBeLessThanOrEqual(4_096);
  });

  it('needs nothing that a strict content security policy forbids', () => {
    expect(text).not.toMatch(/\beval\b|new Function|innerHTML|document\.write/);
  });

  it('talks to nobody but the pipeline and Meta', () => {
    expect(text.match(/https?:\/\/[^"'`]+/g)).toEqual(['https://connect.facebook.net/en_US/fbevents.js']);
  });
});
