import { readOptions } from '../arguments.ts';
import { asText } from '../as-text.ts';
import { below, constant, type Directive, dynamic, fault } from '../place.ts';

/**
 * `{"@if": {"exists": …, "then": …, "else": …}}`, or with `blank`, which empty values fail as well.
 *
 * A branch that is left out, and an `else` of null, give nothing.
 */
export const ifDirective: Directive = (argument, place) => {
  const options = readOptions(argument, place);
  if (!options) return constant(undefined);
  // A condition that is falsy as written, such as an empty text, can only be a mistake.
  if (!options['exists'] && !options['blank']) return fault(place, 'should have "exists" or "blank"');

  const branch = (key: string) => place.compile(options[key], below(place, key)).run;
  const [exists, blank, whenMet, otherwise] = [branch('exists'), branch('blank'), branch('then'), branch('else')];
  const orNothing = (value: unknown): unknown => (value === null && options['else'] === null ? undefined : value);
  const isMet =
    options['exists'] === undefined
      ? (input: unknown) => !isBlank(blank(input), place.path)
      : (input: unknown) => (exists(input) ?? null) !== null;
  return dynamic((input) => (isMet(input) ? whenMet(input) : orNothing(otherwise(input))));
};

/** What JavaScript finds loosely equal to empty text, as Segment does: 0, false and `[]` among them. */
function isBlank(value: unknown, path: string): boolean {
  return Array.isArray(value) ? asText(value, path) === '' : !value && !Number.isNaN(value);
}
