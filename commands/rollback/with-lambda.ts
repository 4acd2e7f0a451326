import { LambdaClient } from '@aws-sdk/client-lambda';
import { environments } from '../../config/environments.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { findFunctions, forgetVersion, turnAlias } from './lambda-functions.ts';
import type { Effects } from './rollback.ts';

/** Runs something on the functions of an environment, in its region, and closes the client behind it. */
export async function withLambda<Result>(
  environment: EnvironmentName,
  use: (effects: Effects) => Promise<Result>,
): Promise<Result> {
  const { region } = environments[environment];
  const client = new LambdaClient({ ...(region !== undefined && { region }) });
  try {
    return await use({
      find: () => findFunctions(client, environment),
      turn: (turn) => turnAlias(client, turn),
      forget: (name, version) => forgetVersion(client, name, version),
    });
  } finally {
    client.destroy();
  }
}
