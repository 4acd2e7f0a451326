import type { InvokeResult } from '../lambda/lambda-function.ts';

/**
 * The ids of the messages that stay on the queue after an invocation, with `ReportBatchItemFailures` on: those the
 * handler names, or all of them when it failed or its answer cannot be trusted.
 * Source: "Handling errors for an SQS event source in Lambda", success and failure conditions.
 */
export function failedMessageIds(result: InvokeResult, messageIds: ReadonlySet<string>): ReadonlySet<string> {
  if (!result.ok) return messageIds;
  if (isNothing(result.payload)) return none;
  if (typeof result.payload !== 'object') return messageIds;

  const { batchItemFailures } = result.payload as { batchItemFailures?: unknown };
  if (isNothing(batchItemFailures)) return none;
  if (!Array.isArray(batchItemFailures)) return messageIds;

  const named = batchItemFailures.map((item: { itemIdentifier?: unknown } | null) => item?.itemIdentifier);
  const known = named.filter((id): id is string => typeof id === 'string' && messageIds.has(id));
  return known.length === named.length ? new Set(known) : messageIds;
}

const none: ReadonlySet<string> = new Set();

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;
