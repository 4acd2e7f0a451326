import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { reserveSeconds, shortestInvocationSeconds } from '../../shared/meta/graph/invocation-reserve.ts';
import { SettingsError } from './settings-error.ts';

/** Limits of AWS that CloudFormation would report one by one, minutes later, or not at all. */
const rules: readonly (readonly [path: string, keeps: (settings: EnvironmentSettings) => boolean, says: string])[] = [
  ['ingest.timeoutSeconds', ({ ingest }) => within(ingest.timeoutSeconds, 1, 29), 'API Gateway waits 30 s: 1 to 29'],
  ['ingest.memoryMb', ({ ingest }) => within(ingest.memoryMb, 128, 10_240), '128 to 10240'],
  [
    'ingest.reservedConcurrency',
    ({ ingest }) => ingest.reservedConcurrency === undefined || within(ingest.reservedConcurrency, 1, Infinity),
    'at least 1; leave it out to share the concurrency of the account',
  ],
  [
    'deliver.timeoutSeconds',
    ({ deliver }) => within(deliver.timeoutSeconds, shortestInvocationSeconds, 900),
    `${shortestInvocationSeconds} to 900; the last ${reserveSeconds} are kept for what has to be put back`,
  ],
  ['deliver.memoryMb', ({ deliver }) => within(deliver.memoryMb, 128, 10_240), '128 to 10240'],
  ['deliver.batchSize', ({ deliver }) => within(deliver.batchSize, 1, 10_000), '1 to 10000'],
  [
    'deliver.batchingWindowSeconds',
    ({ deliver }) => within(deliver.batchingWindowSeconds, deliver.batchSize > 10 ? 1 : 0, 300),
    '0 to 300, and at least 1 with a batch size above 10',
  ],
  ['deliver.maxConcurrency', ({ deliver }) => within(deliver.maxConcurrency, 2, 1_000), '2 to 1000'],
  ['eventsQueue.retentionDays', ({ eventsQueue }) => within(eventsQueue.retentionDays, 1, 14), '1 to 14'],
  ['eventsQueue.maxReceiveCount', ({ eventsQueue }) => within(eventsQueue.maxReceiveCount, 1, 1_000), '1 to 1000'],
  [
    'deadLetterQueue.retentionDays',
    // A dead letter keeps the age it had on the events queue.
    ({ deadLetterQueue, eventsQueue }) => within(deadLetterQueue.retentionDays, eventsQueue.retentionDays, 14),
    'at least as long as on the events queue, at most 14',
  ],
  ['freshnessSeconds', ({ freshnessSeconds }) => within(freshnessSeconds, 1, Infinity), 'at least 1'],
  [
    'logRetentionDays',
    ({ logRetentionDays }) => Object.values(RetentionDays).includes(logRetentionDays) && logRetentionDays !== 9999,
    'one of those CloudWatch offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 …',
  ],
  ['throttle', ({ throttle }) => throttle.ratePerSecond >= 1 && throttle.burst >= 1, 'at least 1 each'],
  [
    'deployment',
    ({ deployment }) =>
      deployment === 'all-at-once' ||
      (within(deployment.canaryPercent, 1, 99) && within(deployment.canaryMinutes, 1, 2_880)),
    'a share of 1 to 99 % for 1 to 2880 minutes',
  ],
  [
    'firewall.requestsPerAddress',
    ({ firewall }) =>
      firewall === undefined || 'webAclArn' in firewall || within(firewall.requestsPerAddress, 10, 2_000_000_000),
    'at least 10 in five minutes',
  ],
];

const within = (value: number, least: number, most: number): boolean =>
  (Number.isInteger(value) || value === Infinity) && value >= least && value <= most;

/** @throws SettingsError naming every setting outside its limits */
export function checkSettings(settings: EnvironmentSettings): void {
  const problems = rules.filter(([, keeps]) => !keeps(settings)).map(([path, , says]) => `  settings.${path}: ${says}`);
  if (problems.length > 0) throw new SettingsError(`The pipeline cannot be built like this:\n${problems.join('\n')}`);
}
