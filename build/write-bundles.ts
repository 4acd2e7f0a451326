import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../shared/config/config.ts';
import type { Bundle } from './bundles.ts';

/** Lays out `<directory>/<function>/`: the bundle and, beside it, the configuration it reads at cold start. */
export function writeBundles(
  directory: string,
  bundles: readonly Pick<Bundle, 'name' | 'files'>[],
  config: Config,
): void {
  rmSync(directory, { recursive: true, force: true });
  for (const { name, files } of bundles) {
    const target = resolve(directory, name);
    mkdirSync(target, { recursive: true });
    for (const { file, contents } of files) writeFileSync(resolve(target, file), contents);
    writeFileSync(resolve(target, 'config.json'), JSON.stringify(config));
  }
}
