import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../shared/config/config.ts';
import type { ConversionsPipelineProps } from './constructs/conversions-pipeline.ts';

/** From a checkout, and from the package, whose code is a folder deeper. */
const built = ['../dist', '../../dist'].map((folder) => resolve(import.meta.dirname, folder, 'production'));

/**
 * Lays out the functions of a configuration in a folder, as `npm run build` does for those in `config/`.
 *
 * @param configuration what `defineConfig` returned, which has checked it
 * @throws Error in a checkout that was not built
 */
export function bundlesFor(configuration: Config, folder: string): ConversionsPipelineProps['bundles'] {
  const from = built.find((each) => existsSync(each));
  if (from === undefined) throw new Error('The functions are not built: run `npm run build` in the checkout.');
  const place = (name: string): string => {
    const target = join(folder, name);
    mkdirSync(target, { recursive: true });
    cpSync(join(from, name), target, { recursive: true });
    writeFileSync(join(target, 'config.json'), JSON.stringify(configuration));
    return target;
  };
  return { ingest: place('ingest'), deliver: place('deliver'), notify: place('notify'), watch: place('watch') };
}
