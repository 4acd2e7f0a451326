import { Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { comparesCounts } from '../../shared/config/compares-counts.ts';
import type { AlarmTarget, EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { SettingsError } from './settings-error.ts';
import { AlarmNotifier } from './alarms/alarm-notifier.ts';
import { CountWatch } from './alarms/count-watch.ts';
import { AlarmTopic, noticeTarget } from './alarms/alarm-topic.ts';
import { PipelineAlarms } from './alarms/pipeline-alarms.ts';
import type { Sources } from './alarms/source-alarms.ts';
import type { BundledFunction } from './bundled-function.ts';
import { checkSettings } from './check-settings.ts';
import { DeliveryFunction } from './delivery-function.ts';
import { DestinationSecrets } from './destination-secrets.ts';
import { EventQueue } from './event-queue.ts';
import { EventRecord } from './event-record.ts';
import { GradualDeployment } from './gradual-deployment.ts';
import { IngestApi } from './ingest-api.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { PipelineDashboard } from './pipeline-dashboard.ts';
import { PipelineKey } from './pipeline-key.ts';
import { SavedQueries } from './saved-queries.ts';

export interface ConversionsPipelineProps {
  readonly settings: EnvironmentSettings;
  /**
   * Names or ARNs in Secrets Manager of the secrets that hold the tokens, by destination. Those that have no ARN and are
   * not among `settings.existingSecrets` are created, empty.
   */
  readonly tokenSecrets: Readonly<Record<string, string>>;
  /** Folders the build made, each with `index.mjs` and the `config.json` it runs on. */
  readonly bundles: {
    readonly ingest: string;
    readonly deliver: string;
    readonly notify?: string;
    readonly watch?: string;
  };
  /**
   * The sources of the configuration, for alarms that look at each: `configuration.sources` fits.
   *
   * @default - all sources are looked at together, and none promises traffic
   */
  readonly sources?: Sources;
  /**
   * The longest `deliverAfterSeconds` of the configuration's destinations, which is no delay to ring for.
   *
   * @default 0
   */
  readonly deliverAfterSeconds?: number;
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
  /** Where urgent alarms go. */
  readonly alarmTopic: ITopic;
  /** Where the others go. */
  readonly noticeTopic: ITopic;
  readonly alarms: readonly Alarm[];
  readonly dashboardUrl: string;
  /** With `settings.customerManagedKey`. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, props: ConversionsPipelineProps) {
    super(scope, id);
    const { region, stackName } = Stack.of(this);
    const secretNames = Object.values(props.tokenSecrets);
    checkSettings(props.settings, { region: Token.isUnresolved(region) ? undefined : region, secrets: secretNames });
    const { settings, bundles, environmentName = stackName } = props;
    const name = Names.uniqueResourceName(this, { separator: '-', allowedSpecialCharacters: '-', maxLength: 60 });
    // Of a first deployment that fails nothing stays, so that the next one finds its names free.
    const removalPolicy = settings.protectData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    const made = settings.customerManagedKey ? new PipelineKey(this, 'Key', { removalPolicy }).key : undefined;
    const [key, retiringKey] = settings.customerManagedKey === 'retiring' ? [undefined, made] : [made, undefined];
    const context: PipelineContext = { settings, environmentName, removalPolicy, key, retiringKey };

    const queue = new EventQueue(this, 'Queue', context);
    const secrets = new DestinationSecrets(this, 'Secrets', { ...context, names: secretNames });
    const ingest = new IngestApi(this, 'Ingest', { ...context, bundle: bundles.ingest, queue });
    const { deliver } = new DeliveryFunction(this, 'Deliver', { ...context, bundle: bundles.deliver, queue, secrets });

    const record = settings.record && new EventRecord(this, 'Record', { ...context, record: settings.record });
    for (const { handler } of [ingest.ingest, deliver]) record?.attachTo(handler);
    const counts = record && comparesCounts(settings) ? this.#countWatch(props, context, record) : undefined;

    const topicOf = (id: string, title: string, target: AlarmTarget): ITopic =>
      new AlarmTopic(this, id, { target, title, key }).topic;
    const urgent = topicOf('AlarmTopic', 'Alarms', settings.alarms);
    const notice = topicOf('NoticeTopic', 'Notices', noticeTarget(settings.alarms));
    const watched = { ...context, queue, ingest, deliver, ...(counts && { counts }) };
    const alarms = new PipelineAlarms(this, 'Alarms', {
      ...watched,
      namePrefix: name,
      topics: { urgent, notice },
      sources: props.sources ?? {},
      deliverAfterSeconds: props.deliverAfterSeconds ?? 0,
    });
    const { webhookSecret, runbookUrl } = settings.alarms;
    if (webhookSecret !== undefined) {
      if (bundles.notify === undefined) throw new SettingsError('alarms.webhookSecret needs bundles.notify.');
      new AlarmNotifier(this, 'Notifier', {
        ...{ ...context, bundle: bundles.notify, topics: [urgent, notice], webhookSecret, runbookUrl },
        logGroups: [ingest.ingest, deliver, ...(counts ? [counts] : [])].map(({ logGroup }) => logGroup),
      });
    }
    // The dashboards of an account are one list for all of its regions.
    const dashboard = new PipelineDashboard(this, 'Dashboard', {
      ...watched,
      name: `${name}-${region}`,
      alarms: alarms.all,
    });
    new SavedQueries(this, 'Queries', {
      folder: name,
      accessLogs: ingest.accessLogs,
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
    this.alarmTopic = urgent;
    this.noticeTopic = notice;
    this.alarms = alarms.all;
    this.dashboardUrl = dashboard.url;
    this.key = key;
  }

  #countWatch({ bundles }: ConversionsPipelineProps, context: PipelineContext, record: EventRecord): BundledFunction {
    if (bundles.watch === undefined) throw new SettingsError('alarms.compareCounts needs bundles.watch.');
    return new CountWatch(this, 'Counts', { ...context, bundle: bundles.watch, record }).watch;
  }
}
