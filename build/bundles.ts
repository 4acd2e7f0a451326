import { basename, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { requireHttp } from './require-http.ts';

export interface Bundle {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly contents: Uint8Array }[];
  /** What a cold start reads: the entry and all it imports statically. */
  readonly startBytes: number;
  readonly totalBytes: number;
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
      const { outputFiles = [], metafile } = await build({ ...options(root, name), plugins, metafile: true });
      const files = outputFiles.map(({ path, contents }) => ({ file: basename(path), contents }));
      const totalBytes = files.reduce((sum, { contents }) => sum + contents.byteLength, 0);
      return { name, files, startBytes: startBytes(metafile), totalBytes };
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

function startBytes({ outputs }: Metafile): number {
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) return 0;
    seen.add(path);
    const imported = output.imports.filter(({ kind }) => kind === 'import-statement');
    return imported.reduce((sum, each) => sum + visit(each.path), output.bytes);
  };
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith('handler.ts'));
  return entry === undefined ? 0 : visit(entry);
}
