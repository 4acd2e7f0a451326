import { compileTextOrDirective, readOptions } from '../arguments.ts';
import { bounded } from '../excess.ts';
import { maxChangedLength } from '../limits.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic, fault } from '../compile-context.ts';

const operators: Readonly<Record<string, ((text: string) => string) | undefined>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};

/** `{"@case": {"operator": "upper", "value": …}}`: text in that case, cut at {@link maxChangedLength}; anything but text as it is. */
export const caseDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const { operator, value } = options;
  if (typeof operator !== 'string' || operator === '')
    return fault(context, 'should have an "operator": lower or upper');
  if (value === undefined || value === '') return constant(undefined);

  const operand = compileTextOrDirective(value, below(context, 'value'));
  const change = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  // Segment refuses another operator only when it meets text, and mappings that never do must keep working.
  if (!change && typeof value === 'string') return fault(below(context, 'operator'), 'should be lower or upper');
  return dynamic((input) => {
    const found = operand.run(input);
    if (typeof found !== 'string') return found;
    if (!change) throw new MappingResolveError(`${context.path}/operator`, 'should be lower or upper');
    return change(bounded(found, maxChangedLength));
  });
};
