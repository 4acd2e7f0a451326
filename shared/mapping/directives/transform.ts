import { compileObjectOrDirective, readOptions } from '../arguments.ts';
import { describeType, isObject } from '../json-type.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic } from '../compile-context.ts';
import { withoutUndefined } from '../without-undefined.ts';

/** `{"@transform": {"apply": …, "mapping": …}}`: `mapping` resolved against what `apply` made of the event. */
export const transformDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const apply = compileObjectOrDirective(options['apply'], { ...below(context, 'apply'), keepsUndefined: false });
  const mapping = compileObjectOrDirective(options['mapping'], below(context, 'mapping'));
  return dynamic((input) => {
    if (!isObject(input)) throw new MappingResolveError(context.path, `expected an object, got ${describeType(input)}`);
    return mapping.run(withoutUndefined(apply.run(input)));
  });
};
