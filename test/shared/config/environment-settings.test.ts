import { describe, expect, it } from 'vitest';
import { environments } from '../../../config/environments.ts';
import { visibilityTimeoutSeconds } from '../../../shared/config/environment-settings.ts';

const entries = Object.entries(environments);

describe('visibilityTimeoutSeconds', () => {
  it('is six timeouts and the batching window', () => {
    const deliver = { memoryMb: 512, timeoutSeconds: 60, batchSize: 500, batchingWindowSeconds: 5, maxConcurrency: 50 };

    expect(visibilityTimeoutSeconds({ ...environments.production, deliver })).toBe(365);
  });
});

describe('environments', () => {
  it.each(entries)('%s keeps within the limits of AWS', (_, { ingest, deliver, eventsQueue, deadLetterQueue }) => {
    expect(ingest.timeoutSeconds).toBeLessThan(30);
    expect(deliver.timeoutSeconds).toBeLessThanOrEqual(900);
    expect(deliver.batchSize).toBeLessThanOrEqual(deliver.batchingWindowSeconds > 0 ? 10_000 : 10);
    expect(deliver.batchingWindowSeconds).toBeLessThanOrEqual(300);
    expect(deliver.maxConcurrency).toBeGreaterThanOrEqual(2);
    expect(deliver.maxConcurrency).toBeLessThanOrEqual(1_000);
    expect(eventsQueue.retentionDays).toBeLessThanOrEqual(14);
    expect(deadLetterQueue.retentionDays).toBeLessThanOrEqual(14);
  });

  it.each(entries)('%s keeps dead letters at least as long as the events they come from', (_, settings) => {
    expect(settings.deadLetterQueue.retentionDays).toBeGreaterThanOrEqual(settings.eventsQueue.retentionDays);
  });

  it.each(entries)('%s may hide a message for as long as SQS allows', (_, settings) => {
    expect(visibilityTimeoutSeconds(settings)).toBeLessThanOrEqual(12 * 60 * 60);
  });
});
