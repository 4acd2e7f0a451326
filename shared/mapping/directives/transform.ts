import { compileObjectOrDirective, readOptions } from '../arguments.ts';
import { describeType, isObject } from '../json-type.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic } from '../place.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** `{"@transform": {"apply": …, "mapping": …}}`: `mapping` resolved against what `apply` made of the event. */
export const transformDirective: Directive = (argument, place) => {
  const options = readOptions(argument, place);
  if (!options) return constant(undefined);
  const apply = compileObjectOrDirective(options['apply'], { ...below(place, 'apply'), keepsUndefined: false });
  const mapping = compileObjectOrDirective(options['mapping'], below(place, 'mapping'));
  return dynamic((input) => {
    if (!isObject(input)) throw new MappingResolveError(place.path, `expected an object, got ${describeType(input)}`);
    return mapping.run(withoutUndefined(apply.run(input)));
  });
};
