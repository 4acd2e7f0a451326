import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfiguration } from '../../../local/configuration/read-configuration.ts';

/** A folder with these files, removed after the test. */
function folderOf(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'configuration-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, text: string): void => writeFileSync(join(path, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { at: (name: string): string => join(path, name), write };
}

const config = (mappings: string): string => `${mappings}
  export default {
    sources: { shop: { writeKeyHashes: ['${'a'.repeat(64)}'], destinations: ['main'] } },
    destinations: { main: { datasetId: '1', accessTokenSecret: 'token', mappings } },
  };`;
const lead = (name: string): string =>
  `[{ name: '${name}', action: 'custom', trigger: 'type = "identify"', fields: { event_name: 'Lead', action_source: 'website' } }]`;

describe('readConfiguration', () => {
  it('sees at each call what its files say then, those it imports included', async () => {
    const { at, write } = folderOf({
      'config.ts': config("import { mappings } from './mappings.ts';"),
      'mappings.ts': `export const mappings: object[] = ${lead('First')};`,
    });
    const names = async () => {
      const reading = await readConfiguration(at('config.ts'));
      return 'config' in reading ? reading.config.destinations['main']?.mappings.map(({ name }) => name) : reading;
    };

    const before = await names();
    write('mappings.ts', `export const mappings = ${lead('Second')};`);

    expect([before, await names()]).toEqual([['First'], ['Second']]);
  });

  it('names the files that a change of would matter, but no package', async () => {
    const { at } = folderOf({
      'config.ts': config("import 'node:path'; import { mappings } from './mappings.ts';"),
      'mappings.ts': `import data from './data.json' with { type: 'json' }; export const mappings = data;`,
      'data.json': `[{ "name": "Lead", "action": "custom", "fields": { "event_name": "Lead", "action_source": "website" }, "trigger": "type = \\"page\\"" }]`,
    });

    const reading = await readConfiguration(at('config.ts'));

    expect(reading).toHaveProperty('config');
    expect(reading.files).toEqual([at('config.ts'), at('mappings.ts'), at('data.json')]);
  });

  it.each([
    {
      title: 'a fault of the configuration, with its path',
      text: config(`const mappings = ${lead('Lead').replace('identify', 'identify" and')};`),
      problem: { title: 'is not valid', issues: [{ path: 'destinations.main.mappings[0].trigger' }] },
    },
    {
      title: 'a mistake in writing, with its line',
      text: 'export default {\n  sources: ,\n};',
      problem: { title: 'config.ts:2\nexport default {\n  sources: ,', issues: [] },
    },
    {
      title: 'what the file throws, with its place',
      text: "throw new RangeError('own mistake');",
      problem: { title: 'config.ts:1', issues: [] },
    },
    {
      title: 'no default export',
      text: 'export const config = {};',
      problem: { title: 'no default export', issues: [] },
    },
    {
      title: 'a file that ends its process',
      text: 'process.exit(3);',
      problem: { title: 'ends the process', issues: [] },
    },
    {
      title: 'what is no data',
      text: config(
        `const mappings = [{ ...${lead('Lead')}[0], fields: { event_name: () => 'Lead', action_source: 'website' } }];`,
      ),
      problem: { title: 'is not valid', issues: [{ message: expect.stringContaining('it is a function') }] },
    },
  ])('tells $title', async ({ text, problem: { title, issues } }) => {
    const { at } = folderOf({ 'config.ts': text });

    const reading = await readConfiguration(at('config.ts'));

    expect(reading).toMatchObject({ problem: { title: expect.stringContaining(title) } });
    if ('problem' in reading) {
      expect(reading.problem.issues).toMatchObject(issues);
      expect(reading.problem.title).not.toMatch(/node:internal|reader-thread/);
    }
  });

  it('names a file that is not there, so that its coming can be waited for', async () => {
    const { at } = folderOf({ 'config.ts': config("import { mappings } from './missing.ts';") });

    const reading = await readConfiguration(at('config.ts'));

    expect(reading).toMatchObject({ problem: { title: expect.stringContaining('missing.ts') } });
    expect(reading.files).toEqual([at('config.ts'), at('missing.ts')]);
  });

  it('is given up at once when that is asked for', async () => {
    const { at } = folderOf({ 'config.ts': 'await new Promise(() => setInterval(() => {}, 1000));' });
    const stop = new AbortController();

    const reading = readConfiguration(at('config.ts'), stop.signal);
    stop.abort();

    expect(await reading).toHaveProperty('problem');
  });
});
