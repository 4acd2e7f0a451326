import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { fieldTypes } from '../../../../docs/generate/field-types.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import type { Field, Fields } from '../../../../shared/meta/event/field.ts';

const root = resolve(import.meta.dirname, '../../../..');
const folder = await mkdtemp(join(root, 'test/.types-'));
afterAll(() => rm(folder, { recursive: true }));

/** The same whatever the formatter made of it. */
const plain = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll('<|', '<');

/**
 * Each name of a field, with what stands around it as source text.
 *
 * @param isDeep within directives as well
 */
function* namesIn(
  fields: Fields,
  around: (inner: string) => string,
  isDeep: boolean,
): Generator<[string, (inner: string) => string]> {
  for (const [name, { properties, type }] of Object.entries<Field>(fields)) {
    yield [name, around];
    if (properties === undefined) continue;
    yield* namesIn(properties, (inner) => around(`${name}: { ${inner} }`), isDeep);
    if (!isDeep) continue;
    yield* namesIn(properties, (inner) => around(`${name}: { '@if': { exists: 1, then: { ${inner} } } }`), false);
    if (type === 'products') {
      yield* namesIn(properties, (inner) => around(`${name}: { '@arrayPath': ['$.x', { ${inner} }] }`), false);
    }
  }
}

/** The name without its second letter: no field is called so. */
const misspelt = (name: string): string => `${name[0]}${name.slice(2)}_`;

async function faultsOf(statements: readonly string[]): Promise<string> {
  const source = [
    `import { defineConfig } from ${JSON.stringify(`./${relative(folder, resolve(root, 'shared/authoring.ts'))}`)};`,
    "const about = { datasetId: '1', accessTokenSecret: 'x' };",
    ...statements,
  ].join('\n');
  await writeFile(join(folder, 'mappings.ts'), source);
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['mappings.ts'], exclude: [] }),
  );
  const tsc = resolve(root, 'node_modules/typescript/bin/tsc');
  return promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

const statement = (action: string, fields: string): string =>
  `defineConfig({ sources: {}, destinations: { a: { ...about, mappings: [{ name: 'a', action: '${action}', fields: { ${fields} } }] } } });`;

const every = Object.entries(actions).flatMap(([action, { fields }]) =>
  [...namesIn(fields, (inner) => inner, action === 'standard')].map(([name, around]) => ({ action, name, around })),
);

describe('the types of the fields', () => {
  it('are those of the table', async () => {
    const file = await readFile(resolve(root, 'shared/meta/actions/field-types.ts'), 'utf8');
    expect(plain(file)).toBe(plain(fieldTypes()));
  });

  it('take every field of every action, wherever it stands', { timeout: 120_000 }, async () => {
    const right = every.map(({ action, name, around }) => statement(action, around(`${name}: { '@path': '$.x' }`)));
    expect(await faultsOf(right)).toBe('');
  });

  it('refuse every field of every action that is misspelt', { timeout: 120_000 }, async () => {
    const wrong = every.flatMap(({ action, name, around }) => [
      '// @ts-expect-error misspelt',
      statement(action, around(`${misspelt(name)}: { '@path': '$.x' }`)),
    ]);
    expect(await faultsOf(wrong)).toBe('');
  });

  it('refuse values that Meta does not know, and take a mapping that was imported as it is', async () => {
    expect(
      await faultsOf([
        '// @ts-expect-error no action source',
        statement('purchase', "action_source: 'web'"),
        '// @ts-expect-error no standard event',
        statement('standard', "event_name: 'Newsletter'"),
        '// @ts-expect-error of another action',
        statement('purchase', "search_string: 'x'"),
        '// @ts-expect-error no action',
        statement('purchased', ''),
        '// @ts-expect-error misspelt, though it is written out whole',
        "defineConfig({ sources: {}, destinations: { a: { ...about, mappings: [{ name: 'a', action: 'purchase', defaults: false, fields: { valeu: 1 } }] } } });",
        'declare const exported: { name: string; action: string; fields: Record<string, unknown> };',
        'defineConfig({ sources: {}, destinations: { a: { ...about, mappings: [{ ...exported, defaults: false }] } } });',
      ]),
    ).toBe('');
  });
});
