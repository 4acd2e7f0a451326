import { parseArgs } from 'node:util';

export const partNames = ['cost', 'ingest', 'deliver', 'memory', 'growth', 'pipeline', 'cold-start'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  readonly rounds: number;
  /** A million events, and 100,000 through the local pipeline: minutes instead of seconds. */
  readonly growth: boolean;
}

export const usage = `Usage: npm run bench -- [options]

  --only <part>   ${partNames.join(', ')}; may be repeated (default all)
  --rounds <n>    rounds to take the median of, 1 to 99 (default 5)
  --growth        a million events, and 100,000 through the local pipeline: minutes instead of seconds
  --help`;

/** @returns undefined when help is asked for. @throws Error that says what is wrong with the command line */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '5' },
      growth: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99) throw new Error('--rounds takes a number from 1 to 99.');
  const parts = values.only?.map((name) => {
    const part = partNames.find((each) => each === name);
    if (part === undefined) throw new Error(`There is no part "${name}".`);
    return part;
  });
  return { parts: parts ?? partNames, rounds, growth: values.growth };
}
