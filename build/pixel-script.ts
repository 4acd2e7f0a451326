import { resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { minify } from 'terser';

/** The code for pages, minified: what the endpoint serves as `/v1/pixel.js`, and the module for a shop's own build. */
export interface PixelCode {
  readonly script: string;
  readonly module: string;
}

/** Bundles `browser/`. */
export async function buildPixel(root: string): Promise<PixelCode> {
  const [script, module] = await Promise.all([
    bundle(root, 'browser/snippet.ts', 'iife'),
    bundle(root, 'browser/plugin.ts', 'esm'),
  ]);
  return { script, module };
}

async function bundle(root: string, entry: string, format: 'iife' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [resolve(root, entry)],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format,
    // Nothing of the project's own options, such as a "use strict" that modules have anyway.
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  // Another twentieth of what every page loads.
  const { code = '' } = await minify(outputFiles[0]?.text ?? '', {
    ecma: 2020,
    module: format === 'esm',
    compress: { passes: 5, unsafe_arrows: true, pure_getters: true },
  });
  return code;
}

/** Puts the script for pages into the function that serves it. */
export const pixelScript = (root: string): Plugin => ({
  name: 'pixel-script',
  setup(plugins) {
    plugins.onLoad({ filter: /[\\/]functions[\\/]ingest[\\/]pixel-script\.ts$/ }, async () => {
      const { script } = await buildPixel(root);
      return { contents: `export const pixelScript = ${JSON.stringify(script)};`, loader: 'js' };
    });
  },
});
