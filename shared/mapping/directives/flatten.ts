import { compileRequired, readOptions, readSwitch, readText } from '../arguments.ts';
import { isObject, type JsonObject } from '../json-type.ts';
import { maxDataDepth, maxItems, maxTextLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic } from '../compile-context.ts';

/**
 * `{"@flatten": {"value": …, "separator": "."}}`: an object of one level, its keys joined. Empty objects and lists
 * vanish; a single value stands under the empty key.
 *
 * @throws MappingResolveError beyond {@link maxItems} keys or {@link maxTextLength} characters of keys
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
    let characters = 0;
    const flatten = (value: unknown, prefix: string, depth: number): void => {
      if (depth > maxDataDepth) throw new MappingResolveError(context.path, 'the value is nested too deeply');
      if (isObject(value) || (Array.isArray(value) && !omitsArrays)) {
        for (const [key, item] of Object.entries(value)) {
          flatten(item, prefix === '' ? key : `${prefix}${separator}${key}`, depth + 1);
        }
        return;
      }
      keys += 1;
      characters += prefix.length;
      if (keys > maxItems || characters > maxTextLength)
        throw new MappingResolveError(context.path, 'the value is too large');
      if (prefix !== '__proto__' && (value !== undefined || context.keepsUndefined)) result[prefix] = value;
    };
    flatten(operand.run(input), '', 0);
    return result;
  });
};
