import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function.ts';
import { cloudFrontRegion } from '../edge-firewall.ts';
import type { EventQueue } from '../event-queue.ts';
import type { IngestApi } from '../ingest-api.ts';
import type { PipelineContext } from '../pipeline-context.ts';
import { PipelineMetrics } from '../pipeline-metrics.ts';
import type { AlarmRule, MakeAlarm, Severity } from './alarm-rule.ts';
import { addCountAlarms } from './count-alarms.ts';
import { addDeliveryAlarms, addDeliveryCanary } from './delivery-alarms.ts';
import { addFirewallAlarms } from './firewall-alarms.ts';
import { addIngestAlarms, addIngestCanary } from './ingest-alarms.ts';
import { addQueueAlarms } from './queue-alarms.ts';
import { addSourceAlarms, type Sources } from './source-alarms.ts';

export interface PipelineAlarmsProps extends PipelineContext {
  /** Begins the name of every alarm; unique in account and region. */
  readonly namePrefix: string;
  readonly topics: Readonly<Record<Exclude<Severity, 'canary'>, ITopic>>;
  readonly queue: EventQueue;
  readonly ingest: IngestApi;
  readonly deliver: BundledFunction;
  /** Compares counts of events; there where a record and a webhook are. */
  readonly counts?: BundledFunction;
  readonly sources: Sources;
  /** The longest that a destination lets events wait before they are sent. */
  readonly deliverAfterSeconds: number;
}

/** Every alarm of a pipeline. Each reports to the topic of its severity, when it rings and when it is over. */
export class PipelineAlarms extends Construct {
  readonly all: readonly Alarm[];
  /** Those that take a new version of each function back while it gets its first traffic; none without a canary. */
  readonly rollback: { readonly ingest: readonly Alarm[]; readonly deliver: readonly Alarm[] };

  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    const { settings, queue, ingest, deliver } = props;
    const metrics = new PipelineMetrics(props.environmentName);
    const all: Alarm[] = [];
    const alarm: MakeAlarm = (name, rule) => {
      const made = this.#make(name, rule, props);
      all.push(made);
      return made;
    };

    addQueueAlarms(alarm, queue, settings, props.deliverAfterSeconds);
    const ofDelivery = addDeliveryAlarms(alarm, deliver, metrics, settings);
    addIngestAlarms(alarm, ingest, metrics);
    addSourceAlarms(alarm, props.sources, metrics, props.environmentName, ingest.ingest.logGroup);
    if (props.counts) addCountAlarms(alarm, props.counts, metrics);
    if (ingest.firewall && Stack.of(this).region === cloudFrontRegion) addFirewallAlarms(alarm, ingest.firewall);

    this.rollback =
      settings.deployment === 'all-at-once'
        ? { ingest: [], deliver: [] }
        : {
            ingest: addIngestCanary(alarm, ingest, metrics, settings.deployment),
            deliver: addDeliveryCanary(alarm, deliver, ofDelivery),
          };
    this.all = all;
  }

  #make(name: string, rule: AlarmRule, { namePrefix, topics }: PipelineAlarmsProps): Alarm {
    const made = new Alarm(this, name, {
      alarmName: `${namePrefix}-${name}`,
      alarmDescription: rule.says,
      metric: rule.metric,
      comparisonOperator: rule.comparison ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: rule.threshold ?? 0,
      evaluationPeriods: rule.periods ?? 1,
      ...(rule.of !== undefined && { datapointsToAlarm: rule.of }),
      treatMissingData: rule.missing ?? TreatMissingData.NOT_BREACHING,
    });
    if (rule.severity === 'canary') return made;
    const action = new SnsAction(topics[rule.severity]);
    made.addAlarmAction(action);
    made.addOkAction(action);
    return made;
  }
}
