import { isObject, type JsonObject } from '../json-type.ts';
import { maxDataDepth } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { type Directive, dynamic, fault, type CompileContext } from '../compile-context.ts';

/** `{"@excludeWhenNull": …}`: nothing instead of null, also within objects at any depth; lists are not looked into. */
export const excludeWhenNullDirective: Directive = (argument, context) => {
  if (argument === undefined) return fault(context, 'should have a value');
  const { run } = context.compile(argument, context);
  return dynamic((input) => withoutNull(run(input), context, 0));
};

function withoutNull(value: unknown, context: CompileContext, depth: number): unknown {
  if (value === null) return undefined;
  if (!isObject(value)) return value;
  if (depth > maxDataDepth) throw new MappingResolveError(context.path, 'the value is nested too deeply');
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const kept = withoutNull(item, context, depth + 1);
    if (key !== '__proto__' && (kept !== undefined || context.keepsUndefined)) result[key] = kept;
  }
  return result;
}
