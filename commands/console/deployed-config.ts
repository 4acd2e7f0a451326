import { GetFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Config } from '../../shared/config/config.ts';
import { defineConfig } from '../../shared/config/define-config.ts';
import { findFunctions } from '../rollback/lambda-functions.ts';
import { zipEntry } from './zip-entry.ts';

export interface DeployedConfig {
  readonly config: Config;
  /** Which one it is, in a sentence. */
  readonly explainedBy: string;
}

/**
 * The configuration that a deployment runs: that of the package of its deliver function.
 *
 * @throws the SDK's error, or an Error when the package holds none
 */
export async function deployedConfig(
  client: LambdaClient,
  environment: string,
  fetch: typeof globalThis.fetch,
): Promise<DeployedConfig> {
  const deliver = (await findFunctions(client, environment)).find(({ role }) => role === 'deliver');
  if (deliver === undefined)
    throw new Error(`There is no deliver function of ${environment} in this account and region.`);
  const { Code, Configuration } = await client.send(
    new GetFunctionCommand({ FunctionName: deliver.name, Qualifier: String(deliver.live) }),
  );
  const response = await fetch(Code?.Location ?? '');
  if (!response.ok) throw new Error(`The package of ${deliver.name} could not be fetched: HTTP ${response.status}.`);
  const text = zipEntry(Buffer.from(await response.arrayBuffer()), 'config.json')?.toString('utf8');
  if (text === undefined) throw new Error(`The package of ${deliver.name} holds no config.json.`);
  const since = Configuration?.LastModified?.slice(0, 19);
  return {
    config: defineConfig(JSON.parse(text)),
    explainedBy: `the configuration that is deployed: version ${deliver.live} of the deliver function${since === undefined ? '' : `, of ${since}Z`}`,
  };
}
