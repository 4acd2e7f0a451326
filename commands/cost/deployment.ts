import { comparesCounts } from '../../shared/config/compares-counts.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';

/** Parts of a deployment that have a price. */
export interface Deployment {
  readonly ingest: { readonly memoryMb: number };
  readonly deliver: {
    readonly memoryMb: number;
    readonly batchSize: number;
    readonly batchingWindowSeconds: number;
    readonly maxConcurrency: number;
  };
  /** `full`: as many events in a message as fit into 64 KB. */
  readonly packing: 'full' | 'one event';
  /** Whether messages carry a group, for which SQS charges extra. */
  readonly fairQueue: boolean;
  /** Bytes that one ingest invocation logs by itself. */
  readonly ingestReportBytes: number;
  /** Bytes that one deliver invocation logs by itself. */
  readonly deliverReportBytes: number;
  readonly logRetentionDays: number;
  /** Whether the functions print the ids of all events. */
  readonly logsEveryId: boolean;
  readonly ratePerSecond: number;
  readonly secrets: number;
  readonly customMetrics: number;
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly customerManagedKey: boolean;
  readonly tracing: boolean;
  /** Days that receipts are kept, with the events or without; undefined when nothing is recorded. */
  readonly record: { readonly level: 'receipts' | 'events'; readonly keepDays: number } | undefined;
  /** Whether the counts of event names are compared each hour, out of the record. */
  readonly comparesCounts: boolean;
  /** A firewall with CloudFront in front; its web ACL and rules are a cost of their own if the stack makes them. */
  readonly firewall: 'none' | 'own web ACL' | 'made by the stack';
}

/**
 * Counts of what the stack of production watches; a test holds these against the template and against what the functions print on a
 * day with a rejected event and no fault. Metrics of faults are paid for the hours in which there are any.
 */
export const watched = { customMetrics: 9, alarmMetrics: 34, dashboards: 1 };

/** Alarms of a canary, which only some environments have; those that a record and counts bring; and what a source adds where there are several. */
const canaryMetrics = 6;
const countAlarms = 3;
const recordAlarms = 1;
const perSource = { customMetrics: 2, alarmMetrics: 2 };

/** @param sources of the configuration: several are fair to each other, and counted each */
export const deploymentOf = (settings: EnvironmentSettings, secrets: number, sources = 1): Deployment => ({
  ingest: settings.ingest,
  deliver: settings.deliver,
  packing: 'full',
  fairQueue: sources > 1,
  ingestReportBytes: 362,
  deliverReportBytes: 1_000,
  logRetentionDays: settings.logRetentionDays,
  logsEveryId: settings.logMessageIds === 'all',
  ratePerSecond: settings.throttle.ratePerSecond,
  // A firewall brings the secret that CloudFront and the API share, a record the one of its digests.
  secrets: secrets + (settings.firewall === undefined ? 0 : 1) + (settings.record === undefined ? 0 : 1),
  ...watchedIn(settings, sources),
  // A key costs the same while it retires.
  customerManagedKey: settings.customerManagedKey !== undefined && settings.customerManagedKey !== false,
  tracing: settings.tracing ?? false,
  record: settings.record,
  comparesCounts: comparesCounts(settings),
  firewall: firewallOf(settings.firewall),
});

function watchedIn(settings: EnvironmentSettings, sources: number): typeof watched {
  const { deployment } = settings;
  const counted = sources > 1 ? sources : 0;
  return {
    ...watched,
    customMetrics: watched.customMetrics + counted * perSource.customMetrics,
    alarmMetrics:
      watched.alarmMetrics -
      (deployment === 'all-at-once' ? canaryMetrics : 0) +
      (settings.record === undefined ? 0 : recordAlarms) +
      (comparesCounts(settings) ? countAlarms : 0) +
      // The first takes the place of the one alarm there is for a single source.
      Math.max(0, counted - 1) * perSource.alarmMetrics,
  };
}

function firewallOf(firewall: EnvironmentSettings['firewall']): Deployment['firewall'] {
  if (firewall === undefined) return 'none';
  return 'webAclArn' in firewall ? 'own web ACL' : 'made by the stack';
}

/**
 * The usual other design: a message and a call to Meta for every event. It is given the smallest function there is, since
 * it mostly waits, logs nothing of its own, and needs no fair queue.
 */
export const oneByOne = (deployment: Deployment): Deployment => ({
  ...deployment,
  packing: 'one event',
  fairQueue: false,
  ingestReportBytes: 0,
  deliverReportBytes: 0,
  logsEveryId: false,
  record: undefined,
  comparesCounts: false,
  deliver: { ...deployment.deliver, memoryMb: 128, batchSize: 1, batchingWindowSeconds: 0 },
});
