import { resolve } from 'node:path';
import { run } from './run.ts';

/** `npm run doctor`: looks at everything that events need on their way, and says what to do. */
process.exitCode = await run(process.argv.slice(2), {
  variables: process.env,
  root: resolve(import.meta.dirname, '../..'),
  fetch,
  clock: () => new Date(),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
