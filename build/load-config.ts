import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config, ConfigInput } from '../shared/config/config.ts';
import { defineConfig } from '../shared/config/define-config.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { compileDestinations } from '../shared/meta/compile-destinations.ts';
import { sha256Hex } from '../shared/lib/sha256/sha256-hex.ts';

/**
 * Loads a configuration file and checks it whole: its form, its references, and every trigger and mapping.
 *
 * @throws ConfigurationError that names the file and every problem
 */
export async function loadConfig(file: string): Promise<Config> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: ConfigInput };
    if (module.default === undefined) throw new ConfigurationError('The file has no default export.', []);
    const config = defineConfig(module.default);
    await compileDestinations(config, sha256Hex);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`${relative(process.cwd(), file)}: ${error.message.split('\n', 1)[0]}`, error.issues);
  }
}
