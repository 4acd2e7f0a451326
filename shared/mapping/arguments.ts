import { describeType, isDirective, isObject, type JsonObject } from './json-type.ts';
import { MappingResolveError } from './mapping-errors.ts';
import { below, fault, type CompiledValue, type CompileContext } from './compile-context.ts';

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  return isDirective(value) ? 'a directive' : describeType(value);
}

/** The options of a directive that takes several, or undefined after noting the fault. */
export function readOptions(argument: unknown, context: CompileContext): JsonObject | undefined {
  if (isObject(argument) && !isDirective(argument)) return argument;
  fault(context, `should be an object but it is ${describe(argument)}`);
  return undefined;
}

/** Raw text within bounds, or undefined after noting the fault. */
export function readText(
  value: unknown,
  context: CompileContext,
  shortest: number,
  longest: number,
): string | undefined {
  if (typeof value !== 'string') fault(context, `should be text but it is ${describe(value)}`);
  else if (value.length < shortest) fault(context, 'should not be empty');
  else if (value.length > longest) fault(context, `should be at most ${longest} characters long`);
  else return value;
  return undefined;
}

/** One of a few words, in any letter case, or undefined after noting the fault. */
export function readChoice<T extends string>(
  value: unknown,
  context: CompileContext,
  choices: readonly T[],
): T | undefined {
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  const choice = choices.find((known) => known === word);
  if (choice === undefined) fault(context, `should be one of ${choices.join(', ')}`);
  return choice;
}

/** A switch that may be left out. */
export function readSwitch(value: unknown, context: CompileContext, otherwise: boolean): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'boolean') fault(context, `should be true or false but it is ${describe(value)}`);
  return value === true;
}

export function compileTextOrDirective(value: unknown, context: CompileContext): CompiledValue {
  if (typeof value === 'string' || isDirective(value)) return context.compile(value, context);
  return fault(context, `should be text or a mapping directive but it is ${describe(value)}`);
}

export function compileObjectOrDirective(value: unknown, context: CompileContext): CompiledValue {
  if (isObject(value)) return context.compile(value, context);
  return fault(context, `should be an object or a mapping directive but it is ${describe(value)}`);
}

/** Compiles an option that must be there, in whatever form. */
export function compileRequired(options: JsonObject, key: string, context: CompileContext): CompiledValue {
  if (options[key] === undefined) return fault(context, `should have "${key}"`);
  return context.compile(options[key], below(context, key));
}

/** @throws MappingResolveError when a directive in the place of text gave something else */
export function expectText(value: unknown, context: CompileContext): string {
  if (typeof value === 'string') return value;
  throw new MappingResolveError(context.path, `expected text, got ${describeType(value)}`);
}
