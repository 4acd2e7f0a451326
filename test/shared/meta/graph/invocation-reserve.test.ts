import { describe, expect, it } from 'vitest';
import { requestHandler } from '../../../../functions/aws/request-handler.ts';
import { graphTimeoutMs } from '../../../../shared/meta/graph/graph-client.ts';
import { reserveSeconds, shortestInvocationSeconds } from '../../../../shared/meta/graph/invocation-reserve.ts';

const attempts = 3;
const pausesMs = 500;

describe('the reserve of an invocation', () => {
  it('is long enough for the last request to Meta, the dead letters and what is put back, each at its slowest', () => {
    const queueMs = attempts * requestHandler.requestTimeout;

    expect(reserveSeconds * 1_000).toBeGreaterThanOrEqual(graphTimeoutMs + 2 * (queueMs + pausesMs));
  });

  it('is thirty seconds, as documented', () => {
    expect([graphTimeoutMs, reserveSeconds, shortestInvocationSeconds]).toEqual([10_000, 30, 45]);
  });
});
