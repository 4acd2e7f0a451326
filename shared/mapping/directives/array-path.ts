import { compileTextOrDirective } from '../arguments.ts';
import { isBlankValue } from '../as-text.ts';
import { describeType, isObject } from '../json-type.ts';
import { boundedList } from '../excess.ts';
import { maxItems } from '../limits.ts';
import { compilePath, parseEventPath } from '../path.ts';
import {
  below,
  type Directive,
  dynamic,
  fault,
  type CompiledValue,
  type CompileContext,
  type Run,
} from '../compile-context.ts';

/**
 * `{"@arrayPath": ["$.properties.products", shape]}`: the list at the path, each item in the given shape.
 *
 * @returns one object counts as a list of one; anything else, and any list without a shape, comes as it is. Items beyond
 *   {@link maxItems} are left out
 */
export const arrayPathDirective: Directive = (argument, context) => {
  if (!Array.isArray(argument)) return fault(context, `should be an array but it is ${describeType(argument)}`);
  const root = compileRoot(argument[0], below(context, 0));
  const shape = compileShape(argument[1], below(context, 1));
  if (!shape) return dynamic(root);
  const { run: shaped } = shape;
  const run: Run = (input) => {
    const found = root(input);
    if (typeof found !== 'object' || found === null) return found;
    if (!Array.isArray(found)) return [shaped(found)];
    return boundedList(found, maxItems).map(shaped);
  };
  // Of two items or more, the comma between them is text already.
  const isBlank = (input: unknown): boolean => {
    const found = root(input);
    return !(Array.isArray(found) && found.length > 1) && isBlankValue(run(input), context.path);
  };
  return { run, isConstant: false, isBlank, items: { list: root, shape } };
};

function compileRoot(value: unknown, context: CompileContext): Run {
  if (typeof value !== 'string') return compileTextOrDirective(value, context).run;
  return compilePath(parseEventPath(value));
}

function compileShape(value: unknown, context: CompileContext): CompiledValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) {
    fault(context, `should be an object but it is ${describeType(value)}`);
    return undefined;
  }
  return Object.keys(value).length === 0 ? undefined : context.compile(value, context);
}
