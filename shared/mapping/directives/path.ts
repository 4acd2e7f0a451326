import { compileTextOrDirective, expectText } from '../arguments.ts';
import { compilePath, parseEventPath, walk } from '../path.ts';
import { type Directive, dynamic } from '../compile-context.ts';

/** `{"@path": "$.properties.name"}`: the value at the path. */
export const pathDirective: Directive = (argument, context) => {
  if (typeof argument !== 'string') {
    const operand = compileTextOrDirective(argument, context);
    return dynamic((input) => walk(input, parseEventPath(expectText(operand.run(input), context))));
  }
  const steps = parseEventPath(argument);
  return { run: compilePath(steps), isConstant: false, firstOf: [steps] };
};
