import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

const filesIn = (folder: string): string[] => globSync(`${folder}/**/*.{ts,cjs,mjs}`, { cwd: root }).sort();

const textOf = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** The code without its comments, which may speak of anything. A `//` after a colon belongs to a URL. */
const codeOf = (file: string): string => textOf(file).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

/** Specifiers that a file imports, exports from, requires, or imports when it runs. */
const importsOf = (file: string): string[] =>
  [...codeOf(file).matchAll(/(?:\bfrom\s+|^import\s+|\b(?:import|require)\(\s*)['"`]([^'"`]+)['"`]/gm)].map(
    ([, specifier = '']) => specifier,
  );

/** Folders of the project, and packages, that a file reaches into. */
const reachOf = (file: string): string[] =>
  importsOf(file).map((specifier) =>
    specifier.startsWith('.')
      ? (relative(root, resolve(root, dirname(file), specifier)).split('/')[0] ?? '')
      : specifier,
  );

describe('shared', () => {
  const files = filesIn('shared');
  const allowed = [
    'shared',
    'zod',
    'zod/mini',
    'node:buffer',
    'node:crypto',
    'node:zlib',
    'currency-codes',
    'i18n-iso-countries/codes.json',
    'i18n-iso-countries/langs/en.json',
  ];

  it('is found', () => {
    expect(files).toContain('shared/ingest/ingest.ts');
    expect(importsOf('shared/mapping/liquid.ts')).toContain('liquidjs');
    expect(reachOf('shared/ingest/ingest.ts')).toContain('shared');
  });

  it.each(files)('%s imports nothing but its own and pure packages', (file) => {
    const more = file === 'shared/mapping/liquid.ts' ? ['liquidjs'] : [];

    expect(reachOf(file).filter((reach) => ![...allowed, ...more].includes(reach))).toEqual([]);
  });

  it.each(files)('%s knows no environment, no clock, no chance and no console', (file) => {
    expect(codeOf(file)).not.toMatch(
      /\bprocess\b|\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\b|\bMath\.random\b|\brandomUUID\b|\bconsole\b/,
    );
  });

  it('loads Liquid only when a mapping asks for it', () => {
    expect(codeOf('shared/mapping/liquid.ts')).not.toMatch(/^import (?!type)[^;]*'liquidjs'/m);
  });
});

describe('arrows between the folders', () => {
  it.each(
    [
      ['local', ['functions', 'test', 'cdk']],
      ['commands', ['functions', 'test', 'cdk']],
      ['functions', ['local', 'cdk', 'build', 'config', 'test']],
      ['cdk', ['functions', 'local', 'test']],
      ['build', ['local', 'cdk', 'test']],
      ['config', ['functions', 'local', 'cdk', 'build', 'test']],
    ].flatMap(([folder, forbidden]) => filesIn(String(folder)).map((file) => ({ file, forbidden }))),
  )('$file points inward', ({ file, forbidden = [] }) => {
    expect(reachOf(file).filter((reach) => forbidden.includes(reach))).toEqual([]);
  });

  it.each([...filesIn('config'), ...filesIn('examples/presets'), 'examples/example.ts', 'docs/samples/shop-sales.ts'])(
    '%s imports the authoring surface alone',
    (file) => {
      const own = importsOf(file).filter((specifier) => !/^\.\/[\w-]+\.ts$/.test(specifier));

      expect(own.filter((specifier) => specifier !== 'meta-conversions-pipeline/config')).toEqual([]);
    },
  );

  it.each(filesIn('functions').filter((file) => file !== 'functions/settings.ts'))(
    '%s leaves the environment to settings.ts',
    (file) => {
      expect(codeOf(file)).not.toMatch(/\bprocess\.env\b|\benv\b/);
    },
  );
});

/** Files of the project that a file imports, types included. */
const filesImportedBy = (file: string): string[] =>
  importsOf(file)
    .map((specifier) =>
      specifier === 'meta-conversions-pipeline/config' ? `${up(file)}shared/authoring.ts` : specifier,
    )
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(root, resolve(root, dirname(file), specifier)));

const up = (file: string): string => `./${'../'.repeat(file.split('/').length - 1)}`;

describe('rooms of shared', () => {
  // An arrow may only point down; rooms of one line do not know each other.
  const layers = [
    ['authoring.ts'],
    ['explain'],
    ['alarms', 'delivery', 'ingest', 'meta'],
    ['record'],
    ['queue'],
    ['segment', 'fql'],
    ['config', 'mapping'],
    ['errors.ts'],
    ['reasons', 'lib', 'dedup'],
  ];
  const roomOf = (file: string): string => file.split('/')[1] ?? '';
  const levelOf = (room: string): number => layers.findIndex((layer) => layer.includes(room));
  const files = filesIn('shared');

  it('are all known', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => levelOf(room) < 0)).toEqual([]);
  });

  it.each(files)('%s imports from its own room and those below', (file) => {
    const upward = filesImportedBy(file)
      .filter((target) => target.startsWith('shared/') && roomOf(target) !== roomOf(file))
      .filter((target) => levelOf(roomOf(target)) <= levelOf(roomOf(file)));

    expect(upward).toEqual([]);
  });
});

describe('imports', () => {
  const folders = [
    'shared',
    'functions',
    'local',
    'commands',
    'cdk',
    'config',
    'build',
    'bench',
    'docs',
    'examples',
    'test',
  ];
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,cjs,mjs}`, { cwd: root }));
  const imports = new Map(files.map((file) => [file, filesImportedBy(file)]));

  /** The files on a way from one file back to itself. */
  function circleOf(start: string): readonly string[] {
    const cameFrom = new Map<string, string>();
    const waiting = [start];
    for (const file of waiting) {
      for (const next of imports.get(file) ?? []) {
        if (next === start) {
          const way = [file];
          for (let at = cameFrom.get(file); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
          return way;
        }
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, file);
        waiting.push(next);
      }
    }
    return [];
  }

  it('finds the files', () => {
    expect(imports.get('functions/ingest/handler.ts')).toContain('shared/ingest/ingest.ts');
  });

  it.each(files)('%s is on no circle', (file) => {
    expect(circleOf(file)).toEqual([]);
  });
});

describe('doc comments', () => {
  const files = ['shared', 'functions', 'commands', 'local', 'cdk', 'browser', 'build', 'bench', 'test']
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
    // Its comments are the help of fields, which is written for users.
    .filter((file) => file !== 'shared/meta/actions/field-types.ts');

  it('begin with the thing that they are about', () => {
    const others = files.filter((file) => /\/\*\*[\s*]*What\s/.test(textOf(file)));

    expect(others).toEqual([]);
  });
});
