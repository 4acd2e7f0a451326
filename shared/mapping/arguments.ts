import { describeType, isDirective, isObject, type JsonObject } from './json-type.ts';
import { MappingResolveError } from './mapping-errors.ts';
import { below, fault, type Node, type Place } from './place.ts';

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  return isDirective(value) ? 'a directive' : describeType(value);
}

/** The options of a directive that takes several, or undefined after noting the fault. */
export function readOptions(argument: unknown, place: Place): JsonObject | undefined {
  if (isObject(argument) && !isDirective(argument)) return argument;
  fault(place, `should be an object but it is ${describe(argument)}`);
  return undefined;
}

/** Raw text within bounds, or undefined after noting the fault. */
export function readText(value: unknown, place: Place, shortest: number, longest: number): string | undefined {
  if (typeof value !== 'string') fault(place, `should be text but it is ${describe(value)}`);
  else if (value.length < shortest) fault(place, 'should not be empty');
  else if (value.length > longest) fault(place, `should be at most ${longest} characters long`);
  else return value;
  return undefined;
}

/** One of a few words, in any letter case, or undefined after noting the fault. */
export function readChoice<T extends string>(value: unknown, place: Place, choices: readonly T[]): T | undefined {
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  const choice = choices.find((known) => known === word);
  if (choice === undefined) fault(place, `should be one of ${choices.join(', ')}`);
  return choice;
}

/** A switch that may be left out. */
export function readSwitch(value: unknown, place: Place, otherwise: boolean): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'boolean') fault(place, `should be true or false but it is ${describe(value)}`);
  return value === true;
}

export function compileTextOrDirective(value: unknown, place: Place): Node {
  if (typeof value === 'string' || isDirective(value)) return place.compile(value, place);
  return fault(place, `should be text or a mapping directive but it is ${describe(value)}`);
}

export function compileObjectOrDirective(value: unknown, place: Place): Node {
  if (isObject(value)) return place.compile(value, place);
  return fault(place, `should be an object or a mapping directive but it is ${describe(value)}`);
}

/** Compiles an option that must be there, in whatever form. */
export function compileRequired(options: JsonObject, key: string, place: Place): Node {
  if (options[key] === undefined) return fault(place, `should have "${key}"`);
  return place.compile(options[key], below(place, key));
}

/** @throws MappingResolveError when a directive in the place of text gave something else */
export function expectText(value: unknown, place: Place): string {
  if (typeof value === 'string') return value;
  throw new MappingResolveError(place.path, `expected text, got ${describeType(value)}`);
}
