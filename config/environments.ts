import type { EnvironmentName, EnvironmentSettings } from 'meta-conversions-pipeline/config';

const base: EnvironmentSettings = {
  ingest: { memoryMb: 512, timeoutSeconds: 15 },
  deliver: { memoryMb: 512, timeoutSeconds: 60, batchSize: 1000, batchingWindowSeconds: 1, maxConcurrency: 5 },
  eventsQueue: { retentionDays: 14, maxReceiveCount: 5 },
  deadLetterQueue: { retentionDays: 14 },
  freshnessSeconds: 3600,
  logRetentionDays: 14,
  logMessageIds: 'all',
  throttle: { ratePerSecond: 100, burst: 200 },
  protectData: false,
  deployment: 'all-at-once',
  alarms: {},
};

/** Everything about a deployment that is not a mapping. Change a number here; `npm start` and `cdk deploy` follow. */
export const environments: Readonly<Record<EnvironmentName, EnvironmentSettings>> = {
  development: base,
  staging: {
    ...base,
    deliver: { ...base.deliver, maxConcurrency: 10 },
    freshnessSeconds: 900,
    logRetentionDays: 30,
  },
  production: {
    ...base,
    // A wider window fills larger Graph requests: ten seconds of freshness for a fraction of the invocations. Deliver mostly
    // waits for Meta, which costs by the memory; the largest batch that Lambda hands out was measured at 264 MB.
    deliver: { ...base.deliver, memoryMb: 320, batchSize: 1000, batchingWindowSeconds: 9, maxConcurrency: 50 },
    // Above the visibility timeout: what a crash delays by one more try is not late yet.
    freshnessSeconds: 600,
    logRetentionDays: 90,
    // A line per batch with every id would cost more than the invocations.
    logMessageIds: 'failures',
    throttle: { ratePerSecond: 2000, burst: 4000 },
    protectData: true,
    deployment: { canaryPercent: 10, canaryMinutes: 10 },
  },
};
