import type { Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentSettings } from '../../../shared/config/environment-settings.ts';

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The template's resources of one CloudFormation type, by logical id. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.findResources(type)) as [string, Resource][];

/** The one resource of a type whose logical id holds a word. */
export function resource(template: Template, type: string, word = ''): Resource {
  const found = resourcesOf(template, type).filter(([logicalId]) => logicalId.includes(word));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} resources of ${type} match "${word}"`);
  return only[1];
}

const secondsPerDay = 86_400;

/** The settings a deployment of this template would run with, read back from what CloudFormation would be told. */
export function settingsFromTemplate(template: Template): Omit<EnvironmentSettings, 'alarms'> {
  const properties = (type: string, word?: string) =>
    resource(template, type, word).Properties as Record<string, never>;
  const ingest = properties('AWS::Lambda::Function', 'Ingest');
  const deliver = properties('AWS::Lambda::Function', 'Deliver');
  const eventSource = properties('AWS::Lambda::EventSourceMapping');
  const events = properties('AWS::SQS::Queue', 'Events');
  const deadLetters = properties('AWS::SQS::Queue', 'DeadLetters');
  const routeDefaults = properties('AWS::ApiGatewayV2::Stage')['DefaultRouteSettings'];

  return {
    ingest: { memoryMb: number(ingest['MemorySize']), timeoutSeconds: number(ingest['Timeout']) },
    deliver: {
      memoryMb: number(deliver['MemorySize']),
      timeoutSeconds: number(deliver['Timeout']),
      batchSize: number(eventSource['BatchSize']),
      batchingWindowSeconds: number(eventSource['MaximumBatchingWindowInSeconds']),
      maxConcurrency: number(at(eventSource['ScalingConfig'], 'MaximumConcurrency')),
    },
    eventsQueue: {
      retentionDays: number(events['MessageRetentionPeriod']) / secondsPerDay,
      maxReceiveCount: number(at(events['RedrivePolicy'], 'maxReceiveCount')),
    },
    deadLetterQueue: { retentionDays: number(deadLetters['MessageRetentionPeriod']) / secondsPerDay },
    freshnessSeconds: number(properties('AWS::CloudWatch::Alarm', 'QueueAge')['Threshold']),
    logMessageIds: at(at(deliver['Environment'], 'Variables'), 'LOG_MESSAGE_IDS') === 'all' ? 'all' : 'failures',
    logRetentionDays: number(properties('AWS::Logs::LogGroup', 'AccessLogs')['RetentionInDays']),
    throttle: {
      ratePerSecond: number(at(routeDefaults, 'ThrottlingRateLimit')),
      burst: number(at(routeDefaults, 'ThrottlingBurstLimit')),
    },
    protectData: resource(template, 'AWS::SQS::Queue', 'Events').DeletionPolicy === 'RetainExceptOnCreate',
    deployment: deploymentFromTemplate(template),
  };
}

function deploymentFromTemplate(template: Template): EnvironmentSettings['deployment'] {
  const [found] = resourcesOf(template, 'AWS::CodeDeploy::DeploymentConfig');
  if (found === undefined) return 'all-at-once';
  const canary = at(found[1].Properties['TrafficRoutingConfig'], 'TimeBasedCanary');
  return {
    canaryPercent: number(at(canary, 'CanaryPercentage')),
    canaryMinutes: number(at(canary, 'CanaryInterval')),
  };
}

const at = (value: unknown, key: string): unknown => (value as Record<string, unknown> | undefined)?.[key];

function number(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`expected a number in the template, found ${JSON.stringify(value)}`);
  return value;
}
