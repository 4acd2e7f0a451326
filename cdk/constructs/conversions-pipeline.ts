import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { checkSettings } from './check-settings.ts';
import { DeliveryFunction } from './delivery-function.ts';
import { DestinationSecrets } from './destination-secrets.ts';
import { EventQueue } from './event-queue.ts';
import { GradualDeployment } from './gradual-deployment.ts';
import { IngestApi } from './ingest-api.ts';
import { PipelineAlarms } from './pipeline-alarms.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { PipelineDashboard } from './pipeline-dashboard.ts';
import { PipelineKey } from './pipeline-key.ts';
import { SavedQueries } from './saved-queries.ts';

export interface ConversionsPipelineProps {
  readonly settings: EnvironmentSettings;
  /** Names in Secrets Manager of the secrets that hold the tokens, by destination. They are created empty. */
  readonly tokenSecrets: Readonly<Record<string, string>>;
  /** Folders the build made, each with `index.mjs` and the `config.json` it runs on. */
  readonly bundles: { readonly ingest: string; readonly deliver: string };
  /**
   * Name of this deployment in what the functions report. Two deployments in one account and region need two.
   *
   * @default - the name of the stack
   */
  readonly environmentName?: string;
}

/**
 * The whole pipeline, for any stack: HTTP API → ingest → events queue → deliver → Meta, with dead letters beside it,
 * and alarms, a dashboard and saved queries over it.
 *
 * @example
 * new ConversionsPipeline(this, 'Capi', { settings, tokenSecrets: { main: 'capi/main' }, bundles: { ingest, deliver } });
 */
export class ConversionsPipeline extends Construct {
  /** Where client libraries send, without a trailing slash. */
  readonly endpoint: string;
  /** Name that the DNS record of `settings.domain` must point to, unless its zone is written here. */
  readonly dnsTarget: string | undefined;
  readonly eventsQueue: Queue;
  readonly deadLetterQueue: Queue;
  /** Alias that runs: add environment variables or permissions to `.lambda`. */
  readonly ingest: Alias;
  readonly deliver: Alias;
  readonly alarmTopic: ITopic;
  readonly alarms: readonly Alarm[];
  readonly dashboardUrl: string;
  /** With `settings.customerManagedKey`. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, props: ConversionsPipelineProps) {
    super(scope, id);
    checkSettings(props.settings);
    const { settings, bundles, environmentName = Stack.of(this).stackName } = props;
    const name = Names.uniqueResourceName(this, { separator: '-', allowedSpecialCharacters: '-', maxLength: 60 });
    const removalPolicy = settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const key = settings.customerManagedKey ? new PipelineKey(this, 'Key', { removalPolicy }).key : undefined;
    const context: PipelineContext = { settings, environmentName, removalPolicy, key };

    const queue = new EventQueue(this, 'Queue', context);
    const secrets = new DestinationSecrets(this, 'Secrets', { ...context, names: Object.values(props.tokenSecrets) });
    const ingest = new IngestApi(this, 'Ingest', { ...context, bundle: bundles.ingest, queue });
    const { deliver } = new DeliveryFunction(this, 'Deliver', { ...context, bundle: bundles.deliver, queue, secrets });

    const { topic } = new AlarmTopic(this, 'AlarmTopic', { alarms: settings.alarms, key });
    const watched = { ...context, queue, ingest, deliver };
    const alarms = new PipelineAlarms(this, 'Alarms', { ...watched, namePrefix: name, topic });
    const dashboard = new PipelineDashboard(this, 'Dashboard', { ...watched, name, alarms: alarms.all });
    new SavedQueries(this, 'Queries', {
      folder: name,
      ingestLogs: ingest.ingest.logGroup,
      deliverLogs: deliver.logGroup,
    });

    if (settings.deployment !== 'all-at-once') {
      new GradualDeployment(this, 'Deployment', {
        canary: settings.deployment,
        functions: {
          Ingest: { fn: ingest.ingest, alarms: alarms.rollback.ingest },
          Deliver: { fn: deliver, alarms: alarms.rollback.deliver },
        },
      });
    }

    this.endpoint = ingest.endpoint;
    this.dnsTarget = ingest.dnsTarget;
    this.eventsQueue = queue.events;
    this.deadLetterQueue = queue.deadLetters;
    this.ingest = ingest.ingest.alias;
    this.deliver = deliver.alias;
    this.alarmTopic = topic;
    this.alarms = alarms.all;
    this.dashboardUrl = dashboard.url;
    this.key = key;
  }
}
