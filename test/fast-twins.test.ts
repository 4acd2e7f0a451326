import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** Files of shared with a fast twin: the comment of each begins with, or ends in, these words. */
const twins = globSync('shared/**/*.ts', { cwd: root })
  .filter((file) => /fast twin of/i.test(textOf(file)))
  .sort();

/** Files that the tests with such a property import. */
const tested = globSync('test/shared/**/*.test.ts', { cwd: root })
  .filter((file) => /it(?:\.each\([^\n]*\))?\('fast equals general/.test(textOf(file)) && /\bseed: /.test(textOf(file)))
  .flatMap((file) =>
    [...textOf(file).matchAll(/from '(\.[^']+)'/g)].map(([, specifier = '']) =>
      relative(root, resolve(root, dirname(file), specifier)),
    ),
  );

describe('a fast twin', () => {
  it.each([
    'shared/lib/json/json-members.ts',
    'shared/lib/json/json-text.ts',
    'shared/lib/sha256/sha256-lanes.ts',
    'shared/mapping/lookups.ts',
    'shared/meta/event/compile-payload.ts',
    'shared/meta/event/custom-data.ts',
    'shared/meta/event/event-time.ts',
    'shared/meta/user-data/match-keys.ts',
    'shared/meta/user-data/normalisers/date-of-birth.ts',
    'shared/meta/user-data/normalisers/ip-address.ts',
    'shared/meta/user-data/normalisers/phone.ts',
  ])('is told as such in %s', (file) => {
    expect(twins).toContain(file);
  });

  it.each(twins)('in %s is held to its general rule by a property with a fixed seed', (file) => {
    expect(tested).toContain(file);
  });
});
