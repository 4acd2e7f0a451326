import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';

const kib = 1024;
const bundles = await buildBundles(resolve(import.meta.dirname, '../..'));

// What a cold start reads and compiles. A careless import (zod by its braces, X-Ray, a locale table) costs hundreds of KiB.
describe.each([
  ['ingest', 300],
  ['deliver', 440],
])('the bundle of %s', (name, limit) => {
  const { startBytes = 0, startInputs = {} } = bundles.find((each) => each.name === name) ?? {};
  const files = Object.keys(startInputs);

  it(`loads no more than ${limit} KiB at start`, () => {
    expect(startBytes).toBeGreaterThan(100 * kib);
    expect(startBytes).toBeLessThan(limit * kib);
  });

  it.each([
    ['a language of zod but English', /zod\/v4\/locales\/(?!en\.js$)/],
    ['X-Ray', /aws-xray-sdk/],
    ['Liquid', /liquidjs/],
    [
      'credentials of other places than Lambda',
      /node_modules.*(credential-provider-(?!env)|nested-clients|token-providers)/,
    ],
  ])('holds nothing of %s', (_, file) => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((each) => file.test(each))).toEqual([]);
  });

  it('reads the credentials of the function from its environment', () => {
    expect(files.filter((file) => file.includes('credential-provider-env/'))).not.toEqual([]);
  });
});

describe('the bundle of deliver', () => {
  const deliver = bundles.find(({ name }) => name === 'deliver');

  it('keeps what only some configurations use out of the start', () => {
    expect(deliver?.files.some(({ file }) => file.startsWith('liquid'))).toBe(true);
    expect(deliver?.startBytes).toBeLessThan(deliver?.totalBytes ?? 0);
  });

  it('loads the SQS client only when something is put back or given up', () => {
    expect(Object.keys(deliver?.startInputs ?? {}).filter((file) => file.includes('client-sqs'))).toEqual([]);
    expect(deliver?.files.some(({ file }) => file.startsWith('open-queue'))).toBe(true);
  });

  it('reads no more of the currencies than their codes', () => {
    const table = Object.entries(deliver?.startInputs ?? {}).filter(([file]) => file.includes('currency-codes/data'));

    expect(table).toHaveLength(1);
    expect(table[0]?.[1]).toBeLessThan(4 * kib);
  });
});
