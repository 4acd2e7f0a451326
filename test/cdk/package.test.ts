import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packaged, withEmittedNames } from '../../build/package/manifest.ts';

const root = resolve(import.meta.dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'package-'));
const checkout = join(temporary, 'checkout');
const consumer = join(temporary, 'consumer');
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Code of a company that uses the package: its own configuration and stack. */
const app = `
import { App, Stack } from 'aws-cdk-lib';
import { bundlesFor, ConversionsPipeline, fromConfiguration } from 'meta-conversions-pipeline/cdk';
import { defineConfig, ecommerceMappings } from 'meta-conversions-pipeline/config';
import { environments } from 'meta-conversions-pipeline/environments';
import type { EnvironmentSettings } from 'meta-conversions-pipeline/settings';

const configuration = defineConfig({
  sources: { shop: { writeKeyHashes: ['${'a'.repeat(64)}'], destinations: ['main'] } },
  destinations: {
    main: {
      datasetId: '42',
      accessTokenSecret: 'shop/meta',
      mappings: ecommerceMappings({ actionSource: 'website' }),
    },
  },
});
const settings: EnvironmentSettings = { ...environments.production, region: 'us-east-1', firewall: { requestsPerAddress: 1_000, enforce: true } };
const cloud = new App({ outdir: 'cdk.out' });
new ConversionsPipeline(new Stack(cloud, 'Shop', { env: { region: 'us-east-1' } }), 'Capi', {
  settings,
  ...fromConfiguration(configuration),
  bundles: bundlesFor(configuration, 'bundles'),
});
cloud.synth();
`;

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    outDir: 'out',
    types: ['node'],
  },
  include: ['app.mts'],
};

/** Packs a copy, so that nothing here is another file for a moment; installs what was packed beside what is installed here. */
beforeAll(() => {
  const left = new Set(['node_modules', 'dist', 'lib', 'cdk.out', '.git', '.local', 'coverage', 'test']);
  for (const name of readdirSync(root)) {
    if (!left.has(name)) cpSync(join(root, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  run('npm', ['pack', '--silent', '--offline', '--pack-destination', temporary], checkout);
  const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz')) ?? '';

  const installed = join(consumer, 'node_modules/meta-conversions-pipeline');
  mkdirSync(installed, { recursive: true });
  run('tar', ['xzf', join(temporary, tarball), '--strip-components=1', '-C', installed], temporary);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(consumer, 'node_modules', name));
  }
  writeFileSync(join(consumer, 'package.json'), '{"type": "module"}');
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(tsconfig));
  writeFileSync(join(consumer, 'app.mts'), app);
}, 240_000);
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('what npm packs', () => {
  const installed = join(consumer, 'node_modules/meta-conversions-pipeline');

  it('leaves the checkout as it was', () => {
    expect(readFileSync(join(checkout, 'package.json'), 'utf8')).toBe(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(existsSync(join(checkout, 'lib'))).toBe(false);
  });

  it('holds what it exports, the bundles, and no source or test', () => {
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      exports: Record<string, { types: string; default: string }>;
    };

    expect(Object.keys(exports)).toEqual(expect.arrayContaining(['./cdk', './config', './environments', './settings']));
    for (const each of Object.values(exports).flatMap(({ types, default: code }) => [types, code])) {
      expect(existsSync(join(installed, each)), each).toBe(true);
    }
    for (const fn of ['ingest', 'deliver']) {
      expect(existsSync(join(installed, 'dist/production', fn, 'index.mjs'))).toBe(true);
    }
    expect(existsSync(join(installed, 'test'))).toBe(false);
    expect(readdirSync(installed).toSorted()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'lib', 'package.json'],
    ]);
  });

  // Node strips no types in node_modules.
  it('compiles and synthesizes in a project that has installed it', () => {
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], consumer);
    run(process.execPath, ['out/app.mjs'], consumer);

    const template = JSON.parse(readFileSync(join(consumer, 'cdk.out/Shop.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string }>;
    };
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    // Ingest, deliver, and the firewall's check.
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(3);
    const assets = readdirSync(join(consumer, 'cdk.out')).filter((name) => name.startsWith('asset.'));
    const configurations = assets
      .map((name) => join(consumer, 'cdk.out', name, 'config.json'))
      .filter((file) => existsSync(file))
      .map((file) => JSON.parse(readFileSync(file, 'utf8')));
    expect(configurations).toHaveLength(2);
    for (const each of configurations) expect(each).toMatchObject({ destinations: { main: { datasetId: '42' } } });
  });
});

describe('packaged', () => {
  it('points from a source to what is emitted of it', () => {
    expect(packaged({ name: 'p', exports: { './cdk': './cdk/library.ts' } })).toEqual({
      name: 'p',
      exports: { './cdk': { types: './lib/cdk/library.d.ts', default: './lib/cdk/library.js' } },
    });
  });
});

describe('withEmittedNames', () => {
  it.each([
    ["export { A } from './a.ts';", "export { A } from './a.js';"],
    ["let b: import('../b.ts').B;", "let b: import('../b.js').B;"],
    ["import type { C } from 'c.ts';", "import type { C } from 'c.ts';"],
  ])('%s becomes %s', (given, expected) => {
    expect(withEmittedNames(given)).toBe(expected);
  });
});
