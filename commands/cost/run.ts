import { resolve } from 'node:path';
import { loadConfig } from '../../build/load-config.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { billOf, heldBillOf } from './bill.ts';
import { deploymentOf, oneByOne } from './deployment.ts';
import { help, readOptions, UsageError, usage } from './options.ts';
import { type Estimate, heldTextOf, priceTable, tableOf, textOf, volumes } from './render.ts';
import { defaultWorkload, type Workload } from './workload.ts';

export interface RunEffects {
  readonly out: (text: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Runs one command line.
 *
 * @returns the exit code: 0, 1 when the environment's configuration is not valid, 2 when the command line makes no sense
 */
export async function run(args: readonly string[], { out, err }: RunEffects): Promise<0 | 1 | 2> {
  if (args.includes('--help')) {
    out(help);
    return 0;
  }
  try {
    const { events, environment, workload, output, held } = readOptions(args);
    if (output === 'prices') {
      out(priceTable());
      return 0;
    }
    const estimate = await estimator(environment, workload);
    if (held !== undefined) {
      const { workload: whole, deployment } = estimate(1);
      const bill = heldBillOf(held, whole, deployment);
      out(output === 'json' ? JSON.stringify({ environment, heldEvents: held, bill }) : heldTextOf(held, bill));
      return 0;
    }
    if (output === 'table') out(tableOf(volumes.map(estimate)));
    else out(output === 'json' ? JSON.stringify(estimate(events ?? 0)) : textOf(estimate(events ?? 0)));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) {
      err((error as Error).message);
      return 1;
    }
    err(`cost: ${error.message}; usage: ${usage}`);
    return 2;
  }
}

/** The number of secrets and destinations comes from the environment's configuration, the rest from its settings. */
async function estimator(
  environment: EnvironmentName,
  given: Partial<Workload>,
): Promise<(eventsPerMonth: number) => Estimate> {
  const { sources, destinations } = await loadConfig(resolve(import.meta.dirname, '../../config', `${environment}.ts`));
  const secrets = new Set(Object.values(destinations).map(({ accessTokenSecret }) => accessTokenSecret)).size;
  const most = Math.max(1, ...Object.values(sources).map((source) => source.destinations.length));
  const deployment = deploymentOf(environments[environment], secrets, Object.keys(sources).length);
  return (eventsPerMonth) => {
    const workload = { ...defaultWorkload, destinations: most, ...given, eventsPerMonth };
    const bill = billOf(workload, deployment);
    return { environment, workload, deployment, bill, oneByOne: billOf(workload, oneByOne(deployment)) };
  };
}
