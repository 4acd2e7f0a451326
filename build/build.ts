import { resolve } from 'node:path';
import { ConfigurationError } from '../shared/errors.ts';
import { buildBundles } from './bundles.ts';
import { loadConfig } from './load-config.ts';
import { takeNoOptions } from './without-options.ts';
import { writeBundles } from './write-bundles.ts';

/** `npm run build`: fills `dist/<environment>/<function>/`, which CDK deploys. */
takeNoOptions('npm run build: checks every configuration and fills dist/<environment>/<function>/');

const root = resolve(import.meta.dirname, '..');
const environments = ['development', 'staging', 'production'];

try {
  const [bundles, ...configs] = await Promise.all([
    buildBundles(root),
    ...environments.map((name) => loadConfig(resolve(root, 'config', `${name}.ts`))),
  ]);
  for (const [index, config] of configs.entries()) {
    writeBundles(resolve(root, 'dist', environments[index] as string), bundles, config);
  }
  for (const { name, startBytes, totalBytes } of bundles) {
    console.log(`built ${name}: ${kib(startBytes)} loaded at start, ${kib(totalBytes)} in all`);
  }
} catch (error) {
  // A faulty configuration names its problems; a stack would bury them.
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
