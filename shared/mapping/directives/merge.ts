import { compileObjectOrDirective, readChoice, readOptions } from '../arguments.ts';
import { noteExcess } from '../excess.ts';
import { describeType, isObject, type JsonObject } from '../json-type.ts';
import { maxMembers } from '../limits.ts';
import { below, constant, type Directive, dynamic, fault } from '../compile-context.ts';

/**
 * `{"@merge": {"objects": […], "direction": "right"}}`: one object out of several, one level deep. Later ones win for
 * `right`, earlier ones for `left`; a key without a value erases one that came before. What is no object is skipped,
 * and of an object what is beyond {@link maxMembers} keys.
 */
export const mergeDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const direction = readChoice(options['direction'], below(context, 'direction'), ['left', 'right']);
  const list = below(context, 'objects');
  const { objects } = options;
  if (!Array.isArray(objects)) return fault(list, `should be an array but it is ${describeType(objects)}`);

  const operands = Array.from(objects, (object, index) =>
    compileObjectOrDirective(object, { ...below(list, index), keepsUndefined: true }),
  );
  if (direction === 'left') operands.reverse();
  return dynamic((input) => {
    const merged: JsonObject = {};
    for (const { run } of operands) {
      const object = run(input);
      if (isObject(object)) lay(object, merged);
    }
    return merged;
  });
};

function lay(object: JsonObject, merged: JsonObject): void {
  let keys = 0;
  for (const key in object) {
    if (++keys > maxMembers) {
      noteExcess();
      return;
    }
    if (key !== '__proto__') merged[key] = object[key];
  }
}
