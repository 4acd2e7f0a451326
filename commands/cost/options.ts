import { parseArgs } from 'node:util';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { segmentLimits } from '../../shared/segment/limits.ts';
import { defaultWorkload, type Workload } from './workload.ts';

export interface Options {
  /** Absent: the table of several volumes. */
  readonly events: number | undefined;
  readonly environment: EnvironmentName;
  /** What was said of the workload; the rest has defaults. */
  readonly workload: Partial<Workload>;
  readonly output: 'text' | 'json' | 'table' | 'prices';
  /** Events that wait for a destination that is held; what they cost a day is asked for instead of a month. */
  readonly held: number | undefined;
}

/** Numbers that can be given, with their range and what `--help` says. */
const numbers = {
  eventsPerRequest: { least: 1, most: segmentLimits.eventsPerBatch, help: 'events that a client sends at once' },
  eventBytes: { least: 100, most: segmentLimits.eventBytes, help: 'JSON of an event' },
  serverEventBytes: { least: 100, most: segmentLimits.eventBytes, help: 'JSON of the server event that Meta gets' },
  destinations: { least: 1, most: 100, help: 'destinations that get each event' },
  ingestEventMs: { least: 0, most: 1_000, help: 'work for an event in ingest, ms of one vCPU' },
  ingestRequestMs: { least: 0, most: 10_000, help: 'work for a request in ingest' },
  deliverEventMs: { least: 0, most: 1_000, help: 'work for an event in deliver' },
  deliverInvocationMs: { least: 0, most: 10_000, help: 'work for an invocation of deliver' },
  sqsCallMs: { least: 0, most: 10_000, help: 'wait for SQS' },
  graphCallMs: { least: 0, most: 60_000, help: "wait for Meta's answer" },
  retriedShare: { least: 0, most: 1, help: 'share of the events that are put back once' },
  rejectedShare: { least: 0, most: 1, help: 'share of the events that ingest refuses' },
} satisfies Readonly<Record<keyof typeof defaultWorkload, { least: number; most: number; help: string }>>;

const workloadKeys = Object.keys(numbers) as (keyof typeof numbers)[];
const optionOf = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const environmentNames = Object.keys(environments) as EnvironmentName[];
const mostEvents = 1e13;

/** A command line that makes no sense; the message is one line. */
export class UsageError extends Error {}

export const usage = 'npm run cost -- --events 100e6 [--env production], or --help';

export const help = [
  'What the pipeline costs in a month, from its settings and AWS list prices.',
  '',
  '  npm run cost -- --events 100e6',
  '',
  '  --events                 events a month, such as 2500000 or 100e6',
  `  --env                    ${environmentNames.join(', ')}: whose settings, default production`,
  ...workloadKeys.map((key) => `  --${optionOf(key).padEnd(23)}${numbers[key].help}, default ${defaultOf(key)}`),
  '  --held                   instead of --events: what so many events cost in a day while their destination is held',
  '  --table                  instead of --events: 1 million, 100 million and 10 billion, as a Markdown table',
  '  --prices                 the prices and where they stand, as a Markdown table',
  '  --json                   one line of JSON',
].join('\n');

/** Where the configuration decides. */
function defaultOf(key: keyof typeof defaultWorkload): string {
  return key === 'destinations' ? 'the most that a source has' : String(defaultWorkload[key]);
}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const { env = 'production', events, held } = values;
  const environment = environmentNames.find((name) => name === env);
  if (environment === undefined) {
    throw new UsageError(`--env ${JSON.stringify(env)} is none of ${environmentNames.join(', ')}`);
  }
  const kinds = (['table', 'prices', 'json'] as const).filter((kind) => values[kind] === true);
  const [output = 'text', second] = kinds;
  if (second !== undefined) throw new UsageError(`give --${output} or --${second}, not both`);
  if (held !== undefined && (events !== undefined || output === 'table' || output === 'prices')) {
    throw new UsageError('--held stands alone, or with --json');
  }
  const needsEvents = held === undefined && (output === 'text' || output === 'json');
  if (needsEvents && events === undefined) throw new UsageError('--events is missing');
  if (!needsEvents && held === undefined && events !== undefined)
    throw new UsageError(`give --events or --${output}, not both`);
  const workload: Partial<Workload> = Object.fromEntries(
    workloadKeys.flatMap((key) => {
      const text = values[optionOf(key)];
      return text === undefined ? [] : [[key, numberOf(optionOf(key), String(text), numbers[key])]];
    }),
  );
  checkRequest({ ...defaultWorkload, ...workload });
  return {
    events: events === undefined ? undefined : numberOf('events', String(events), { least: 1, most: mostEvents }),
    environment,
    workload,
    output,
    held: held === undefined ? undefined : numberOf('held', String(held), { least: 1, most: mostEvents }),
  };
}

function parse(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        events: text,
        held: text,
        env: text,
        table: flag,
        prices: flag,
        json: flag,
        ...Object.fromEntries(workloadKeys.map((key) => [optionOf(key), text])),
      },
    }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    // Node adds advice about positional arguments that does not fit here.
    throw new UsageError((error as Error).message.replace(/(\.\s|\n)[\s\S]*$/, ''));
  }
}

function numberOf(option: string, text: string, { least, most }: { least: number; most: number }): number {
  const number = /^\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(
    `--${option} ${JSON.stringify(text)} is not a number from ${least} to ${most}, such as 20 or 1e3`,
  );
}

function checkRequest({ eventsPerRequest, eventBytes }: Omit<Workload, 'eventsPerMonth'>): void {
  const bytes = eventsPerRequest * eventBytes;
  if (bytes <= segmentLimits.bodyBytes) return;
  throw new UsageError(
    `${eventsPerRequest} events of ${eventBytes} bytes make ${bytes} bytes, and a request holds ${segmentLimits.bodyBytes}; lower --events-per-request`,
  );
}
