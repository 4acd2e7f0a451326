import { environments } from '../../config/environments.ts';
import type { Config, DestinationConfig } from '../../shared/config/config.ts';
import type { EnvironmentName } from '../../shared/config/environment-settings.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { awsProblem, isAwsError } from '../common/aws-problem.ts';
import { runChecks } from '../common/check.ts';
import {
  type EnvironmentOptions,
  isStandIn,
  loadEnvironmentConfig,
  openServices,
  type Services,
} from '../common/environment.ts';
import { type Finding, failed, skipped } from '../common/finding.ts';
import { readSecretToken } from '../common/read-token.ts';
import { tokenChecks } from '../common/token-checks.ts';
import { readTokenFacts } from '../common/token-facts.ts';
import { configurationChecks } from './configuration-checks.ts';
import { destinationChecks } from './destination-checks.ts';
import { queueChecks } from './queue-checks.ts';
import { findDeployedQueues, type QueueUrls, readQueue } from './read-queues.ts';

export interface Examination extends EnvironmentOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly now: Date;
  readonly testEventCode: string | undefined;
  /** Undefined searches an account for them by name. */
  readonly queues: QueueUrls | undefined;
}

export interface Result {
  readonly check: string;
  /** Left out for what concerns the whole environment. */
  readonly destination?: string;
  readonly finding: Finding;
}

type Tell = (result: Result) => void;

/** Goes through all checks of an environment. One that cannot be made does not stop the others. Never throws. */
export async function examine(examination: Examination, tell: Tell): Promise<void> {
  const config = await examineConfiguration(examination, tell);
  let services: Services;
  try {
    services = await openServices(examination);
  } catch (error) {
    tell({
      check: 'services',
      finding: failed((error as Error).message, 'Do that first; the rest was not looked at.'),
    });
    return;
  }
  try {
    await examineQueues(examination, services, tell);
    for (const [name, destination] of Object.entries(config?.destinations ?? {})) {
      await examineDestination(destination, examination, services, (result) => tell({ ...result, destination: name }));
    }
  } finally {
    services.close();
  }
}

async function examineConfiguration(examination: Examination, tell: Tell): Promise<Config | undefined> {
  try {
    const config = await loadEnvironmentConfig(examination);
    await runChecks(configurationChecks, { config, environment: examination.name }, tell);
    return config;
  } catch (error) {
    const issues = error instanceof ConfigurationError ? error.issues : [{ path: '', message: String(error) }];
    for (const { path, message } of issues) {
      const where =
        examination.name === 'local' ? 'the configuration that `npm start` runs' : `config/${examination.name}.ts`;
      tell({
        check: 'configuration',
        finding: failed(`${path}: ${message}`, `Correct ${where}, then run this again.`),
      });
    }
    return undefined;
  }
}

async function examineQueues(
  { name, queues }: Examination,
  { sqs, queues: local }: Services,
  tell: Tell,
): Promise<void> {
  const settings = environments[name === 'local' ? 'development' : (name as EnvironmentName)];
  try {
    const urls = queues ?? local ?? (await findDeployedQueues(sqs, name));
    const [events, deadLetters] = await Promise.all([readQueue(sqs, urls.events), readQueue(sqs, urls.deadLetters)]);
    await runChecks(queueChecks, { events, deadLetters, settings }, tell);
  } catch (error) {
    const { reason, fix } = isAwsError(error)
      ? awsProblem(error, name)
      : {
          reason: (error as Error).message,
          fix: 'Deploy it, or name both with --events-queue and --dead-letter-queue.',
        };
    tell({ check: 'events queue', finding: failed(reason, fix) });
  }
}

async function examineDestination(
  destination: DestinationConfig,
  { fetch, now, testEventCode }: Examination,
  services: Services,
  tell: Tell,
): Promise<void> {
  const { graphApiUrl } = services;
  const secret = await readSecretToken(services, destination.accessTokenSecret);
  await runChecks(destinationChecks, { destination, graphApiUrl, secret, now }, tell);
  if (!secret.ok) {
    const finding = skipped('Needs the token.', 'Put one in place first.');
    for (const { name: check } of tokenChecks) tell({ check, finding });
    return;
  }
  const { graphVersion, datasetId } = destination;
  const { accessToken: token, appSecret } = secret.token;
  const access = { fetch, graphApiUrl, graphVersion, token, appSecret };
  const facts = await readTokenFacts(access);
  // A stand-in is nobody's campaign.
  const code = testEventCode ?? (isStandIn(graphApiUrl) ? 'TEST-DOCTOR' : undefined);
  await runChecks(tokenChecks, { access, facts, datasetId, now, testEventCode: code }, tell);
}
