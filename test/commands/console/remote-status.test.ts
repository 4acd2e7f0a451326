import { describe, expect, it } from 'vitest';
import type { MetricName, Metrics } from '../../../commands/console/read-metrics.ts';
import { remoteStatus } from '../../../commands/console/remote-status.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';

const now = new Date('2026-12-01T12:00:00Z');
const at = (minutesAgo: number): number => now.getTime() / 1_000 - minutesAgo * 60;
const config = defineConfig({
  sources: { shop: { writeKeyHashes: ['0'.repeat(64)], destinations: ['main'] } },
  destinations: {
    main: {
      ...{ datasetId: '1234567890123456', accessTokenSecret: 'conversions/test/main', graphVersion: 'v26.0' },
      mappings: [{ name: 'Purchase', action: 'purchase', fields: { action_source: 'website' } }],
    },
  },
});
const none = { visible: 0, inFlight: 0, delayed: 0 };
const statusOf = (given: Partial<Record<MetricName, readonly { at: number; value: number }[]>>, visible = 0) =>
  remoteStatus({
    ...{ environment: 'production', config, now, queues: { events: { ...none, visible }, deadLetters: none } },
    metrics: new Proxy(given, { get: (all, name) => Reflect.get(all, name) ?? [] }) as Metrics,
  });

describe('remoteStatus', () => {
  it('adds up the metrics', () => {
    const { balance, seconds, health } = statusOf({
      EventsAccepted: [
        { at: at(10), value: 4 },
        { at: at(5), value: 6 },
      ],
      EventsDelivered: [{ at: at(5), value: 9 }],
      EventsSkipped: [{ at: at(5), value: 1 }],
      DeliveryLatency: [{ at: at(5), value: 120 }],
    });

    expect(balance).toMatchObject({ accepted: 10, delivered: 9, skipped: 1, state: 'balanced' });
    expect(seconds).toEqual([
      { at: at(10), received: 4, delivered: 0 },
      { at: at(5), received: 6, delivered: 9, p50Ms: 120 },
    ]);
    expect(health).toEqual([]);
  });

  it.each([
    {
      metric: 'TokensRefused',
      kind: 'token_refused',
      command: 'npm run token:set -- --env production --destination main',
    },
    { metric: 'DestinationsHeld', kind: 'held', command: 'npm run doctor -- --env production' },
    { metric: 'BalanceGap', kind: 'gap', command: undefined },
    { metric: 'RequestsRefused', kind: 'requests_refused', command: undefined },
    { metric: 'RequestsThrottled', kind: 'throttled', command: undefined },
    { metric: 'ReceiptsMissed', kind: 'record_missing', command: undefined },
  ] as const)('tells of $metric for a quarter of an hour', ({ metric, kind, command }) => {
    expect(statusOf({ [metric]: [{ at: at(3), value: 2 }] }, 7).health).toMatchObject([
      { kind, ...(command !== undefined && { command }) },
    ]);
    expect(statusOf({ [metric]: [{ at: at(20), value: 2 }] }).health).toEqual([]);
  });
});
