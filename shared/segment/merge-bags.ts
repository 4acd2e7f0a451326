import { isObject, type JsonObject } from './event.ts';

/** Lays one bag over another, level by level: the members of `above` win. An empty list is what PHP makes of an empty bag. */
export function mergeBags(below: JsonObject | undefined, above: JsonObject | undefined): JsonObject | undefined {
  if (below === undefined || above === undefined) return above ?? below;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = Object.hasOwn(below, key) ? below[key] : undefined;
    const both = isObject(under)
      ? isObject(value)
        ? mergeBags(under, value)
        : isEmptyList(value)
          ? under
          : value
      : value;
    // Assigning would follow a member named __proto__ instead of storing it.
    Object.defineProperty(merged, key, { value: both, enumerable: true, writable: true, configurable: true });
  }
  return merged;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof member === 'object' && member !== null && isDeeperThan(member, levels - 1)) return true;
  }
  return false;
}

/** A copy without what lies deeper than `levels`, so that an event too deep to be written as JSON can still be kept. */
export function pruned(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '[nested too deep]';
  if (Array.isArray(value)) return value.map((member) => pruned(member, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, pruned(member, levels - 1)]));
}
