import { createRequire } from 'node:module';

/** Requires from the peers' own packages, which are installed on demand: nothing here knows their types. */
const require = createRequire(import.meta.url);

/** @param from package that `name` is a dependency of */
export function peerPackage(name: string, from?: string): unknown {
  return (from === undefined ? require : createRequire(require.resolve(from)))(name) as unknown;
}

export const versionOf = (name: string): string =>
  (peerPackage(`${name}/package.json`) as { readonly version: string }).version;

export const resolvePackage = (name: string): string => require.resolve(name);

/** Puts something in the place of a package, before another package requires it. */
export function replacePackage(name: string, from: string, replace: (own: object) => object): void {
  const requireThere = createRequire(require.resolve(from));
  const own = requireThere(name) as object;
  const loaded = require.cache[requireThere.resolve(name)];
  if (loaded === undefined) throw new Error(`${name} was not loaded.`);
  loaded.exports = replace(own);
}
