import type { CommandFacts, Operands } from './command-facts.ts';
import { commandHelp } from './help.ts';
import type { CommandEffects, ExitCode } from './effects.ts';
import { flag, type OptionTable, type OptionValues } from './option.ts';
import { readCommandLine } from './read-command-line.ts';
import { reported } from './report-errors.ts';
import { safeJson } from './safe-text.ts';

/** Result of a command, and whether it ends with exit code 1. */
export interface CommandResult<Result> {
  readonly result: Result;
  /** Something is wrong, or something that was asked for could not be done. */
  readonly failed?: boolean;
}

export interface CommandDefinition<Options extends OptionTable, Result> extends CommandFacts {
  readonly options: Options;
  /** On Ctrl-C the command comes to an end by itself: it watches `stopped`. */
  readonly endsByItself?: boolean;
  /**
   * Does the work. `say` writes a line for people while it is under way; with `--json` nothing is said.
   *
   * @throws UsageError for options that do not go together
   */
  readonly run: (
    options: OptionValues<Options>,
    effects: CommandEffects & { readonly say: (line: string) => void },
    operands: Operands,
  ) => Promise<CommandResult<Result>>;
  /** Writes the result for people. A command with it also has `--json`, which writes the result as one line of JSON. */
  readonly print?: (result: Result, effects: Pick<CommandEffects, 'out' | 'err'>) => void;
}

/** A command as its caller sees it. */
export interface Command extends CommandFacts {
  readonly endsByItself: boolean;
  help(): string;
  /** Runs one command line: what follows the command's name. Never throws. */
  execute(args: readonly string[], effects: CommandEffects): Promise<ExitCode>;
}

/** A command that also can be called by other code, with options as they are read. */
export type DefinedCommand<Options extends OptionTable, Result> = Command &
  Pick<CommandDefinition<Options, Result>, 'run'>;

const json = flag('one line of JSON instead of text');

/** Makes a command from its options and its work. All commands have the same help, errors and exit codes by it. */
export function defineCommand<const Options extends OptionTable, Result>(
  definition: CommandDefinition<Options, Result>,
): DefinedCommand<Options, Result> {
  const { run, print } = definition;
  const facts: CommandFacts = {
    ...definition,
    options: print === undefined ? definition.options : { ...definition.options, json },
  };
  const help = (): string => commandHelp(facts);
  return {
    ...facts,
    endsByItself: definition.endsByItself ?? false,
    run,
    help,
    async execute(args, effects) {
      const own = args.indexOf('--') === -1 ? args : args.slice(0, args.indexOf('--'));
      if (own.includes('--help')) {
        effects.out(help());
        return 0;
      }
      return reported(facts, effects, async () => {
        const { values, ...operands } = readCommandLine(facts, args);
        const asJson = print !== undefined && values['json'] === true;
        const say = asJson ? () => {} : effects.out;
        const { result, failed = false } = await run(values as OptionValues<Options>, { ...effects, say }, operands);
        if (asJson) effects.out(safeJson(result));
        else print?.(result, effects);
        return failed ? 1 : 0;
      });
    },
  };
}
