import type { Readable } from 'node:stream';

/** Standard input: a terminal, a pipe or a file. */
export type Input = Readable & { readonly isTTY?: boolean };

/** Effects that every command is given from outside, so that tests give it others. */
export interface CommandEffects {
  /** Environment variables. */
  readonly env: NodeJS.ProcessEnv;
  /** The project's folder. */
  readonly root: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => Date;
  readonly input: Input;
  /** Aborted on Ctrl-C, by commands that end in an orderly way. */
  readonly stopped: AbortSignal;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Writes on the error output as it is, without a line break; for a prompt. */
  readonly prompt: (text: string) => void;
}

/** 0: done; 1: something is wrong, or could not be done; 2: the command line makes no sense. */
export type ExitCode = 0 | 1 | 2;
