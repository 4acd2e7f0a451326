import { resolve } from 'node:path';
import { loadConfig } from '../../build/load-config.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { accountOption } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, numberFrom, oneOf, text } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import { billOf, heldBillOf } from './bill.ts';
import { deploymentOf, oneByOne } from './deployment.ts';
import { type Estimate, type HeldEstimate, heldTextOf, priceTable, tableOf, textOf, volumes } from './render.ts';
import { defaultWorkload, type Workload } from './workload.ts';
import { givenWorkload, workloadOptions } from './workload-options.ts';

export const cost = defineCommand({
  name: 'cost',
  summary: 'What the pipeline costs in a month, from its settings and AWS list prices.',
  page: 'docs/cost.md',
  examples: [
    'npm run cost',
    'npm run cost -- --events 100e6',
    'npm run cost -- --env staging --events 2500000',
    'npm run cost -- --held 1e6',
    'npm run cost -- --events 100e6 --record receipts',
  ],
  options: {
    events: text(
      '<n>',
      'events a month, such as 2500000 or 100e6; if left out, a table of 1 million, 100 million and 10 billion',
      numberFrom(1, 1e13).optional(),
    ),
    env: accountOption('production'),
    ...workloadOptions,
    record: text(
      '<level>',
      'receipts or events, kept for 30 days: what a record would cost; as the settings say if left out',
      oneOf(['off', 'receipts', 'events'] as const).optional(),
    ),
    held: text(
      '<n>',
      'what so many events cost in a day while they wait for a destination that is held',
      numberFrom(1, 1e13).optional(),
    ),
    table: flag('the table of three volumes, in Markdown'),
    prices: flag('the prices and where they stand, as a Markdown table'),
  },
  async run({ events, env, held, table, prices, record, ...rest }, { root }) {
    if (table && prices) throw new UsageError('give --table or --prices, not both');
    const only = table ? 'table' : prices ? 'prices' : undefined;
    if (only !== undefined && events !== undefined) throw new UsageError(`give --events or --${only}, not both`);
    if (held !== undefined && (events !== undefined || only !== undefined)) {
      throw new UsageError('--held stands alone: leave --events, --table and --prices out');
    }
    const workload = givenWorkload(rest);
    if (prices) return { result: { prices: priceTable() } };
    const estimate = await estimator(root, env, workload, record);
    if (held !== undefined) {
      const { workload: whole, deployment } = estimate(1);
      return { result: { environment: env, heldEvents: held, bill: heldBillOf(held, whole, deployment) } };
    }
    return { result: events === undefined ? volumes.map(estimate) : estimate(events) };
  },
  print(result: Estimate | HeldEstimate | readonly Estimate[] | { readonly prices: string }, { out }) {
    if ('prices' in result) out(result.prices);
    else if ('heldEvents' in result) out(heldTextOf(result));
    else out('bill' in result ? textOf(result) : tableOf(result));
  },
});

/** The number of secrets and destinations comes from the environment's configuration, the rest from its settings. */
async function estimator(
  root: string,
  environment: EnvironmentName,
  given: Partial<Workload>,
  level?: 'off' | 'receipts' | 'events',
): Promise<(eventsPerMonth: number) => Estimate> {
  const { sources, destinations } = await loadConfig(resolve(root, 'config', `${environment}.ts`));
  const secrets = new Set(Object.values(destinations).map(({ accessTokenSecret }) => accessTokenSecret)).size;
  const most = Math.max(1, ...Object.values(sources).map((source) => source.destinations.length));
  const { record: own, ...others } = environments[environment];
  const record = level === undefined ? own : level === 'off' ? undefined : { keepDays: 30, ...own, level };
  const deployment = deploymentOf({ ...others, ...(record && { record }) }, secrets, Object.keys(sources).length);
  return (eventsPerMonth) => {
    const workload = { ...defaultWorkload, destinations: most, ...given, eventsPerMonth };
    const bill = billOf(workload, deployment);
    return { environment, workload, deployment, bill, oneByOne: billOf(workload, oneByOne(deployment)) };
  };
}
