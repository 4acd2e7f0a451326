import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

/** Of the currency table only the codes are read, a twentieth of it: names, numbers and countries stay out of the bundle. */
export const currencyTable: Plugin = {
  name: 'currency-table',
  setup(build) {
    build.onLoad({ filter: /[\\/]currency-codes[\\/]data\.js$/ }, ({ path }) => {
      const table = createRequire(import.meta.url)(path) as readonly { readonly code: string }[];
      return { contents: `module.exports = ${JSON.stringify(table.map(({ code }) => ({ code })))};`, loader: 'js' };
    });
  },
};
