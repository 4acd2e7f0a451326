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
  // Numbers without a plus sign, read by the country beside them.
  'calling-codes.cjs': {
    source: 'shared/meta/user-data/normalisers/calling-codes.ts',
    functions: ['callingCodes'],
  },
  // Libraries write ISO 8601.
  'time-forms.cjs': { source: 'shared/segment/time-forms.ts', functions: ['unixMs', 'textMs'] },
  'full-name.cjs': { source: 'shared/meta/user-data/full-name.ts', functions: ['splitFullName'] },
  // Looked for where a text has a sign of one.
  'find-email-addresses.cjs': {
    source: 'shared/meta/privacy/find-email-addresses.ts',
    functions: ['findEmailAddresses'],
  },
  'md5.cjs': { source: 'shared/lib/md5.ts', functions: ['md5Hex'] },
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
    'let loaded;',
    `const load = () => (loaded ??= createRequire(import.meta.url)('./${file}'));`,
    ...functions.map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
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
