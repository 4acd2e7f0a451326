import { readOptions } from '../arguments.ts';
import { isBlankValue } from '../as-text.ts';
import { firstOfValue, isEmptyText } from '../lookups.ts';
import type { Steps } from '../path.ts';
import { below, constant, type Directive, dynamic, fault, type CompiledValue } from '../compile-context.ts';

/**
 * `{"@if": {"exists": …, "then": …, "else": …}}`, or with `blank`, which empty values fail as well.
 *
 * A branch that is left out, and an `else` of null, give nothing.
 */
export const ifDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  // A condition that is falsy as written, such as an empty text, can only be a mistake.
  if (!options['exists'] && !options['blank']) return fault(context, 'should have "exists" or "blank"');

  const branch = (key: string): CompiledValue => context.compile(options[key], below(context, key));
  const tested = branch('blank');
  const chosen = branch('then');
  const rest = branch('else');
  const [exists, whenMet, otherwise] = [branch('exists').run, chosen.run, rest.run];
  const orNothing = (value: unknown): unknown => (value === null && options['else'] === null ? undefined : value);
  const blank = tested.isBlank ?? ((input: unknown) => isBlankValue(tested.run(input), context.path));
  const isMet =
    options['exists'] === undefined
      ? (input: unknown) => !blank(input)
      : (input: unknown) => (exists(input) ?? null) !== null;
  const [path, ...others] = chosen.firstOf ?? [];
  if (options['exists'] === undefined && others.length === 0 && path && isSamePath(tested.textAt, path)) {
    // "The first that holds something", which most fields are: the value is looked up once and not written as text.
    if (rest.firstOf) return firstOfValue([path, ...rest.firstOf]);
    return dynamic((input) => {
      const value = whenMet(input);
      return isEmptyText(value) ? orNothing(otherwise(input)) : value;
    });
  }
  return dynamic((input) => (isMet(input) ? whenMet(input) : orNothing(otherwise(input))));
};

const isSamePath = (a: Steps | undefined, b: Steps): boolean =>
  a?.length === b.length && a.every((step, index) => step === b[index]);
