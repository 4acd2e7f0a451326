import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

interface LeanTable {
  /** Path of the file in a package. */
  readonly file: RegExp;
  /** As much of the file's contents as is read. */
  readonly keep: (contents: never) => unknown;
}

const tables: readonly LeanTable[] = [
  // Of currencies their codes; not the names, numbers and countries.
  {
    file: /[\\/]currency-codes[\\/]data\.js$/,
    keep: (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => ({ code })),
  },
  // Of countries their codes of two and three letters; not the numbers.
  {
    file: /[\\/]i18n-iso-countries[\\/]codes\.json$/,
    keep: (rows: readonly (readonly string[])[]) => rows.map(([alpha2, alpha3]) => [alpha2, alpha3]),
  },
  // Of a client's manifest the version, which is in the user agent that AWS sees.
  {
    file: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/,
    keep: ({ version }: { readonly version: string }) => ({ version }),
  },
];

/** Leaves out of the bundle what is read by nobody of the tables and manifests that packages carry. */
export const leanTables: Plugin = {
  name: 'lean-tables',
  setup(build) {
    for (const { file, keep } of tables) {
      build.onLoad({ filter: file }, ({ path }) => {
        const isJson = path.endsWith('.json');
        const contents = isJson ? JSON.parse(readFileSync(path, 'utf8')) : createRequire(import.meta.url)(path);
        const lean = JSON.stringify(keep(contents as never));
        return isJson ? { contents: lean, loader: 'json' } : { contents: `module.exports = ${lean};`, loader: 'js' };
      });
    }
  },
};
