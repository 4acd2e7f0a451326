import {
  DeleteFunctionCommand,
  GetAliasCommand,
  type LambdaClient,
  paginateListFunctions,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { type FunctionRole, functionDescriptions } from '../../shared/config/function-descriptions.ts';
import type { DeployedFunction, Turn, Version } from './versions.ts';

const alias = 'live';

/**
 * Both functions of an environment, found by what they say of themselves: CloudFormation makes up their names.
 *
 * @throws the SDK's error
 */
export async function findFunctions(client: LambdaClient, environment: string): Promise<readonly DeployedFunction[]> {
  const found: DeployedFunction[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName: name, Description, Environment } of Functions) {
      const role = roleOf(Description);
      if (role === undefined || name === undefined || Environment?.Variables?.['ENVIRONMENT'] !== environment) continue;
      found.push(await readFunction(client, role, name));
    }
  }
  return found;
}

const roleOf = (description: string | undefined): FunctionRole | undefined =>
  (Object.keys(functionDescriptions) as FunctionRole[]).find((role) => functionDescriptions[role] === description);

async function readFunction(client: LambdaClient, role: FunctionRole, name: string): Promise<DeployedFunction> {
  const { FunctionVersion, RoutingConfig } = await client.send(
    new GetAliasCommand({ FunctionName: name, Name: alias }),
  );
  const versions: Version[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName: name })) {
    for (const { Version: number, LastModified } of Versions) {
      if (number !== '$LATEST') versions.push({ number: Number(number), publishedAt: new Date(LastModified ?? 0) });
    }
  }
  return {
    role,
    name,
    live: Number(FunctionVersion),
    shifting: Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
    versions: versions.toSorted((a, b) => a.number - b.number),
  };
}

/** Lets the alias point to another version, for all traffic, at once. */
export async function turnAlias(client: LambdaClient, { name, to }: Turn): Promise<void> {
  await client.send(
    new UpdateAliasCommand({
      FunctionName: name,
      Name: alias,
      FunctionVersion: String(to),
      RoutingConfig: { AdditionalVersionWeights: {} },
    }),
  );
}

export async function forgetVersion(client: LambdaClient, name: string, version: number): Promise<void> {
  await client.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: String(version) }));
}
