import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';

const kib = 1024;
const bundles = await buildBundles(resolve(import.meta.dirname, '../..'));

// What a cold start reads and compiles. A careless import (zod by its braces, X-Ray, a locale table) costs hundreds of KiB.
it.each([
  ['ingest', 360],
  ['deliver', 460],
])('%s loads no more than %i KiB at start', (name, limit) => {
  const bundle = bundles.find((each) => each.name === name);

  expect(bundle?.startBytes).toBeGreaterThan(100 * kib);
  expect(bundle?.startBytes).toBeLessThan(limit * kib);
});

it('keeps what only some configurations use out of the start', () => {
  const deliver = bundles.find(({ name }) => name === 'deliver');

  expect(deliver?.files.some(({ file }) => file.startsWith('liquid'))).toBe(true);
  expect(deliver?.startBytes).toBeLessThan(deliver?.totalBytes ?? 0);
});
