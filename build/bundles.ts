import { basename, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { requireHttp } from './require-http.ts';

export interface Bundle {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly contents: Uint8Array }[];
}

const functions = [
  // Loading node:http by `import` would load all of undici at every cold start; the other function uses fetch anyway.
  { name: 'ingest', plugins: [requireHttp] },
  { name: 'deliver', plugins: [] },
];

/** Bundles every function as minified ESM for Lambda's Node 24, the AWS SDK included. */
export async function buildBundles(root: string): Promise<Bundle[]> {
  return Promise.all(
    functions.map(async ({ name, plugins }) => {
      const { outputFiles = [] } = await build({ ...options(root, name), plugins });
      const files = outputFiles.map(({ path, contents }) => ({ file: basename(path), contents }));
      return { name, files };
    }),
  );
}

const options = (root: string, name: string): BuildOptions => ({
  absWorkingDir: root,
  entryPoints: { index: resolve(root, 'functions', name, 'handler.ts') },
  outdir: resolve(root, 'dist', name),
  outExtension: { '.js': '.mjs' },
  write: false,
  bundle: true,
  minify: true,
  // What only some configurations use, such as Liquid, becomes a file of its own that others never load.
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
});
