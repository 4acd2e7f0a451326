import { resolve } from 'node:path';
import { run } from './run.ts';

/** `npm run token:set`: puts a system user token into a destination's secret, once Meta has taken it. */
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());
process.on('SIGTERM', () => stop.abort());

process.exitCode = await run(process.argv.slice(2), {
  variables: process.env,
  root: resolve(import.meta.dirname, '../..'),
  fetch,
  clock: () => new Date(),
  input: process.stdin,
  prompt: (text) => process.stderr.write(text),
  stopped: stop.signal,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
