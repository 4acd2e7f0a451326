import type { JsonObject } from '../../../../shared/segment/event.ts';

/** An example as if it happened now: Meta takes nothing that is older than a week. */
export function freshExample(event: JsonObject, now: Date): JsonObject {
  const { timestamp: _, messageId: __, ...rest } = event;
  return { ...rest, messageId: `example-${now.getTime()}`, timestamp: now.toISOString() };
}
