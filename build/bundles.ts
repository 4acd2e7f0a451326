import { basename, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { configCheck, configCheckApart } from './config-check.ts';
import { leanTables } from './lean-tables.ts';
import { lambdaCredentials } from './lambda-credentials.ts';
import { noJsonSchema } from './no-json-schema.ts';
import { noSoftHashes } from './no-soft-hashes.ts';
import { pixelScript } from './pixel-script.ts';
import { buildRareModules, rareModulesApart } from './rare-modules.ts';
import { requireHttp } from './require-http.ts';

export interface Bundle {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly contents: Uint8Array }[];
  /** Bytes that a cold start reads: the entry and all it imports statically. */
  readonly startBytes: number;
  readonly totalBytes: number;
  /** Source files that are read at a cold start, with their bytes in the bundle. */
  readonly startInputs: Readonly<Record<string, number>>;
}

const functions = ['ingest', 'deliver'];

/** Bundles every function as minified ESM for Lambda's Node 24, the AWS SDK included. */
export async function buildBundles(root: string): Promise<Bundle[]> {
  const rare = await buildRareModules(root, common(root));
  return Promise.all(
    functions.map(async (name) => {
      const [{ outputFiles, metafile }, check] = await Promise.all([
        build({ ...options(root, name), metafile: true }),
        build(configCheckOptions(root, name)),
      ]);
      const files = [
        ...[...outputFiles, ...check.outputFiles].map(({ path, contents }) => ({ file: basename(path), contents })),
        ...rare,
      ];
      const totalBytes = files.reduce((sum, { contents }) => sum + contents.byteLength, 0);
      return { name, files, totalBytes, ...startOf(metafile) };
    }),
  );
}

/** Bundles the functions about alarms, which are deployed only where a webhook is set. */
export const buildAlarmFunctions = (root: string): Promise<Pick<Bundle, 'name' | 'files'>[]> =>
  Promise.all(
    ['notify', 'watch'].map(async (name) => {
      const { outputFiles } = await build({
        ...common(root),
        entryPoints: { index: resolve(root, 'functions', name, 'handler.ts') },
        outdir: resolve(root, 'dist', name),
        outExtension: { '.js': '.mjs' },
      });
      return { name, files: outputFiles.map(({ path, contents }) => ({ file: basename(path), contents })) };
    }),
  );

/**
 * Bundles a module given as text into one file: something to hold the functions against.
 *
 * @param tuned as the functions are bundled, or as esbuild does it by itself
 */
export async function bundleText(root: string, contents: string, tuned: boolean): Promise<string> {
  const stdin = { contents, resolveDir: root };
  const { outputFiles = [] } = await build({ ...common(root), stdin, ...(tuned ? {} : { plugins: [] }) });
  return outputFiles.map(({ text }) => text).join('');
}

const options = (root: string, name: string) => ({
  ...common(root),
  entryPoints: { index: resolve(root, 'functions', name, 'handler.ts') },
  outdir: resolve(root, 'dist', name),
  outExtension: { '.js': '.mjs' },
  // What only some configurations or invocations use becomes a file of its own that others never load.
  splitting: true,
  plugins: [configCheckApart, rareModulesApart, pixelScript(root), ...plugins],
});

const configCheckOptions = (root: string, name: string) => ({
  ...common(root),
  entryPoints: [resolve(root, configCheck.source)],
  outfile: resolve(root, 'dist', name, configCheck.file),
});

const plugins = [requireHttp, lambdaCredentials, leanTables, noJsonSchema, noSoftHashes];

const common = (root: string) =>
  ({
    absWorkingDir: root,
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins,
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  }) as const satisfies BuildOptions;

function startOf({ outputs }: Metafile): Pick<Bundle, 'startBytes' | 'startInputs'> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { path: imported, kind } of output.imports) if (kind === 'import-statement') visit(imported);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint?.endsWith('handler.ts')) visit(path);
  const loaded = [...seen].flatMap((path) => outputs[path] ?? []);
  return {
    startBytes: loaded.reduce((sum, { bytes }) => sum + bytes, 0),
    startInputs: Object.fromEntries(
      loaded.flatMap(({ inputs }) =>
        Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput] as const),
      ),
    ),
  };
}
