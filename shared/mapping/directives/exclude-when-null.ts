import { isObject, type JsonObject } from '../json-type.ts';
import { maxDataDepth } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { type Directive, dynamic, fault, type Place } from '../place.ts';

/** `{"@excludeWhenNull": …}`: nothing instead of null, also within objects at any depth; lists are not looked into. */
export const excludeWhenNullDirective: Directive = (argument, place) => {
  if (argument === undefined) return fault(place, 'should have a value');
  const { run } = place.compile(argument, place);
  return dynamic((input) => withoutNull(run(input), place, 0));
};

function withoutNull(value: unknown, place: Place, depth: number): unknown {
  if (value === null) return undefined;
  if (!isObject(value)) return value;
  if (depth > maxDataDepth) throw new MappingResolveError(place.path, 'the value is nested too deeply');
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const kept = withoutNull(item, place, depth + 1);
    if (key !== '__proto__' && (kept !== undefined || place.keepsUndefined)) result[key] = kept;
  }
  return result;
}
