import { resolve } from 'node:path';
import type { Command } from './define-command.ts';

/** Runs a command with the arguments and the surroundings of this process, and sets its exit code. */
export async function main(command: Command, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  // As they are now: a command may keep what others print off the output.
  const { log, error } = console;
  const stop = new AbortController();
  if (command.endsByItself) {
    // Not only once: npm passes on a Ctrl-C that the terminal has sent here already.
    process.on('SIGINT', () => stop.abort());
    process.on('SIGTERM', () => stop.abort());
  }
  // A reader such as `head` may leave early; what is under way is brought to its end all the same.
  process.stdout.on('error', () => {});
  process.exitCode = await command.execute(args, {
    env: process.env,
    root: resolve(import.meta.dirname, '../..'),
    fetch,
    clock: () => new Date(),
    input: process.stdin,
    stopped: stop.signal,
    out: (line) => log(line),
    err: (line) => error(line),
    prompt: (text) => process.stderr.write(text),
  });
}
