import { noteExcess } from './excess.ts';
import { isObject, type JsonObject } from './json-type.ts';
import { maxDataDepth, maxMembers, maxValues } from './limits.ts';
import { MappingResolveError } from './mapping-errors.ts';

/** Walk through a value, with how many more values it looks at. */
interface Walk {
  left: number;
  /** First object that has too many members, with those names of it that stay. */
  cut?: { readonly of: object; readonly names: readonly string[] };
  /** Whether members of an object were left out. */
  isCut?: boolean;
}

/** Names of the members of the object that is walked at each depth: asking V8 for those of an object with thousands takes long. */
const namesAt: string[][] = [];

/**
 * The value without keys that have none; in lists, where places count, nothing becomes null. What is beyond
 * `most` values, or {@link maxMembers} members of one object, is left out. Copies only what it must change, which is rare: most mapped values come back as they are.
 *
 * @throws MappingResolveError when the value is nested deeper than {@link maxDataDepth}
 */
export function withoutUndefined(value: unknown, most = maxValues): unknown {
  const looked: Walk = { left: most };
  if (isComplete(value, 0, looked)) return value;
  const walk: Walk = { left: most, ...(looked.cut && { cut: looked.cut }) };
  const copy = complete(value, 0, walk);
  if (walk.left < 0 || walk.isCut === true) noteExcess();
  return copy;
}

function isComplete(value: unknown, depth: number, walk: Walk): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined || depth === 0;
  if (depth > maxDataDepth) throw new MappingResolveError('', 'the mapped value is nested too deeply');
  if (Array.isArray(value)) {
    walk.left -= value.length;
    if (walk.left < 0) return false;
    for (const item of value) if (!isComplete(item, depth + 1, walk)) return false;
    return true;
  }
  // for-in, unlike Object.keys, allocates nothing.
  namesAt[depth] ??= [];
  const names = namesAt[depth];
  let members = 0;
  for (const key in value) {
    if (members === maxMembers) {
      walk.cut = { of: value, names: names.slice(0, maxMembers) };
      return false;
    }
    names[members++] = key;
    if (--walk.left < 0 || key === '__proto__' || !isComplete((value as JsonObject)[key], depth + 1, walk))
      return false;
  }
  return true;
}

function complete(value: unknown, depth: number, walk: Walk): unknown {
  // What was cut short above may lie in front of what is too deep.
  if (depth > maxDataDepth) throw new MappingResolveError('', 'the mapped value is nested too deeply');
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      if (--walk.left < 0) break;
      items.push(item === undefined ? null : complete(item, depth + 1, walk));
    }
    return items;
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of namesThatStay(value, walk)) {
    if (--walk.left < 0) break;
    const item = value[key];
    if (item !== undefined && key !== '__proto__') result[key] = complete(item, depth + 1, walk);
  }
  return result;
}

function namesThatStay(value: JsonObject, walk: Walk): readonly string[] {
  if (walk.cut?.of === value) {
    walk.isCut = true;
    return walk.cut.names;
  }
  const names: string[] = [];
  for (const key in value) {
    if (names.length === maxMembers) {
      walk.isCut = true;
      break;
    }
    names.push(key);
  }
  return names;
}
