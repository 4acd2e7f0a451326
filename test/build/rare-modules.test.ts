import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { buildRareModules, rareModules, rareModulesApart } from '../../build/rare-modules.ts';
import { country } from '../../shared/meta/user-data/normalisers/country.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = await mkdtemp(join(root, 'test/.rare-'));
afterAll(() => rm(folder, { recursive: true }));

const options = { absWorkingDir: root, bundle: true, platform: 'node', logLevel: 'warning' } as const;
const files = await buildRareModules(root, options);

describe.each(Object.entries(rareModules))('the rare module %s', (file, { source, functions }) => {
  it('has every export of its source in the table, and functions only', async () => {
    const module = (await import(resolve(root, source))) as Readonly<Record<string, unknown>>;

    expect(Object.keys(module).sort()).toEqual([...functions].sort());
    expect(Object.values(module).every((each) => typeof each === 'function')).toBe(true);
  });

  it('stands in a file of its own', () => {
    expect(files.find((each) => each.file === file)?.contents.byteLength).toBeGreaterThan(0);
  });
});

describe('a bundle with the rare modules apart', () => {
  it('has none of them, and takes from them what an event needs at once', async () => {
    const { outputFiles } = await build({
      ...options,
      stdin: {
        contents: "export { country } from './shared/meta/user-data/normalisers/country.ts';",
        resolveDir: root,
      },
      write: false,
      format: 'esm',
      plugins: [rareModulesApart],
    });
    const [{ text } = { text: '' }] = outputFiles;
    await writeFile(join(folder, 'index.mjs'), text);
    for (const { file, contents } of files) await writeFile(join(folder, file), contents);
    const bundle = (await import(pathToFileURL(join(folder, 'index.mjs')).href)) as {
      readonly country: typeof country;
    };
    const context = { now: new Date('2026-03-10T12:00:00.000Z'), country: undefined };

    expect(text).not.toContain('Afghanistan');
    for (const name of ['de', 'Deutschland', 'Korea, Republic of', 'United Kingdom (UK)', 'Narnia', 'Türkiye']) {
      expect(bundle.country(name, context), name).toBe(country(name, context));
    }
    expect(bundle.country('Deutschland', context)).toBe('de');
  });
});
