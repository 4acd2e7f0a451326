import { type ParseArgsConfig, parseArgs } from 'node:util';
import { environments } from '../../config/environments.ts';

/** A command line that makes no sense; the message is one line. */
export class UsageError extends Error {}

type Flags = NonNullable<ParseArgsConfig['options']>;

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;

/** What a command line says, option by option. */
export interface CommandLine {
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

/**
 * Reads options; arguments without a dash are refused.
 *
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[], options: Flags): CommandLine {
  const values = parse(args, options);
  return {
    text: (option) => {
      const value = values[option] as string | undefined;
      if (value === '') throw new UsageError(`--${option} is empty`);
      return value;
    },
    flag: (option) => values[option] === true,
  };
}

function parse(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    // Node adds advice about positional arguments that does not fit here. An argument may be a token in the wrong place.
    const message = (error as Error).message.replace(/(\.\s|\n)[\s\S]*$/, '');
    throw new UsageError(/^Unexpected argument/.test(message) ? 'an argument without an option' : message);
  }
}

const environmentNames = ['local', ...Object.keys(environments)];

/**
 * Which environment is meant, and where its local runtime would be.
 *
 * @param fallback undefined: `--env` has to be given
 * @throws UsageError
 */
export function readPlace(
  line: CommandLine,
  variables: NodeJS.ProcessEnv,
  fallback?: string,
): { readonly name: string; readonly port: string } {
  const known = environmentNames.join(', ');
  const name = line.text('env') ?? fallback;
  if (name === undefined) throw new UsageError(`--env is needed: ${known}`);
  if (!environmentNames.includes(name)) throw new UsageError(`there is no environment "${name}"; there are ${known}`);
  const port = line.text('port') ?? variables['PORT'] ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new UsageError(`--port "${port}" is no port`);
  }
  return { name, port };
}

/** The destination that is meant, with its name: the only one need not be named. @throws UsageError */
export function chooseDestination<Destination>(
  destinations: Readonly<Record<string, Destination>>,
  wanted: string | undefined,
): readonly [string, Destination] {
  const all = Object.entries(destinations);
  const known = Object.keys(destinations).join(', ');
  const chosen = wanted === undefined && all.length === 1 ? all[0] : all.find(([name]) => name === wanted);
  if (chosen !== undefined) return chosen;
  if (wanted === undefined) throw new UsageError(`--destination is needed: ${known}`);
  throw new UsageError(`there is no destination "${wanted}"; there are ${known}`);
}
