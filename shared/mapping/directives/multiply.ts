import { compileRequired, readOptions } from '../arguments.ts';
import { decimalOf } from '../../lib/decimal-text.ts';
import { constant, type Directive, dynamic } from '../compile-context.ts';

/**
 * `{"@multiply": {"value": …, "by": …}}`: a number so many times, such as a price by a quantity. Not one of Segment's.
 *
 * @returns the value as it is when it is no number, or when `by` is no number above zero
 */
export const multiplyDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const { run: numberIn } = compileRequired(options, 'value', context);
  const { run: factorIn } = compileRequired(options, 'by', context);
  return dynamic((input) => {
    const value = numberIn(input);
    const factor = numberOf(factorIn(input));
    if (factor === undefined || factor <= 0 || factor === 1) return value;
    const number = numberOf(value);
    // Fifteen digits are exact: three times 18.99 is no 56.969999999999995.
    return number === undefined ? value : Number((number * factor).toPrecision(15));
  });
};

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string') return decimalOf(value);
  return Array.isArray(value) && value.length === 1 && !Array.isArray(value[0]) ? numberOf(value[0]) : undefined;
}
