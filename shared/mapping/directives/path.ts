import { compileTextOrDirective, expectText } from '../arguments.ts';
import { bounded } from '../excess.ts';
import { maxWrittenLength } from '../limits.ts';
import { compilePath, parseEventPath, walk } from '../path.ts';
import { type Directive, dynamic } from '../compile-context.ts';

/** `{"@path": "$.properties.name"}`: the value at the path. */
export const pathDirective: Directive = (argument, context) => {
  if (typeof argument !== 'string') {
    const operand = compileTextOrDirective(argument, context);
    return dynamic((input) =>
      walk(input, parseEventPath(bounded(expectText(operand.run(input), context), maxWrittenLength))),
    );
  }
  const steps = parseEventPath(argument);
  return { run: compilePath(steps), isConstant: false, firstOf: [steps] };
};
