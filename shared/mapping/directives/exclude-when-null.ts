import { noteExcess } from '../excess.ts';
import { isObject, type JsonObject } from '../json-type.ts';
import { maxDataDepth, maxValues } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { type Directive, dynamic, fault, type CompileContext } from '../compile-context.ts';

/**
 * `{"@excludeWhenNull": …}`: nothing instead of null, also within objects at any depth; lists are not looked into. What is
 * beyond {@link maxValues} values is left out.
 */
export const excludeWhenNullDirective: Directive = (argument, context) => {
  if (argument === undefined) return fault(context, 'should have a value');
  const { run } = context.compile(argument, context);
  return dynamic((input) => {
    const walk = { left: maxValues };
    const value = withoutNull(run(input), context, 0, walk);
    if (walk.left < 0) noteExcess();
    return value;
  });
};

function withoutNull(value: unknown, context: CompileContext, depth: number, walk: { left: number }): unknown {
  if (value === null) return undefined;
  if (!isObject(value)) return value;
  if (depth > maxDataDepth) throw new MappingResolveError(context.path, 'the value is nested too deeply');
  const result: JsonObject = {};
  for (const key in value) {
    if (--walk.left < 0) break;
    const kept = withoutNull(value[key], context, depth + 1, walk);
    if (key !== '__proto__' && (kept !== undefined || context.keepsUndefined)) result[key] = kept;
  }
  return result;
}
