import type { DeliveryReport } from '../../shared/delivery/report.ts';

/** Facts that stand in a line although they are 0: whoever looks at a chart of them wants the points. */
const always: ReadonlySet<string> = new Set([
  'records',
  'events',
  'delivered',
  'skipped',
  'dead',
  'waiting',
  'requests',
  'batchFill',
  'requestsPerThousandEvents',
  'durationMs',
]);

/** The report of an invocation without what is 0 or empty: bytes of a log are paid for, and most of them would say that nothing is wrong. */
export const reportLine = (
  report: DeliveryReport & { readonly records: number; readonly recordsFailed: number },
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(report).filter(([name, value]) => always.has(name) || !isNothing(value)));

const isNothing = (value: unknown): boolean =>
  value === 0 || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
