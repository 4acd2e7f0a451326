import { run } from './run.ts';

/** `npm run cost`: what the pipeline costs in a month. */
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => console.log(text),
  err: (line) => console.error(line),
});
