import { describe, expect, it } from 'vitest';
import { environments } from '../../../config/environments.ts';
import { billOf } from '../../../commands/cost/bill.ts';
import { defaultWorkload } from '../../../commands/cost/workload.ts';
import { deploymentOf, oneByOne } from '../../../commands/cost/deployment.ts';
import type { EnvironmentSettings } from '../../../shared/config/environment-settings.ts';

const settings: EnvironmentSettings = environments.production;

describe('a record', () => {
  const workload = { ...defaultWorkload, eventsPerMonth: 100e6 };
  const usd = (given: Partial<EnvironmentSettings>): number =>
    billOf(workload, deploymentOf({ ...settings, ...given }, 1)).usdPerMillion;

  it('costs three cents for a million events at most, at a hundred million a month', () => {
    const receipts = usd({ record: { level: 'receipts', keepDays: 30 } }) - usd({});

    expect(receipts).toBeGreaterThan(0.01);
    expect(receipts).toBeLessThanOrEqual(0.03);
  });
});

describe('deploymentOf', () => {
  it.each<{ title: string; given: Partial<EnvironmentSettings>; deployment: object }>([
    {
      title: 'plain settings',
      given: {},
      deployment: { secrets: 2, customerManagedKey: false, tracing: false, firewall: 'none' },
    },
    {
      title: 'memory',
      given: { ingest: { memoryMb: 256, timeoutSeconds: 5 } },
      deployment: { ingest: { memoryMb: 256 } },
    },
    { title: 'log retention', given: { logRetentionDays: 7 }, deployment: { logRetentionDays: 7 } },
    { title: 'ids of all events', given: { logMessageIds: 'all' }, deployment: { logsEveryId: true } },
    { title: 'ids of failures', given: { logMessageIds: 'failures' }, deployment: { logsEveryId: false } },
    { title: 'the throttle', given: { throttle: { ratePerSecond: 7, burst: 9 } }, deployment: { ratePerSecond: 7 } },
    { title: 'a key', given: { customerManagedKey: true }, deployment: { customerManagedKey: true } },
    {
      title: 'a record, and the secret it brings',
      given: { record: { level: 'receipts', keepDays: 30 } },
      deployment: { record: { level: 'receipts' }, secrets: 3 },
    },
    { title: 'tracing', given: { tracing: true }, deployment: { tracing: true } },
    {
      title: 'a firewall of one’s own, and the secret it brings',
      given: { firewall: { webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/1' } },
      deployment: { firewall: 'own web ACL', secrets: 3 },
    },
    {
      title: 'a firewall that the stack makes',
      given: { firewall: { requestsPerAddress: 1_000 } },
      deployment: { firewall: 'made by the stack', secrets: 3 },
    },
  ])('takes over $title', ({ given, deployment }) => {
    expect(deploymentOf({ ...settings, ...given }, 2)).toMatchObject(deployment);
  });
});

describe('sources', () => {
  const several = deploymentOf(settings, 2, 3);
  const one = deploymentOf(settings, 2, 1);

  it('share a fair queue where there are several, and are counted each', () => {
    expect([one.fairQueue, several.fairQueue]).toEqual([false, true]);
    expect(several.customMetrics - one.customMetrics).toBe(6);
    expect(several.alarmMetrics - one.alarmMetrics).toBe(4);
  });
});

describe('an environment without a canary', () => {
  it('has none of its alarms', () => {
    const without = deploymentOf({ ...settings, deployment: 'all-at-once' }, 1);

    expect(deploymentOf(settings, 1).alarmMetrics - without.alarmMetrics).toBe(6);
  });
});

describe('oneByOne', () => {
  it('keeps what does not depend on batching', () => {
    const { packing, fairQueue, ingestReportBytes, deliverReportBytes, logsEveryId, deliver, ...rest } = oneByOne(
      deploymentOf(settings, 1),
    );

    expect({ packing, fairQueue, ingestReportBytes, deliverReportBytes, logsEveryId }).toEqual({
      packing: 'one event',
      fairQueue: false,
      ingestReportBytes: 0,
      deliverReportBytes: 0,
      logsEveryId: false,
    });
    expect(deliver).toMatchObject({ memoryMb: 128, batchSize: 1, batchingWindowSeconds: 0 });
    expect(deploymentOf(settings, 1)).toMatchObject(rest);
  });
});
