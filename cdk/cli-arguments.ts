import { parseArgs } from 'node:util';
import { environmentNames, isEnvironmentName } from './environment-name.ts';

const commands = {
  synth: { needsEnvironment: false, options: [] },
  deploy: { needsEnvironment: true, options: ['all-at-once'] },
} as const;
type Command = keyof typeof commands;

/** Arguments for each run of `cdk`, in order; or how the command is used; or the one line that says what to type instead. */
export type CliRequest =
  | { readonly runs: readonly (readonly string[])[] }
  | { readonly usage: string }
  | { readonly usageError: string };

/**
 * Reads `synth|deploy [--env <environment>] [--all-at-once] [-- <options for cdk>]`, or `--help` before the dashes.
 *
 * `--all-at-once` leaves the canary out for this once: an alarm that rings would stop it, and it takes its time.
 * `synth` without an environment is a run for every one of them.
 */
export function readCliArguments(argv: readonly string[]): CliRequest {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const forCdk = end === -1 ? [] : argv.slice(end + 1);
  const { values, positionals } = parseArgs({
    args: [...own],
    options: { env: { type: 'string' }, 'all-at-once': { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  });

  const [command, ...surplus] = positionals;
  if (values.help !== undefined) return { usage: usageOf(isCommand(command) ? command : undefined) };
  if (!isCommand(command)) return usageError(`expected "synth" or "deploy", not "${command ?? ''}"`);
  const known: readonly string[] = ['env', ...commands[command].options];
  const unknown = Object.keys(values).find((option) => !known.includes(option));
  if (unknown !== undefined) return usageError(`unknown option "${unknown}"`, command);
  if (surplus.length > 0) return usageError(`unexpected "${surplus[0]}"`, command);

  const { env } = values;
  if (env === undefined) {
    if (commands[command].needsEnvironment) return usageError(`${command} needs an environment`, command);
    return { runs: environmentNames.map((name) => cdkArguments(command, name, ['--quiet', ...forCdk])) };
  }
  if (typeof env !== 'string') return usageError('--env needs a value', command);
  if (!isEnvironmentName(env)) return usageError(`there is no environment "${env}"`, command);
  const once = values['all-at-once'] === undefined ? [] : ['--context', 'all-at-once=true'];
  return { runs: [cdkArguments(command, env, [...once, ...forCdk])] };
}

const isCommand = (value: unknown): value is Command => typeof value === 'string' && Object.hasOwn(commands, value);

const cdkArguments = (command: Command, environment: string, forCdk: readonly string[]): readonly string[] => [
  command,
  '--context',
  `env=${environment}`,
  '--output',
  `cdk.out/${environment}`,
  ...forCdk,
];

const usageError = (problem: string, command?: Command): CliRequest => ({
  usageError: `${problem}. Usage: ${usageOf(command)}`,
});

function usageOf(command: Command | undefined): string {
  const option = `--env ${environmentNames.join('|')}`;
  const usage =
    command === undefined
      ? `node cdk/cli.ts synth|deploy [${option}]`
      : `npm run ${command} -- ${[commands[command].needsEnvironment ? option : `[${option}]`, ...commands[command].options.map((each) => `[--${each}]`)].join(' ')}`;
  return `${usage} [-- <options for cdk>]`;
}
