import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildBundles } from './bundles.ts';
import { loadConfig } from './load-config.ts';

/** Fills `dist/<environment>/<function>/` with a bundle and its configuration: what CDK deploys and `npm start` runs. */
const root = resolve(import.meta.dirname, '..');
const environments = ['development', 'staging', 'production', 'local'];

try {
  const configs = await Promise.all(
    environments.map(async (name) => [name, await loadConfig(resolve(root, 'config', `${name}.ts`))] as const),
  );
  const bundles = await buildBundles(root);
  const dist = resolve(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  for (const [environment, config] of configs) {
    for (const { name, files } of bundles) {
      const directory = resolve(dist, environment, name);
      mkdirSync(directory, { recursive: true });
      for (const { file, contents } of files) writeFileSync(resolve(directory, file), contents);
      writeFileSync(resolve(directory, 'config.json'), JSON.stringify(config));
    }
  }
  for (const { name, files } of bundles) {
    const sizes = files.map(({ file, contents }) => `${file} ${Math.ceil(contents.byteLength / 1024)} KiB`);
    console.log(`built ${name}: ${sizes.join(', ')}`);
  }
} catch (error) {
  // A faulty configuration names its problems; a stack would bury them.
  console.error(error instanceof Error && error.name === 'ConfigurationError' ? error.message : error);
  process.exitCode = 1;
}
