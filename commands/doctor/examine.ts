import { graphFixes } from '../../shared/reasons/graph-errors.ts';
import { environments } from '../../config/environments.ts';
import type { Config, DestinationConfig } from '../../shared/config/config.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { awsProblem, isAwsError } from '../common/aws-problem.ts';
import { runChecks } from '../common/check.ts';
import { type Finding, failed, skipped, warning } from '../common/finding.ts';
import { findQueues, readQueue } from '../common/find-queues.ts';
import type { QueueUrls } from '../common/queue-urls.ts';
import type { Target } from '../common/target-options.ts';
import { readSecretToken } from '../common/read-token.ts';
import { isStandIn, loadDeployedConfig, openServices, type Services } from '../common/services.ts';
import { tokenChecks } from '../common/token-checks.ts';
import { readTokenFacts } from '../common/token-facts.ts';
import { CommandError, type Problem } from '../kit/report-errors.ts';
import { alarmChecks } from './alarm-checks.ts';
import { alarmSubscribers } from './alarm-subscribers.ts';
import { configurationChecks } from './configuration-checks.ts';
import { destinationChecks } from './destination-checks.ts';
import { queueChecks } from './queue-checks.ts';

export interface Examination extends Target {
  readonly fetch: typeof globalThis.fetch;
  readonly now: Date;
  readonly testEventCode: string | undefined;
  /** Undefined searches an account for them by name. */
  readonly queues: QueueUrls | undefined;
}

/** One check, and what it found. */
export interface CheckedPart {
  readonly check: string;
  /** Left out for what concerns the whole deployment. */
  readonly destination?: string;
  readonly finding: Finding;
}

type Tell = (part: CheckedPart) => void;

/** Goes through all checks of a deployment. One that cannot be made does not stop the others. Never throws. */
export async function examine(examination: Examination, tell: Tell): Promise<void> {
  const config = await examineConfiguration(examination, tell);
  let services: Services;
  try {
    services = await openServices(examination);
  } catch (error) {
    const { reason, fix } = problemOf(error, examination, 'Do that first');
    tell({ check: 'services', finding: failed(reason, `${fix} The rest was not looked at.`) });
    return;
  }
  try {
    await examineQueues(examination, services, tell);
    await examineAlarms(examination, services, tell);
    for (const [name, destination] of Object.entries(config?.destinations ?? {})) {
      await examineDestination(destination, examination, services, (result) => tell({ ...result, destination: name }));
    }
  } finally {
    services.close();
  }
}

async function examineConfiguration(examination: Examination, tell: Tell): Promise<Config | undefined> {
  try {
    const config = await loadDeployedConfig(examination);
    await runChecks(configurationChecks, { config, deployment: examination.deployment }, tell);
    return config;
  } catch (error) {
    const issues = error instanceof ConfigurationError ? error.issues : [{ path: '', message: String(error) }];
    for (const { path, message } of issues) {
      const { deployment } = examination;
      const where = deployment === 'local' ? 'the configuration that `npm start` runs' : `config/${deployment}.ts`;
      tell({
        check: 'configuration',
        finding: failed(`${path}: ${message}`, `Correct ${where}, then run this again.`),
      });
    }
    return undefined;
  }
}

async function examineQueues(examination: Examination, services: Services, tell: Tell): Promise<void> {
  const { deployment, queues } = examination;
  const { sqs } = services;
  const settings = environments[deployment === 'local' ? 'development' : deployment];
  try {
    const urls = queues ?? (await findQueues(services));
    const [events, deadLetters] = await Promise.all([readQueue(sqs, urls.events), readQueue(sqs, urls.deadLetters)]);
    await runChecks(queueChecks, { deployment, events, deadLetters, settings }, tell);
  } catch (error) {
    const { reason, fix } = problemOf(error, examination, 'Name both with --events-queue and --dead-letter-queue.');
    tell({ check: 'events queue', finding: failed(reason, fix) });
  }
}

async function examineAlarms(examination: Examination, { aws }: Services, tell: Tell): Promise<void> {
  const { deployment } = examination;
  // Nothing rings on this machine.
  if (deployment === 'local') return;
  try {
    const topics = await alarmSubscribers(aws, deployment, environments[deployment].alarms);
    await runChecks(alarmChecks, { topics }, tell);
  } catch (error) {
    const { reason, fix } = problemOf(error, examination, graphFixes.graph_unknown);
    for (const { name: check } of alarmChecks) tell({ check, finding: warning(`Not known: ${reason}`, fix) });
  }
}

function problemOf(error: unknown, { deployment }: Examination, fix: string): Problem {
  if (error instanceof CommandError) return error.problem;
  return isAwsError(error) ? awsProblem(error, deployment) : { reason: (error as Error).message, fix };
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
  // Test events on a stand-in disturb no ad account.
  const code = testEventCode ?? (isStandIn(graphApiUrl) ? 'TEST-DOCTOR' : undefined);
  await runChecks(tokenChecks, { access, facts, datasetId, now, testEventCode: code }, tell);
}
