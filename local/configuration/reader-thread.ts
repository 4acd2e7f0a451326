import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { loadConfig } from '../../build/load-config.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import type { ConfigurationProblem, Reading } from './reading.ts';

/** Thread of `readConfiguration`: loads the file named by `workerData` and posts one `Reading`. */
const file = String(workerData);
const files = new Set([file]);

// What this module imports is loaded already, so that only what the configuration itself imports passes here.
registerHooks({
  resolve(specifier, context, next) {
    const isPath = /^(?:\.{1,2}\/|\/|file:)/.test(specifier);
    const url = isPath ? new URL(specifier, context.parentURL).href : '';
    if (url.startsWith('file:') && !url.includes('/node_modules/')) files.add(fileURLToPath(url));
    return next(specifier, context);
  },
});

parentPort?.postMessage(await read());

async function read(): Promise<Reading> {
  try {
    const config = await loadConfig(file);
    return { config, files: [...files] };
  } catch (error) {
    return { problem: problemOf(error), files: [...files] };
  }
}

function problemOf(error: unknown): ConfigurationProblem {
  if (error instanceof ConfigurationError) {
    return { title: error.message.split('\n', 1)[0] ?? '', issues: error.issues };
  }
  return { title: `${relative(process.cwd(), file)} cannot be loaded:\n${placeOf(error)}`, issues: [] };
}

/** The error with the lines that lead to the user's own file, and none of the loader's. */
function placeOf(error: unknown): string {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
  return lines.filter((line) => !/^\s+at .*(?:node:internal|load-config|reader-thread)/.test(line)).join('\n');
}
