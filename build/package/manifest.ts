/** Of `package.json`, as far as packing changes it. */
export interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
}

/**
 * Manifest of the package: Node strips no types within `node_modules`, so it points to emitted code where the checkout
 * points to its source.
 */
export const packaged = <M extends Manifest>(manifest: M): Omit<M, 'exports'> & { readonly exports: unknown } => ({
  ...manifest,
  exports: Object.fromEntries(
    Object.entries(manifest.exports).map(([name, source]) => {
      const emitted = source.replace(/^\.\//, './lib/').replace(/\.ts$/, '');
      return [name, { types: `${emitted}.d.ts`, default: `${emitted}.js` }];
    }),
  ),
});

/** Within declarations the compiler leaves the names of the sources, which the package does not have. */
export const withEmittedNames = (declarations: string): string =>
  declarations.replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g, '$1.js');
