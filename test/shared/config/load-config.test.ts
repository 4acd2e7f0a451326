import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../build/load-config.ts';
import { ConfigurationError } from '../../../shared/errors.ts';
import { config } from '../../support/factories.ts';

const root = resolve(import.meta.dirname, '../../..');
const directory = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
function configFile(text: string): string {
  files += 1;
  const file = join(directory, `config-${files}.mjs`);
  writeFileSync(file, text);
  return file;
}

async function failure(text: string): Promise<ConfigurationError> {
  const error: unknown = await loadConfig(configFile(text)).catch((thrown: unknown) => thrown);
  if (error instanceof ConfigurationError) return error;
  throw error;
}

describe('loadConfig', () => {
  const shipped = readdirSync(join(root, 'config')).filter((file) => file !== 'environments.ts');

  it.each(shipped)('takes config/%s', async (file) => {
    const loaded = await loadConfig(join(root, 'config', file));

    expect(Object.keys(loaded.sources).length).toBeGreaterThan(0);
    expect(Object.values(loaded.destinations).flatMap(({ mappings }) => mappings).length).toBeGreaterThan(0);
  });

  it('checks a plain object too', async () => {
    expect(await loadConfig(configFile(`export default ${JSON.stringify(config())};`))).toEqual(config());
  });

  it('names the file and the first line of what is wrong', async () => {
    const error = await failure(`export default ${JSON.stringify({ ...config(), destinations: {} })};`);

    expect(error.message.split('\n')[0]).toMatch(/config-\d+\.mjs: The configuration is not valid:$/);
    expect(error.issues.map(({ path }) => path)).toEqual([
      'sources.server.destinations[0]',
      'sources.site.destinations[0]',
    ]);
  });

  it('names the file when the configuration checks itself', async () => {
    const define = pathToFileURL(join(root, 'shared/config/define-config.ts')).href;
    const error = await failure(`import { defineConfig } from '${define}'; export default defineConfig({});`);

    expect(error.message).toMatch(/config-\d+\.mjs: /);
    expect(error.issues.map(({ path }) => path)).toEqual(['sources', 'destinations']);
  });

  it('compiles every trigger and mapping', async () => {
    const { main } = config().destinations;
    const mappings = [
      { name: 'a', action: 'purchase', trigger: 'type =', fields: { action_source: 'website' } },
      { name: 'b', action: 'no such action' },
    ];
    const error = await failure(
      `export default ${JSON.stringify({ ...config(), destinations: { main: { ...main, mappings } } })};`,
    );

    expect(error.issues.map(({ path }) => path)).toEqual([
      'destinations.main.mappings[0].trigger',
      'destinations.main.mappings[1].action',
    ]);
  });

  it('asks for a default export', async () => {
    expect((await failure('export const config = {};')).message).toContain('The file has no default export.');
  });

  it('lets an error of the file itself through as it is', async () => {
    await expect(loadConfig(configFile('throw new TypeError("own mistake");'))).rejects.toThrow(TypeError);
  });
});
