import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';

const kib = 1024;
const bundles = await buildBundles(resolve(import.meta.dirname, '../..'));

// What a cold start reads and compiles. A careless import (zod by its braces, X-Ray, a locale table) costs hundreds of KiB.
describe.each([
  ['ingest', 230],
  ['deliver', 383],
])('the bundle of %s', (name, limit) => {
  const { startBytes = 0, startInputs = {} } = bundles.find((each) => each.name === name) ?? {};
  const files = Object.keys(startInputs);

  it(`loads no more than ${limit} KiB at start`, () => {
    expect(startBytes).toBeGreaterThan(100 * kib);
    expect(startBytes).toBeLessThan(limit * kib);
  });

  it.each([
    ["zod's classic half, or a language of it", /zod\/v4\/(classic|locales)\//],
    ['X-Ray', /aws-xray-sdk/],
    ['Liquid', /liquidjs/],
    ['hashes in JavaScript', /(Md5|Sha256)Js\.js$/],
    [
      'credentials of other places than Lambda',
      /node_modules.*(credential-provider-(?!env)|nested-clients|token-providers)/,
    ],
  ])('holds nothing of %s', (_, file) => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((each) => file.test(each))).toEqual([]);
  });

  it('keeps the schema of a configuration, and the zod of it, in a file that is loaded for CONFIG_FILE alone', () => {
    const names = bundles.find((each) => each.name === name)?.files.map(({ file }) => file);

    expect(names).toContain('config-check.mjs');
    expect(files).not.toContain('shared/config/config.ts');
  });

  it('holds no more of the manifest of a client than its version', () => {
    const manifests = Object.entries(startInputs).filter(([file]) =>
      /client-(sqs|secrets-manager)\/package\.json$/.test(file),
    );

    expect(manifests).toHaveLength(1);
    expect(manifests[0]?.[1]).toBeLessThan(100);
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

  it.each(['currency-codes/data.js', 'i18n-iso-countries/codes.json'])('reads no more of %s than the codes', (name) => {
    const table = Object.entries(deliver?.startInputs ?? {}).filter(([file]) => file.includes(name));

    expect(table).toHaveLength(1);
    expect(table[0]?.[1]).toBeLessThan(4 * kib);
  });
});
