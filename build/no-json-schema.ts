import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * Leaves out the part of zod that writes JSON Schema, 19 KiB of every cold start: schemas only parse here. Should
 * something ask for one after all, it is told so.
 */
export const noJsonSchema: Plugin = {
  name: 'no-json-schema',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => {
        const names = Object.keys((await import(pathToFileURL(path).href)) as object);
        return {
          contents: `${absent}export { ${names.map((name) => `absent as ${name}`).join(', ')} };`,
          loader: 'js',
        };
      },
    );
  },
};

/** Zod makes each schema's method by calling one of these, so the first call is none of a user's. */
const absent = `
  const absent = () => () => { throw new Error('JSON Schema is not in the bundle; see build/no-json-schema.ts.'); };
`;
