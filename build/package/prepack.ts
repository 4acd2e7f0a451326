import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { packaged, withEmittedNames } from './manifest.ts';

/** Before `npm pack`: emits what the package exports to `lib/` and lets `package.json` point there. `postpack` turns that back. */
const root = resolve(import.meta.dirname, '../..');
const manifest = join(root, 'package.json');
const kept = join(root, 'lib/package.json.source');

function run(script: string, ...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
}

rmSync(join(root, 'lib'), { recursive: true, force: true });
run(join(root, 'build/build.ts'));
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
run(join(typescript, 'bin/tsc'), '-p', 'tsconfig.package.json');
for (const file of globSync('lib/**/*.d.ts', { cwd: root })) {
  const path = join(root, file);
  writeFileSync(path, withEmittedNames(readFileSync(path, 'utf8')));
}
// Deployed as they stand, so the compiler does not know of them.
cpSync(join(root, 'cdk/constructs/origin-check'), join(root, 'lib/cdk/constructs/origin-check'), { recursive: true });

const source = readFileSync(manifest, 'utf8');
writeFileSync(kept, source);
writeFileSync(manifest, `${JSON.stringify(packaged(JSON.parse(source)), null, 2)}\n`);
