import { isObject, type JsonObject } from './json-type.ts';
import { maxDataDepth } from './limits.ts';
import { MappingResolveError } from './mapping-errors.ts';

/**
 * The value without keys that have none; in lists, where places count, nothing becomes null.
 * Copies only what it must change, which is rare: most mapped values come back as they are.
 *
 * @throws MappingResolveError when the value is nested deeper than {@link maxDataDepth}
 */
export const withoutUndefined = (value: unknown): unknown => (isComplete(value, 0) ? value : complete(value, 0));

function isComplete(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined || depth === 0;
  if (depth > maxDataDepth) throw new MappingResolveError('', 'the mapped value is nested too deeply');
  if (Array.isArray(value)) {
    for (const item of value) if (!isComplete(item, depth + 1)) return false;
    return true;
  }
  // for-in, unlike Object.keys, allocates nothing.
  for (const key in value) {
    if (key === '__proto__' || !isComplete((value as JsonObject)[key], depth + 1)) return false;
  }
  return true;
}

function complete(value: unknown, depth: number): unknown {
  // What was cut short above may lie in front of what is too deep.
  if (depth > maxDataDepth) throw new MappingResolveError('', 'the mapped value is nested too deeply');
  if (Array.isArray(value)) {
    return Array.from(value, (item) => (item === undefined ? null : complete(item, depth + 1)));
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined && key !== '__proto__') result[key] = complete(item, depth + 1);
  }
  return result;
}
