import * as z from 'zod';
import { closest } from './closest.ts';

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
  date: 'a date',
};

/**
 * An error map of zod, for what people write: `is missing`, `must be a text, not a number`. A message of the schema's own
 * goes before it. Never holds a value, since one may be a secret; names of members are shown.
 */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${nounOf(issue.expected)}, not ${kindOf(issue.input)}`;
    case 'too_small':
      return boundWords('at least', Number(issue.minimum), issue.origin);
    case 'too_big':
      return boundWords('at most', Number(issue.maximum), issue.origin);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownMember(key, membersOf(issue.inst))).join('; ');
    case 'invalid_value':
      return `must be ${inWords(issue.values.map((value) => JSON.stringify(value)))}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'is a name that is not allowed';
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : 'has none of the forms that it may have';
    default:
      return undefined;
  }
};

const nounOf = (expected: string): string => nouns[expected] ?? `of type ${expected}`;

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'number' && Number.isNaN(input)) return 'NaN';
  return nouns[typeof input] ?? `a ${typeof input}`;
}

function boundWords(bound: string, count: number, origin: string): string {
  if (origin === 'string')
    return count === 1 && bound === 'at least' ? 'must not be empty' : `must have ${bound} ${count} characters`;
  if (origin === 'array' || origin === 'set') {
    return count === 1 && bound === 'at least'
      ? 'must not be empty: it needs at least one'
      : `must have ${bound} ${count} entries`;
  }
  return `must be ${bound} ${count}`;
}

/** A member that nobody reads, with the one that may be meant. */
export function unknownMember(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  const help = meant === undefined ? `known are ${known.join(', ')}` : `did you mean "${meant}"?`;
  return `has no member "${name}"${known.length === 0 ? '' : `; ${help}`}`;
}

/** The members of an object's schema. */
function membersOf(schema: unknown): string[] {
  return schema instanceof z.core.$ZodObject ? Object.keys(schema._zod.def.shape) : [];
}

const inWords = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
