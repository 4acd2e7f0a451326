import { resolve } from 'node:path';
import { loadConfig } from '../../build/load-config.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { accountOption } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, numberFrom, text } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import { billOf } from './bill.ts';
import { deploymentOf, oneByOne } from './deployment.ts';
import { type Estimate, priceTable, tableOf, textOf, volumes } from './render.ts';
import { defaultWorkload, type Workload } from './workload.ts';
import { givenWorkload, workloadOptions } from './workload-options.ts';

export const cost = defineCommand({
  name: 'cost',
  summary: 'What the pipeline costs in a month, from its settings and AWS list prices.',
  page: 'docs/cost.md',
  examples: ['npm run cost', 'npm run cost -- --events 100e6', 'npm run cost -- --env staging --events 2500000'],
  options: {
    events: text(
      '<n>',
      'events a month, such as 2500000 or 100e6; if left out, a table of 1 million, 100 million and 10 billion',
      numberFrom(1, 1e13).optional(),
    ),
    env: accountOption('production'),
    ...workloadOptions,
    table: flag('the table of three volumes, in Markdown'),
    prices: flag('the prices and where they stand, as a Markdown table'),
  },
  async run({ events, env, table, prices, ...rest }, { root }) {
    if (table && prices) throw new UsageError('give --table or --prices, not both');
    const only = table ? 'table' : prices ? 'prices' : undefined;
    if (only !== undefined && events !== undefined) throw new UsageError(`give --events or --${only}, not both`);
    const workload = givenWorkload(rest);
    if (prices) return { result: { prices: priceTable() } };
    const estimate = await estimator(root, env, workload);
    return { result: events === undefined ? volumes.map(estimate) : estimate(events) };
  },
  print(result: Estimate | readonly Estimate[] | { readonly prices: string }, { out }) {
    if ('prices' in result) out(result.prices);
    else out('bill' in result ? textOf(result) : tableOf(result));
  },
});

/** The number of secrets and destinations comes from the environment's configuration, the rest from its settings. */
async function estimator(
  root: string,
  environment: EnvironmentName,
  given: Partial<Workload>,
): Promise<(eventsPerMonth: number) => Estimate> {
  const { sources, destinations } = await loadConfig(resolve(root, 'config', `${environment}.ts`));
  const secrets = new Set(Object.values(destinations).map(({ accessTokenSecret }) => accessTokenSecret)).size;
  const most = Math.max(1, ...Object.values(sources).map((source) => source.destinations.length));
  const deployment = deploymentOf(environments[environment], secrets);
  return (eventsPerMonth) => {
    const workload = { ...defaultWorkload, destinations: most, ...given, eventsPerMonth };
    const bill = billOf(workload, deployment);
    return { environment, workload, deployment, bill, oneByOne: billOf(workload, oneByOne(deployment)) };
  };
}
