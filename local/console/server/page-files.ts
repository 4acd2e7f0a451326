import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

export interface PageFile {
  readonly contentType: string;
  readonly contents: Uint8Array;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/**
 * Bundles the page: `app.js`, `app.css` and the parts that are loaded when they are needed, by file name. Takes some
 * 300 ms, so it is left until somebody opens the console.
 *
 * @throws Error when the page has a mistake
 */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: { app: resolve(import.meta.dirname, '../page/app.tsx') },
    outdir: resolve(import.meta.dirname, '../page/out'),
    chunkNames: 'part-[hash]',
    write: false,
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'browser',
    format: 'esm',
    target: ['chrome123', 'firefox125', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = basename(path);
      const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
      return [name, { contentType, contents }];
    }),
  );
}
