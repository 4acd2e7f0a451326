import type { JsonObject } from '../segment/event.ts';

/** Longer names are cut: a receipt is one short line. In UTF-16 units. */
const longest = 100;

/** Name of an event in receipts: that of a track call; of any other call, its type. */
export function eventNameOf(event: JsonObject): string | undefined {
  const { type, event: name } = event;
  if (typeof name === 'string' && name !== '') return name.slice(0, longest).toWellFormed();
  return typeof type === 'string' && type !== '' ? type.slice(0, longest) : undefined;
}
