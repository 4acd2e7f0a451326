import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** A module whose functions hardly any event needs, though those that do need them at once. */
interface RareModule {
  readonly source: string;
  /** Everything that it exports. */
  readonly functions: readonly string[];
}

export const rareModules = {
  // Most senders write countries as codes.
  'country-names.cjs': {
    source: 'shared/meta/user-data/normalisers/country-names.ts',
    functions: ['countryNames'],
  },
} as const satisfies Readonly<Record<string, RareModule>>;

/**
 * Leaves rare modules to files of their own, which are read at the first call of one of their functions, by `require`: the call
 * waits for it, so that its callers need not be asynchronous. No cold start reads them.
 */
export const rareModulesApart: Plugin = {
  name: 'rare-modules-apart',
  setup(plugins) {
    for (const [file, { source, functions }] of Object.entries<RareModule>(rareModules)) {
      const filter = new RegExp(`[\\\\/]${source.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
      plugins.onLoad({ filter }, () => ({ contents: stubOf(file, functions), loader: 'js' }));
    }
  },
};

const stubOf = (file: string, functions: readonly string[]): string =>
  [
    "import { createRequire } from 'node:module';",
    'const load = createRequire(import.meta.url);',
    ...functions.map((name) => `export const ${name} = (...given) => load('./${file}').${name}(...given);`),
  ].join('\n');

/** Bundles the rare modules, each with all that it needs. */
export const buildRareModules = (root: string, options: BuildOptions) =>
  Promise.all(
    Object.entries(rareModules).map(async ([file, { source }]) => {
      const { outputFiles = [] } = await build({
        ...options,
        entryPoints: [resolve(root, source)],
        format: 'cjs',
        banner: {},
        write: false,
        outfile: resolve(root, 'dist', file),
      });
      return { file, contents: outputFiles[0]?.contents ?? new Uint8Array() };
    }),
  );
