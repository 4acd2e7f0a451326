import { run } from './run.ts';

/** `npm run dead-letters`: lists, shows, redrives and purges what the pipeline gave up on. */
const stop = new AbortController();
// Not only once: npm passes on a Ctrl-C that the terminal has sent here already.
process.on('SIGINT', () => stop.abort());
process.on('SIGTERM', () => stop.abort());
// A reader such as `head` may leave early; what is held is given back all the same.
process.stdout.on('error', () => {});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  clock: () => new Date(),
  stopped: stop.signal,
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
