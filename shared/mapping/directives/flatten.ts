import { compileRequired, readOptions, readSwitch, readText } from '../arguments.ts';
import { isObject, type JsonObject } from '../json-type.ts';
import { noteExcess } from '../excess.ts';
import { maxDataDepth, maxItems, maxMembers, maxTextLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic } from '../compile-context.ts';

/**
 * `{"@flatten": {"value": …, "separator": "."}}`: an object of one level, its keys joined. Empty objects and lists
 * vanish; a single value stands under the empty key.
 *
 * Values beyond {@link maxMembers} keys, or {@link maxTextLength} characters of keys, are left out.
 *
 * @throws MappingResolveError when the value is nested deeper than {@link maxDataDepth}
 */
export const flattenDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const operand = compileRequired(options, 'value', context);
  const separator = readText(options['separator'], below(context, 'separator'), 1, maxTextLength) ?? '';
  const omitsArrays = readSwitch(options['omitArrays'], below(context, 'omitArrays'), false);

  return dynamic((input) => {
    const result: JsonObject = {};
    let keys = 0;
    let walked = 0;
    let characters = 0;
    /** @returns false when it is enough */
    const flatten = (value: unknown, prefix: string, depth: number): boolean => {
      if (depth > maxDataDepth) throw new MappingResolveError(context.path, 'the value is nested too deeply');
      if (isObject(value) || (Array.isArray(value) && !omitsArrays)) {
        // for-in, unlike Object.entries, stops where the walk does.
        for (const key in value) {
          const inner = (value as JsonObject)[key];
          if (!flatten(inner, prefix === '' ? key : `${prefix}${separator}${key}`, depth + 1)) return false;
        }
        // What vanishes has to be walked as well.
        return ++walked <= maxItems;
      }
      keys++;
      characters += prefix.length;
      if (keys > maxMembers || characters > maxTextLength) return false;
      if (prefix !== '__proto__' && (value !== undefined || context.keepsUndefined)) result[prefix] = value;
      return true;
    };
    if (!flatten(operand.run(input), '', 0)) noteExcess();
    return result;
  });
};
