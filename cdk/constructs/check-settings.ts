import { Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { AlarmTarget, EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { reserveSeconds, shortestInvocationSeconds } from '../../shared/meta/graph/invocation-reserve.ts';
import { isArn, regionOf } from './arn.ts';
import { SettingsError } from './settings-error.ts';

/** Facts beside the settings that they have to fit. */
export interface Surroundings {
  /** Of the stack; undefined when the credentials decide it. */
  readonly region: string | undefined;
  /** Names or ARNs of the secrets that hold tokens. */
  readonly secrets: readonly string[];
}

type Rule = readonly [
  path: string,
  keeps: (settings: EnvironmentSettings, surroundings: Surroundings) => boolean,
  says: string,
];

/** Messages that SQS lets be in flight on a standard queue. */
const mostInFlight = 120_000;
const global = 'us-east-1';
const topicRule = 'the ARN of a topic in the region of the stack; CloudWatch reports to no other';

/** Limits of AWS that CloudFormation would report one by one, minutes later, or not at all. */
const limits: readonly Rule[] = [
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
  [
    'deliver',
    ({ deliver }) => deliver.maxConcurrency * deliver.batchSize <= mostInFlight,
    `maxConcurrency × batchSize is at most ${mostInFlight}, the messages that SQS hands out at a time`,
  ],
  ['eventsQueue.retentionDays', ({ eventsQueue }) => within(eventsQueue.retentionDays, 1, 14), '1 to 14'],
  ['eventsQueue.maxReceiveCount', ({ eventsQueue }) => within(eventsQueue.maxReceiveCount, 1, 1_000), '1 to 1000'],
  [
    'deadLetterQueue.retentionDays',
    // A dead letter keeps the age it had on the events queue.
    ({ deadLetterQueue, eventsQueue }) => within(deadLetterQueue.retentionDays, eventsQueue.retentionDays, 14),
    'at least as long as on the events queue, at most 14',
  ],
  ['record.keepDays', ({ record }) => record === undefined || within(record.keepDays, 1, 3_650), '1 to 3650 days'],
  [
    'record.scanLimitGb',
    ({ record }) => record?.scanLimitGb === undefined || within(record.scanLimitGb, 1, 100_000),
    '1 to 100000 GB',
  ],
  ['freshnessSeconds', ({ freshnessSeconds }) => within(freshnessSeconds, 1, Infinity), 'at least 1'],
  [
    'logRetentionDays',
    ({ logRetentionDays }) => Object.values(RetentionDays).includes(logRetentionDays) && logRetentionDays !== 9999,
    'one of those CloudWatch offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 …',
  ],
  [
    'throttle',
    ({ throttle }) =>
      throttle.ratePerSecond >= 1 && throttle.ratePerSecond < Infinity && within(throttle.burst, 1, 2 ** 31),
    'at least 1 each, and a whole number for burst',
  ],
  [
    'deployment',
    ({ deployment }) =>
      deployment === 'all-at-once' ||
      (within(deployment.canaryPercent, 1, 99) && within(deployment.canaryMinutes, 1, 2_880)),
    'a share of 1 to 99 % for 1 to 2880 minutes',
  ],
];

/** Rules across settings, regions and names. */
const fits: readonly Rule[] = [
  ['alarms.topicArn', ({ alarms }, { region }) => isTopicHere(alarms, region), topicRule],
  ['alarms.notices.topicArn', ({ alarms }, { region }) => isTopicHere(alarms.notices, region), topicRule],
  [
    'domain.name',
    ({ domain }) =>
      domain === undefined || unknown(domain.name) || /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domain.name),
    'a host name in small letters, such as events.example.com',
  ],
  [
    'domain.hostedZone.name',
    ({ domain }) =>
      domain?.hostedZone === undefined ||
      unknown(domain.name, domain.hostedZone.name) ||
      `.${domain.name}`.endsWith(`.${domain.hostedZone.name.replace(/\.$/, '')}`),
    'the end of domain.name: a zone can hold only its own names',
  ],
  [
    'domain.certificateArn',
    ({ domain, firewall }, { region }) =>
      domain === undefined ||
      (firewall !== undefined && firewall.certificateArn === undefined) ||
      isIn(domain.certificateArn, region),
    'a certificate of the region of the stack; API Gateway takes no other',
  ],
  [
    'domain.certificateArn',
    ({ domain, firewall }) =>
      domain === undefined ||
      firewall === undefined ||
      firewall.certificateArn !== undefined ||
      isIn(domain.certificateArn, global),
    `with a firewall, CloudFront takes certificates of ${global} only: request one there, and give it as firewall.certificateArn, or here`,
  ],
  [
    'firewall.certificateArn',
    ({ firewall }) => firewall?.certificateArn === undefined || isIn(firewall.certificateArn, global),
    `CloudFront takes certificates of ${global} only`,
  ],
  [
    'firewall.certificateArn',
    ({ firewall, domain }) => firewall?.certificateArn === undefined || domain !== undefined,
    'is for domain.name, and there is no domain',
  ],
  [
    'firewall.webAclArn',
    ({ firewall }) =>
      firewall === undefined ||
      !('webAclArn' in firewall) ||
      unknown(firewall.webAclArn) ||
      (isIn(firewall.webAclArn, global) && firewall.webAclArn.includes(':global/webacl/')),
    `the ARN of a web ACL of the scope CLOUDFRONT, which lives in ${global}: arn:aws:wafv2:${global}:…:global/webacl/…`,
  ],
  [
    'firewall.requestsPerAddress',
    ({ firewall }) =>
      firewall === undefined || 'webAclArn' in firewall || within(firewall.requestsPerAddress, 10, 2_000_000_000),
    'at least 10 in five minutes',
  ],
  [
    'firewall',
    ({ firewall }, { region }) => firewall === undefined || 'webAclArn' in firewall || region === global,
    `a web ACL for CloudFront can only be made in ${global}, and the stack is not there. Set settings.region to ${global}, or make one there and pass its ARN as settings.firewall.webAclArn`,
  ],
];

/** Of one secret's name. */
const secretRules: readonly (readonly [
  keeps: (secret: string, surroundings: Surroundings) => boolean,
  says: string,
])[] = [
  [
    (secret) => isArn(secret) || /^[A-Za-z0-9/_+=.@-]{1,512}$/.test(secret),
    'letters, digits and /_+=.@- only, at most 512 of them',
  ],
  [
    (secret) => isArn(secret) || !/-[A-Za-z0-9]{6}$/.test(secret),
    'must not end in a hyphen and six letters or digits: Secrets Manager could not tell it from an ARN',
  ],
  [(secret, { region }) => !isArn(secret) || isIn(secret, region), 'the ARN of a secret in the region of the stack'],
];

const within = (value: number, least: number, most: number): boolean =>
  (Number.isInteger(value) || value === Infinity) && value >= least && value <= most;

/** Known only at deployment. */
const unknown = (...values: readonly string[]): boolean => values.some((value) => Token.isUnresolved(value));

/** Where either is known only at deployment, nothing can be said. */
const isIn = (arn: string, region: string | undefined): boolean => {
  const own = regionOf(arn);
  return own === undefined ? unknown(arn) : region === undefined || own === region;
};

const isTopicHere = (target: AlarmTarget | undefined, region: string | undefined): boolean =>
  target?.topicArn === undefined || isIn(target.topicArn, region);

/** @throws SettingsError naming every setting that AWS would not take */
export function checkSettings(settings: EnvironmentSettings, surroundings: Surroundings): void {
  const problems = [
    ...[...limits, ...fits]
      .filter(([, keeps]) => !keeps(settings, surroundings))
      .map(([path, , says]) => `  settings.${path}: ${says}`),
    ...[...new Set(surroundings.secrets)].flatMap((secret) =>
      secretRules
        .filter(([keeps]) => !keeps(secret, surroundings))
        .map(([, says]) => `  accessTokenSecret "${secret}": ${says}`),
    ),
  ];
  if (problems.length > 0) throw new SettingsError(`The pipeline cannot be built like this:\n${problems.join('\n')}`);
}
