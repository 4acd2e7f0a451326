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
  /** A firewall with CloudFront in front; its web ACL and rules are a cost of their own if the stack makes them. */
  readonly firewall: 'none' | 'own web ACL' | 'made by the stack';
}

/** Counts of what the stack watches; a test holds these against the template and against what the functions print. */
export const watched = { customMetrics: 19, alarmMetrics: 16, dashboards: 1 };

export const deploymentOf = (settings: EnvironmentSettings, secrets: number): Deployment => ({
  ingest: settings.ingest,
  deliver: settings.deliver,
  packing: 'full',
  fairQueue: true,
  ingestReportBytes: 450,
  deliverReportBytes: 1_500,
  logRetentionDays: settings.logRetentionDays,
  logsEveryId: settings.logMessageIds === 'all',
  ratePerSecond: settings.throttle.ratePerSecond,
  // A firewall brings the secret that CloudFront and the API share.
  secrets: settings.firewall === undefined ? secrets : secrets + 1,
  ...watched,
  customerManagedKey: settings.customerManagedKey ?? false,
  tracing: settings.tracing ?? false,
  firewall: firewallOf(settings.firewall),
});

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
  deliver: { ...deployment.deliver, memoryMb: 128, batchSize: 1, batchingWindowSeconds: 0 },
});
