import { isDirective, isObject, type JsonObject } from '../../mapping/json-type.ts';
import { parseEventPath } from '../../mapping/path.ts';
import { parseTemplate } from '../../mapping/template.ts';
import { type Expression, operations } from './pixel-program.ts';

/** A part of a mapping that a page cannot or must not work out. */
export class NotForPages extends Error {}

function refuse(what: string): never {
  throw new NotForPages(what);
}

const nothing: Expression = [operations.nothing];
const pathOf = (steps: readonly string[]): Expression => [operations.path, ...steps];

/**
 * Writes a value of a mapping, which the compiler takes, as an expression for pages.
 *
 * @throws NotForPages naming the directive that is not for pages
 */
export function translateValue(value: unknown): Expression {
  if (value === undefined) return nothing;
  if (value === null || typeof value !== 'object') return value as Expression;
  if (Array.isArray(value)) return [operations.list, ...value.map(translateValue)];
  if (isDirective(value)) return translateDirective(value);
  return [operations.object, ...Object.entries(value).map(([key, member]) => [key, translateValue(member)])];
}

function translateDirective(directive: JsonObject): Expression {
  const name = Object.keys(directive).find((key) => key.startsWith('@')) ?? '';
  const translate = Object.hasOwn(translations, name) ? translations[name] : undefined;
  return translate === undefined ? refuse(`${name} is for the server only`) : translate(directive[name]);
}

const optionsOf = (argument: unknown): JsonObject => (isObject(argument) ? argument : {});

const pathTo = (path: unknown, directive: string): Expression =>
  typeof path === 'string' ? pathOf(parseEventPath(path)) : refuse(`${directive} with a path that is worked out`);

const translations: Readonly<Record<string, (argument: unknown) => Expression>> = {
  '@path': (argument) => pathTo(argument, '@path'),
  '@literal': translateValue,
  '@template': (argument) => {
    if (typeof argument !== 'string') return refuse('@template with a text that is worked out');
    const parts = parseTemplate(argument).map((part) => (typeof part === 'string' ? part : pathOf(part)));
    return [operations.text, ...parts];
  },
  '@if': translateIf,
  '@arrayPath': (argument) => {
    const [list, shape] = Array.isArray(argument) ? (argument as unknown[]) : [];
    const found = typeof list === 'string' ? pathTo(list, '@arrayPath') : translateValue(list);
    const isShape = isObject(shape) && Object.keys(shape).length > 0;
    return isShape ? [operations.each, found, translateValue(shape)] : found;
  },
  '@multiply': (argument) => {
    const { value, by } = optionsOf(argument);
    return [operations.times, translateValue(value), translateValue(by)];
  },
  '@case': (argument) => {
    const { operator, value } = optionsOf(argument);
    if (value === undefined || value === '') return nothing;
    if (operator !== 'lower' && operator !== 'upper') return refuse('@case with an unknown operator');
    return [operations.method, translateValue(value), operator === 'lower' ? 'toLowerCase' : 'toUpperCase'];
  },
  '@merge': (argument) => {
    const { objects, direction } = optionsOf(argument);
    const operands = Array.isArray(objects) ? objects.map(translateValue) : [];
    const isLeft = typeof direction === 'string' && direction.toLowerCase() === 'left';
    return [operations.merge, ...(isLeft ? operands.reverse() : operands)];
  },
};

function translateIf(argument: unknown): Expression {
  const { exists, blank, then, else: otherwise } = optionsOf(argument);
  const [met, rest] = [translateValue(then), translateValue(otherwise ?? undefined)];
  if (exists !== undefined) return [operations.exists, translateValue(exists), met, rest];
  const tested = translateValue(blank);
  // "The first that holds something", which most fields are.
  if (Array.isArray(met) && met[0] === operations.path && isEqual(tested, [operations.text, met])) {
    const others = Array.isArray(rest) && rest[0] === operations.first ? rest.slice(1) : [rest];
    return [operations.first, met, ...others];
  }
  return [operations.blank, tested, met, rest];
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A text as a regular expression that finds it. */
export const literalPattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
