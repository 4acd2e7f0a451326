import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { loadConfig } from '../../build/load-config.ts';
import type { Config } from '../../shared/config/config.ts';
import { localConfig } from '../../local/configuration/local-config.ts';
import { readLocalSettings } from '../../local/runtime/local-settings.ts';
import { readHealth, requestHandler } from './read-health.ts';

export interface EnvironmentOptions {
  /** `local`, or an environment of `config/`. */
  readonly name: string;
  /** Of a running `npm start`; only `local` needs it. */
  readonly port: string;
  readonly variables: NodeJS.ProcessEnv;
  /** The project's folder. */
  readonly root: string;
}

/** Everything outside this process that belongs to an environment. */
export interface Services {
  /** `local`, or an environment of `config/`. */
  readonly environment: string;
  readonly graphApiUrl: string;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
  /** Known for the local runtime only; an account's queues are named or searched for. */
  readonly queues?: { readonly events: string; readonly deadLetters: string };
  close(): void;
}

/**
 * The configuration of an environment; of the local one, that of the `npm start` that runs, unless the variables say
 * `CONFIG` or `META_DATASET_ID`. When none runs, what `npm start` would make of the same variables.
 *
 * @throws ConfigurationError
 */
export async function loadEnvironmentConfig(options: EnvironmentOptions): Promise<Config> {
  const { name, variables, root } = options;
  if (name !== 'local') return loadConfig(resolve(root, 'config', `${name}.ts`));
  return localConfig(readLocalSettings({ ...variables, ...(await runningVariables(options)) }, root), root);
}

async function runningVariables({ port, variables }: EnvironmentOptions): Promise<NodeJS.ProcessEnv> {
  if (variables['CONFIG'] !== undefined || variables['META_DATASET_ID'] !== undefined) return {};
  // Whether one has to answer is for `openServices` to say: a file can be checked without.
  const health = await runningHealth(port).catch(() => undefined);
  if (health === undefined) return {};
  const { file, datasetId } = health.configuration;
  if (file !== null && !isOwnFile(file)) {
    throw new Error(
      `The runtime on port ${port} runs ${file}, which is not there any more or another user's. Name a configuration with CONFIG.`,
    );
  }
  return { META_DATASET_ID: datasetId, ...(file !== null && { CONFIG: file }) };
}

/** Reading a configuration runs it: on a shared machine another user may hold the port. */
const isOwnFile = (file: string): boolean =>
  process.getuid === undefined || statSync(file, { throwIfNoEntry: false })?.uid === process.getuid();

/**
 * Clients for a running `npm start`, or for an AWS account with the usual AWS environment.
 *
 * @throws Error when no local runtime answers
 */
export async function openServices({ name, port, variables }: EnvironmentOptions): Promise<Services> {
  if (name !== 'local') {
    // The variable is the one that the functions read.
    const graphApiUrl = variables['GRAPH_API_URL'] ?? 'https://graph.facebook.com';
    return services(name, graphApiUrl, new SecretsManagerClient({ requestHandler }), new SQSClient({ requestHandler }));
  }
  const { endpoints, queues } = await runningHealth(port);
  const local = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler,
  };
  const secrets = new SecretsManagerClient({ ...local, endpoint: endpoints.secretsManager });
  const sqs = new SQSClient({ ...local, endpoint: endpoints.sqs });
  return { ...services(name, endpoints.graph, secrets, sqs), queues };
}

const services = (
  environment: string,
  graphApiUrl: string,
  secrets: SecretsManagerClient,
  sqs: SQSClient,
): Services => ({
  environment,
  graphApiUrl,
  secrets,
  sqs,
  close: () => {
    secrets.destroy();
    sqs.destroy();
  },
});

const Health = z.object({
  endpoints: z.object({ sqs: z.url(), secretsManager: z.url(), graph: z.url() }),
  queues: z.object({ events: z.url(), deadLetters: z.url() }),
  /** The file is null for `config/local.ts`. */
  configuration: z.object({ file: z.string().nullable(), datasetId: z.string() }),
});

const runningHealth = (port: string): Promise<z.infer<typeof Health>> =>
  readHealth(port, Health, 'name an environment of your account with --env');

/** Whether a Graph API is a stand-in on this machine, where a test event disturbs nobody. */
export const isStandIn = (graphApiUrl: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(graphApiUrl).hostname);
