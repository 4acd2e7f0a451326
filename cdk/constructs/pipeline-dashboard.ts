import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Color,
  Dashboard,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  MathExpression,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { BundledFunction } from './bundled-function.ts';
import type { EdgeFirewall } from './edge-firewall.ts';
import type { EventQueue } from './event-queue.ts';
import type { IngestApi } from './ingest-api.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { PipelineMetrics } from './pipeline-metrics.ts';

export interface PipelineDashboardProps extends PipelineContext {
  /** Unique in the account. */
  readonly name: string;
  readonly queue: EventQueue;
  readonly ingest: IngestApi;
  readonly deliver: BundledFunction;
  readonly alarms: readonly Alarm[];
}

const widgetWidth = 8;
const widgetHeight = 6;

const graph = (title: string, left: readonly IMetric[], more: object = {}): IWidget =>
  new GraphWidget({
    title,
    left: [...left],
    width: widgetWidth,
    height: widgetHeight,
    leftYAxis: { min: 0 },
    ...more,
  });

/** Graphs of CloudFront and the firewall, which the API does not see. Both count in us-east-1. */
function firewallRow(firewall: EdgeFirewall): IWidget[] {
  const five = Duration.minutes(5);
  return [
    graph('CloudFront: requests', [firewall.metric('Requests', Stats.SUM, five, 'all')]),
    graph('CloudFront: errors, %', [
      firewall.metric('5xxErrorRate', Stats.AVERAGE, five, '5xx'),
      firewall.metric('4xxErrorRate', Stats.AVERAGE, five, '4xx'),
    ]),
    graph('Firewall: requests', [
      firewall.aclMetric('BlockedRequests', five, 'blocked'),
      firewall.aclMetric('CountedRequests', five, 'would be blocked'),
    ]),
  ];
}

/** One page for the wall: is everything accounted for, how late is it, what does it cost, what went wrong. */
export class PipelineDashboard extends Construct {
  /** Where to look at it. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    super(scope, id);
    const { queue, ingest, deliver, settings } = props;
    const metrics = new PipelineMetrics(props.environmentName);
    const sum = metrics.of.bind(metrics);
    const { region } = Stack.of(this);

    new Dashboard(this, 'Dashboard', {
      dashboardName: props.name,
      defaultInterval: Duration.hours(12),
      widgets: [
        [
          new TextWidget({
            markdown:
              `# ${props.environmentName}\nWhat deliver took is delivered, skipped, dead or waiting, or the balance gap is not 0. ` +
              'Waiting events are taken again, so they count at every attempt.',
            width: 24,
            height: 2,
          }),
        ],
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: 24, height: 3 })],
        [
          new SingleValueWidget({
            title: 'In the chosen time',
            metrics: [
              sum('EventsAccepted'),
              sum('EventsDelivered'),
              sum('EventsSkipped'),
              sum('EventsDead'),
              sum('EventsWaiting'),
              sum('BalanceGap'),
            ],
            setPeriodToTimeRange: true,
            width: 24,
            height: 3,
          }),
        ],
        [
          graph('Accepted', [sum('EventsAccepted')]),
          graph(
            'Where they went',
            [sum('EventsDelivered'), sum('EventsSkipped'), sum('EventsDead'), sum('EventsWaiting')],
            {
              stacked: true,
            },
          ),
          graph('Balance: taken but not accounted for', [sum('BalanceGap')], {
            leftAnnotations: [{ value: 0, color: Color.GREEN, label: 'all accounted for' }],
          }),
        ],
        [
          graph(
            'Age of the oldest event, s',
            [
              queue.events.metricApproximateAgeOfOldestMessage({ label: 'on the queue since its last try' }),
              metrics.of('WaitingAge', Stats.MAXIMUM),
            ],
            { leftAnnotations: [{ value: settings.freshnessSeconds, color: Color.RED, label: 'promise' }] },
          ),
          graph('From accepting to delivering, ms', [
            metrics.of('DeliveryLatency', Stats.percentile(50)),
            metrics.of('DeliveryLatency', Stats.percentile(99)),
          ]),
          graph('Messages', [
            queue.events.metricApproximateNumberOfMessagesVisible({ label: 'on the queue' }),
            queue.events.metricApproximateNumberOfMessagesDelayed({ label: 'put back for later' }),
            queue.deadLetters.metricApproximateNumberOfMessagesVisible({ label: 'dead letters', color: Color.RED }),
          ]),
        ],
        [
          graph('Graph requests', [sum('GraphRequests'), sum('RequestsThrottled')]),
          graph(
            'Events for each request',
            [
              new MathExpression({
                label: '1,000 is the most',
                expression: 'delivered / MAX([requests, 1])',
                usingMetrics: { delivered: sum('EventsDelivered'), requests: sum('GraphRequests') },
              }),
            ],
            { leftYAxis: { min: 0, max: 1_000 } },
          ),
          graph('Waits for a person', [
            metrics.of('DestinationsHeld', Stats.MAXIMUM),
            metrics.of('TokensRefused', Stats.MAXIMUM),
            sum('EventsNotReceived'),
          ]),
        ],
        [
          graph('Requests', [
            ingest.api.metricCount({ statistic: Stats.SUM, label: 'all' }),
            ingest.api.metricClientError({ statistic: Stats.SUM, label: '4xx' }),
            ingest.api.metricServerError({ statistic: Stats.SUM, label: '5xx', color: Color.RED }),
            sum('RequestsOverLimit'),
            sum('AnswersRefused'),
          ]),
          graph('Refused at the door', [sum('EventsRejected'), sum('EventsNotQueued')]),
          graph('Answer time of ingest, ms', [
            ingest.api.metricLatency({ statistic: Stats.percentile(50), label: 'p50' }),
            ingest.api.metricLatency({ statistic: Stats.percentile(99), label: 'p99' }),
          ]),
        ],
        ...(ingest.firewall ? [firewallRow(ingest.firewall)] : []),
        [
          graph('Function errors and throttles', [
            ingest.ingest.alias.metricErrors({ label: 'ingest errors' }),
            deliver.alias.metricErrors({ label: 'deliver errors' }),
            ingest.ingest.alias.metricThrottles({ label: 'ingest throttles' }),
            deliver.alias.metricThrottles({ label: 'deliver throttles' }),
          ]),
          graph('Concurrent invocations', [
            ingest.ingest.handler.metric('ConcurrentExecutions', { statistic: Stats.MAXIMUM, label: 'ingest' }),
            deliver.handler.metric('ConcurrentExecutions', { statistic: Stats.MAXIMUM, label: 'deliver' }),
          ]),
          graph(
            'Graph requests for 1,000 delivered events',
            [
              new MathExpression({
                label: '1 is the best there is',
                expression: '1000 * requests / MAX([delivered, 1])',
                usingMetrics: { requests: sum('GraphRequests'), delivered: sum('EventsDelivered') },
              }),
            ],
            { view: GraphWidgetView.TIME_SERIES },
          ),
        ],
      ],
    });

    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${props.name}`;
  }
}
