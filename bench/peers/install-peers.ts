import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folder of the peers' package.json, and of their node_modules. */
const folder = import.meta.dirname;

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}
const read = (file: string): PackageJson => JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as PackageJson;

/** Peers whose exact version is not installed. */
export const missingPeers = (): string[] =>
  Object.entries(read('package.json').dependencies)
    .filter(([name, version]) => {
      const file = `node_modules/${name}/package.json`;
      return !existsSync(resolve(folder, file)) || read(file).version !== version;
    })
    .map(([name, version]) => `${name}@${version}`);

/** Installs the peers where they are missing: without their scripts, and outside of the project's lock file. */
export function installPeers(say: (line: string) => void): void {
  const missing = missingPeers();
  if (missing.length === 0) return;
  say(`installs ${missing.join(' and ')} into bench/peers/node_modules …`);
  const quiet = ['--no-package-lock', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', ['install', '--ignore-scripts', ...quiet, '--prefix', folder], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status === 0) return;
  throw new Error(
    `The peers could not be installed from the npm registry:\n${(stderr ?? '').trim()}\n` +
      'Run `npm install --ignore-scripts` in bench/peers where it can be reached, or leave --peers out.',
  );
}
