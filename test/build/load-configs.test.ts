import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfigs } from '../../build/load-configs.ts';
import { ConfigurationError } from '../../shared/errors.ts';

const local = resolve(import.meta.dirname, '../../config/local.ts');
let folder: string;
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'configs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadConfigs', () => {
  it('loads every file, in order', async () => {
    const second = file('second.mjs', 'export default { sources: {}, destinations: {} };');

    expect(await loadConfigs([local, second])).toEqual({
      configs: [expect.objectContaining({ sources: { local: expect.anything() } }), { sources: {}, destinations: {} }],
    });
  });

  it('gives the faults of all files at once', async () => {
    const wrong = file('wrong.mjs', 'export default { sources: 1, destinations: {} };');
    const broken = file('broken.mjs', 'throw new TypeError("broken");');

    expect(await loadConfigs([wrong, local, broken])).toEqual({
      faults: [expect.any(ConfigurationError), expect.objectContaining({ message: 'broken' })],
    });
  });
});
