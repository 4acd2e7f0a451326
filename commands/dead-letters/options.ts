import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DeadLetter } from '../../shared/queue/dead-letter.ts';
import { readDuration } from './duration.ts';
import { type Filter, type FilterName, filterNames } from './filter.ts';

export const commandNames = ['list', 'show', 'redrive', 'purge'] as const;
export type CommandName = (typeof commandNames)[number];

export interface Options {
  readonly command: CommandName;
  readonly filter: Filter;
  /** Where the queues are: behind a local port, or two URLs. */
  readonly place: { readonly port: string } | { readonly deadLetters: string; readonly events: string | undefined };
  /** Messages to read at most. */
  readonly limit: number;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly reveal: boolean;
}

export const usage = 'npm run dead-letters -- list | show <id> | redrive | purge [options], see docs/dead-letters.md';

type Flags = NonNullable<ParseArgsConfig['options']>;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const everywhere: Flags = { port: text, 'dead-letter-queue': text, 'events-queue': text, limit: text, json: flag };
const filters: Flags = {
  ...Object.fromEntries(filterNames.map((name) => [name, { ...text, multiple: true }])),
  'older-than': text,
  'newer-than': text,
};
const flagsOf: Readonly<Record<CommandName, Flags>> = {
  list: filters,
  show: { reveal: flag },
  redrive: { ...filters, 'dry-run': flag, yes: flag },
  purge: { ...filters, 'dry-run': flag, yes: flag },
};

const defaultLimit = 1_000;
/** SQS hands out no more than 120,000 messages before the first is deleted. */
const largestLimit = 100_000;

/** A command line that makes no sense; the message is one line. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const [name, ...rest] = args;
  const command = commandNames.find((known) => known === name);
  if (command === undefined) {
    throw new UsageError(name === undefined ? 'no command' : `unknown command ${JSON.stringify(name)}`);
  }
  const { values, positionals } = parse(rest, { ...everywhere, ...flagsOf[command] });
  const [id, ...others] = positionals;
  const wanted = command === 'show' ? 1 : 0;
  if (others.length > 0 || positionals.length > wanted) {
    throw new UsageError(`unexpected argument ${JSON.stringify(positionals[wanted])}`);
  }
  if (command === 'show' && id === undefined) throw new UsageError('show needs the id of a message or an event');

  const one = (option: string): string | undefined => values[option] as string | undefined;
  const many = (option: FilterName): readonly string[] | undefined => values[option] as string[] | undefined;
  checkStages(many('stage'));
  return {
    command,
    filter: {
      ...Object.fromEntries(filterNames.map((option) => [option, many(option)])),
      ...(id !== undefined && { id: [id] }),
      olderThanMs: durationOf('older-than', one('older-than')),
      newerThanMs: durationOf('newer-than', one('newer-than')),
    },
    place: placeOf(command, one, environment),
    limit: limitOf(one('limit')),
    json: values['json'] === true,
    dryRun: values['dry-run'] === true,
    yes: values['yes'] === true,
    reveal: values['reveal'] === true,
  };
}

function parse(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node adds advice about positional arguments that does not fit here.
    throw new UsageError((error as Error).message.replace(/(\.\s|\n)[\s\S]*$/, ''));
  }
}

function placeOf(
  command: CommandName,
  one: (option: string) => string | undefined,
  environment: NodeJS.ProcessEnv,
): Options['place'] {
  const deadLetters = urlOf('dead-letter-queue', one('dead-letter-queue'));
  const events = urlOf('events-queue', one('events-queue'));
  const port = one('port');
  if (deadLetters === undefined) {
    if (events !== undefined) throw new UsageError('--events-queue needs --dead-letter-queue');
    return { port: portOf(port ?? environment['PORT'] ?? '3000') };
  }
  if (port !== undefined) throw new UsageError('give --port or --dead-letter-queue, not both');
  if (command === 'redrive' && events === undefined) throw new UsageError('redrive needs --events-queue as well');
  return { deadLetters, events };
}

function portOf(port: string): string {
  if (/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536) return port;
  throw new UsageError(`--port ${JSON.stringify(port)} is no port`);
}

function urlOf(option: string, url: string | undefined): string | undefined {
  if (url === undefined || (URL.canParse(url) && /^https?:\/\//.test(url))) return url;
  throw new UsageError(`--${option} ${JSON.stringify(url)} is not the URL of a queue`);
}

/** All other values of filters are names that this command cannot know. */
function checkStages(given: readonly string[] = []): void {
  const { options: stages } = DeadLetter.shape.stage;
  const unknown = given.find((stage) => !stages.some((known) => known === stage));
  if (unknown === undefined) return;
  throw new UsageError(`--stage ${JSON.stringify(unknown)} is not one of ${stages.join(', ')}`);
}

function durationOf(option: string, duration: string | undefined): number | undefined {
  const ms = duration === undefined ? undefined : readDuration(duration);
  if (duration !== undefined && ms === undefined) {
    throw new UsageError(`--${option} ${JSON.stringify(duration)} is no duration such as 30m, 3h or 2d`);
  }
  return ms;
}

function limitOf(limit: string | undefined): number {
  if (limit === undefined) return defaultLimit;
  const number = /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (number > 0 && number <= largestLimit) return number;
  throw new UsageError(`--limit ${JSON.stringify(limit)} is not a number from 1 to ${largestLimit}`);
}
