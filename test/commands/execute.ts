import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from '../../commands/kit/define-command.ts';
import type { CommandEffects } from '../../commands/kit/effects.ts';

/** Runs one command line in this process, without network, and gives what it wrote and how it ended. */
export async function execute(
  command: Command,
  args: readonly string[],
  more: Partial<CommandEffects> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string; readonly prompt: string }> {
  const out: string[] = [];
  const err: string[] = [];
  let prompt = '';
  const code = await command.execute(args, {
    env: {},
    root: resolve(import.meta.dirname, '../..'),
    fetch: async () => {
      throw new Error('There is no network here.');
    },
    clock: () => new Date('2026-11-22T12:00:00Z'),
    input: Readable.from([]),
    stopped: new AbortController().signal,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    prompt: (text) => {
      prompt += text;
    },
    ...more,
  });
  return { code, out: out.join('\n'), err: err.join('\n'), prompt };
}
