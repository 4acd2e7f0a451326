import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../shared/config/config.ts';

/**
 * Puts another configuration beside every bundle, whole: a function that starts meanwhile reads either the old or the new.
 *
 * @param bundles folder with a folder per function
 */
export function writeConfig(bundles: string, config: Config): void {
  const text = JSON.stringify(config);
  for (const name of readdirSync(bundles)) {
    const file = resolve(bundles, name, 'config.json');
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}
