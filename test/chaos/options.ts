import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type ScenarioName, scenarioNames } from './scenarios.ts';

export interface ChaosOptions {
  readonly scenario: ScenarioName;
  readonly events: number;
  /** Decides which events are bad and where the faults hit. */
  readonly seed: number;
  readonly outageSeconds: number;
  /** Of one scenario, from the first event to the last outcome. */
  readonly timeoutSeconds: number;
  /** Loses one event on purpose, to see the harness notice. */
  readonly leak: boolean;
}

export const usage = `Usage: npm run chaos -- [options]

  --scenario <name>        ${scenarioNames.join(', ')} (default all)
  --events <count>         events to send, up to 1,000,000 (default 2,000)
  --seed <number>          where the faults hit (default 1)
  --outage-seconds <n>     how long the Graph API is out of reach, up to 300 (default 20)
  --timeout <seconds>      for one scenario (default: as long as so many events may take)
  --leak                   loses one event on purpose: the run must fail and name it
  --help`;

const integer = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const Values = z.object({
  scenario: z.enum(scenarioNames as [ScenarioName, ...ScenarioName[]]).default('all'),
  events: integer(10, 1_000_000).default(2_000),
  seed: integer(0, 2 ** 31).default(1),
  'outage-seconds': integer(1, 300).default(20),
  timeout: integer(1, 36_000).optional(),
  leak: z.boolean().default(false),
});

/** @returns undefined when help is asked for. @throws Error naming every option that is wrong */
export function readOptions(args: readonly string[]): ChaosOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: 'string' },
      events: { type: 'string' },
      seed: { type: 'string' },
      'outage-seconds': { type: 'string' },
      timeout: { type: 'string' },
      leak: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const parsed = Values.safeParse(values);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
  }
  const { timeout, 'outage-seconds': outageSeconds, ...options } = parsed.data;
  return { ...options, outageSeconds, timeoutSeconds: timeout ?? enoughSeconds(options.events, outageSeconds) };
}

const slowestEventsPerSecond = 150;

const enoughSeconds = (events: number, outageSeconds: number): number =>
  90 + 2 * outageSeconds + Math.ceil(events / slowestEventsPerSecond);
