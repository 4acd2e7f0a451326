import { compileRequired, readChoice, readOptions } from '../arguments.ts';
import { MappingResolveError } from '../mapping-errors.ts';
import { below, constant, type Directive, dynamic, fault } from '../compile-context.ts';

/** `{"@json": {"mode": "encode", "value": …}}`: JSON text, or with `decode` what the text holds; what is no JSON stays. */
export const jsonDirective: Directive = (argument, context) => {
  const options = readOptions(argument, context);
  if (!options) return constant(undefined);
  const mode = readChoice(options['mode'], below(context, 'mode'), ['encode', 'decode']);
  const operand = compileRequired(options, 'value', context);
  if (options['value'] !== undefined && !options['value']) return fault(below(context, 'value'), 'should not be empty');
  return dynamic((input) => {
    const value = operand.run(input);
    return mode === 'encode' ? encode(value, context.path) : decode(value);
  });
};

function encode(value: unknown, path: string): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw new MappingResolveError(path, 'the value cannot be written as JSON');
  }
}

function decode(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
