import { hash } from 'node:crypto';
import { appendFileSync, cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../build/bundles.ts';
import { loadConfig } from '../../build/load-config.ts';
import { writeBundles } from '../../build/write-bundles.ts';
import packageLock from '../../package-lock.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'reproducible-'));
const checkout = join(temporary, 'checkout');
const elsewhere = join(temporary, 'deeper', 'another checkout');

/** Folders of what the functions run on, as the lock file has them. */
const runtimePackages = Object.entries(packageLock.packages)
  .filter(([path, entry]) => path !== '' && !('dev' in entry) && !('optional' in entry))
  .map(([path]) => path);

/** Digests of the files that CDK would upload of a project, by path. */
async function digestsOf(project: string): Promise<Readonly<Record<string, string>>> {
  const directory = mkdtempSync(join(temporary, 'built-'));
  writeBundles(directory, await buildBundles(project), await loadConfig(join(root, 'config/production.ts')));
  const files = globSync('*/*', { cwd: directory }).sort();
  return Object.fromEntries(files.map((file) => [file, hash('sha256', readFileSync(join(directory, file)))]));
}

const without = (prefix: string, digests: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(digests).filter(([file]) => !file.startsWith(prefix)));

beforeAll(() => {
  for (const path of ['browser', 'functions', 'shared', 'package.json', 'tsconfig.json', ...runtimePackages]) {
    cpSync(join(root, path), join(checkout, path), { recursive: true });
  }
}, 60_000);
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('the build', () => {
  it('gives the same bytes wherever the project lies, and others only for the function that was changed', async () => {
    const here = await digestsOf(checkout);
    mkdirSync(join(temporary, 'deeper'));
    renameSync(checkout, elsewhere);
    const moved = await digestsOf(elsewhere);
    appendFileSync(join(elsewhere, 'functions/ingest/handler.ts'), 'export const changed = true;\n');
    const changed = await digestsOf(elsewhere);

    expect(Object.keys(here)).toEqual(
      expect.arrayContaining(['deliver/config.json', 'deliver/index.mjs', 'ingest/config.json', 'ingest/index.mjs']),
    );
    expect(moved).toEqual(here);
    expect(changed['ingest/index.mjs']).not.toBe(here['ingest/index.mjs']);
    expect(without('ingest/', changed)).toEqual(without('ingest/', here));
  }, 60_000);
});
