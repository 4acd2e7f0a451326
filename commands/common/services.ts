import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { loadConfig } from '../../build/load-config.ts';
import { environments } from '../../config/environments.ts';
import { localConfig } from '../../local/configuration/local-config.ts';
import { readLocalSettings } from '../../local/runtime/local-settings.ts';
import type { Config } from '../../shared/config/config.ts';
import { CommandError } from '../kit/report-errors.ts';
import { awsProblem, isAwsError } from './aws-problem.ts';
import type { QueueUrls } from './queue-urls.ts';
import type { DeploymentName, Target } from './target-options.ts';
import { readHealth, requestHandler } from './read-health.ts';

/** Everything outside this process that belongs to a deployment. */
export interface Services {
  /** Undefined for an account whose queues are named on the command line. */
  readonly deployment: DeploymentName | undefined;
  readonly graphApiUrl: string;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
  /** How another client reaches the same account. */
  readonly aws: AwsAccess;
  /** Known for the local runtime only; an account's queues are named or searched for. */
  readonly queues?: QueueUrls;
  close(): void;
}

/** Access that every AWS client of a deployment is made with; what is left out comes from the usual AWS environment. */
export interface AwsAccess {
  /** Of the local runtime, which answers for all of AWS. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: typeof requestHandler;
}

/**
 * The configuration of a deployment; of the local one, that of the `npm start` that runs, unless the variables say
 * `CONFIG` or `META_DATASET_ID`. When none runs, what `npm start` would make of the same variables.
 *
 * @throws ConfigurationError
 */
export async function loadDeployedConfig(target: Target): Promise<Config> {
  const { deployment, env, root } = target;
  if (deployment !== 'local') return loadConfig(resolve(root, 'config', `${deployment}.ts`));
  return localConfig(readLocalSettings({ ...env, ...(await runningVariables(target)) }, root), root);
}

async function runningVariables({ port, env }: Target): Promise<NodeJS.ProcessEnv> {
  if (env['CONFIG'] !== undefined || env['META_DATASET_ID'] !== undefined) return {};
  // Whether one has to answer is for `openServices` to say: a file can be checked without.
  const health = await runningHealth(port).catch(() => undefined);
  if (health === undefined) return {};
  const { file, datasetId } = health.configuration;
  if (file !== null && !isOwnFile(file)) {
    throw new Error(
      `The runtime on port ${port} runs ${file}, which is not there any more or another user's. Name a configuration with CONFIG.`,
    );
  }
  return { ...(datasetId !== undefined && { META_DATASET_ID: datasetId }), ...(file !== null && { CONFIG: file }) };
}

/** Reading a configuration runs it: on a shared machine another user may hold the port. */
const isOwnFile = (file: string): boolean =>
  process.getuid === undefined || statSync(file, { throwIfNoEntry: false })?.uid === process.getuid();

/**
 * Clients for a running `npm start`, or for the AWS account and region of a deployment.
 *
 * @throws CommandError when no local runtime answers
 */
export async function openServices({ deployment, port, env }: TargetOrAccount): Promise<Services> {
  if (deployment !== 'local') {
    const region = deployment === undefined ? undefined : environments[deployment].region;
    const aws = { ...(region !== undefined && { region }), requestHandler };
    // The variable is the one that the functions read.
    const graphApiUrl = env['GRAPH_API_URL'] ?? 'https://graph.facebook.com';
    return services(deployment, graphApiUrl, aws, new SecretsManagerClient(aws), new SQSClient(aws));
  }
  const { endpoints, queues } = await runningHealth(port);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const aws = { endpoint: endpoints.sqs, region: 'us-east-1', credentials, requestHandler };
  const secrets = new SecretsManagerClient({ ...aws, endpoint: endpoints.secretsManager });
  const sqs = new SQSClient({ ...aws, endpoint: endpoints.sqs });
  return { ...services(deployment, endpoints.graph, aws, secrets, sqs), queues };
}

/** Target, or an AWS account as the environment variables say. */
type TargetOrAccount = Omit<Target, 'deployment'> & { readonly deployment: DeploymentName | undefined };

const services = (
  deployment: DeploymentName | undefined,
  graphApiUrl: string,
  aws: AwsAccess,
  secrets: SecretsManagerClient,
  sqs: SQSClient,
): Services => ({
  deployment,
  graphApiUrl,
  secrets,
  sqs,
  aws,
  close: () => {
    secrets.destroy();
    sqs.destroy();
  },
});

/**
 * Gives a deployment's services to a command, and closes them behind it.
 *
 * @throws CommandError for what AWS refuses
 */
export async function withServices<T>(target: TargetOrAccount, use: (services: Services) => Promise<T>): Promise<T> {
  const opened = await openServices(target);
  try {
    return await use(opened);
  } catch (error) {
    throw isAwsError(error) ? new CommandError(awsProblem(error, target.deployment), error) : error;
  } finally {
    opened.close();
  }
}

const Health = z.object({
  endpoints: z.object({ sqs: z.url(), secretsManager: z.url(), graph: z.url() }),
  queues: z.object({ events: z.url(), deadLetters: z.url() }),
  /** The file is null for `config/local.ts`. */
  configuration: z.object({ file: z.string().nullable(), datasetId: z.string().optional() }),
});

const runningHealth = (port: string): Promise<z.infer<typeof Health>> => readHealth(port, Health);

/** Whether a Graph API is a stand-in on this machine, where a test event disturbs nobody. */
export const isStandIn = (graphApiUrl: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(graphApiUrl).hostname);
