import type { OptionTable } from './option.ts';

/** Arguments beside the options. */
export interface Operands {
  /** Arguments without dashes, as many as the command takes at most. */
  readonly positionals: readonly string[];
  /** Arguments after `--`, for commands that hand them on. */
  readonly rest: readonly string[];
}

/** Facts about a command that its help shows. */
export interface CommandFacts {
  /** As it is typed after `npm run`; what follows the first blank stands behind the dashes: `dead-letters list`. */
  readonly name: string;
  /** A sentence. */
  readonly summary: string;
  /** The page that says more. */
  readonly page: string;
  /** Whole lines for a shell, which work as they are printed. */
  readonly examples: readonly [string, ...string[]];
  /** Arguments without dashes. */
  readonly operands?: readonly { readonly name: string; readonly help: string; readonly required: boolean }[];
  /** Purpose of arguments after `--`. Without it they are refused. */
  readonly rest?: string;
  readonly options: OptionTable;
}
