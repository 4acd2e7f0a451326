import { resolve } from 'node:path';
import type { Config } from '../shared/config/config.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { notMirrored } from '../shared/meta/pixel/pixel-program-of.ts';
import { buildBundles, buildAlarmFunctions } from './bundles.ts';
import { loadConfigs } from './load-configs.ts';
import { takeNoOptions } from './without-options.ts';
import { writeBundles } from './write-bundles.ts';

/** `npm run build`: fills `dist/<environment>/<function>/`, which CDK deploys. */
takeNoOptions('npm run build: checks every file in config/ and fills dist/<environment>/<function>/');

const root = resolve(import.meta.dirname, '..');
const environments = ['development', 'staging', 'production'];

const [bundles, ofAlarms, loaded] = await Promise.all([
  buildBundles(root),
  buildAlarmFunctions(root),
  // Only `npm start` runs the last one: it is checked with the others, and not deployed.
  loadConfigs([...environments, 'local'].map((name) => resolve(root, 'config', `${name}.ts`))),
]);
if ('faults' in loaded) {
  // A faulty configuration names its problems; a stack would bury them.
  for (const fault of loaded.faults) console.error(fault instanceof ConfigurationError ? fault.message : fault);
  process.exitCode = 1;
} else {
  for (const [index, name] of environments.entries()) {
    writeBundles(resolve(root, 'dist', name), [...bundles, ...ofAlarms], loaded.configs[index] as Config);
  }
  for (const [index, config] of loaded.configs.entries()) {
    for (const { destination, mapping, reason } of notMirrored(config)) {
      console.warn(
        `${environments[index] ?? 'local'}: pages do not mirror "${mapping}" of "${destination}": ${reason}`,
      );
    }
  }
  for (const { name, startBytes, totalBytes } of bundles) {
    console.log(`built ${name}: ${kib(startBytes)} loaded at start, ${kib(totalBytes)} in all`);
  }
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
