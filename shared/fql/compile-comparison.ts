import type { Field, Literal, Operator } from './condition.ts';

export type Predicate = (actual: unknown) => boolean;

type Relation = (actual: number, limit: number) => boolean;

const relations: Readonly<Record<string, Relation>> = {
  '<': (actual, limit) => actual < limit,
  '<=': (actual, limit) => actual <= limit,
  '>': (actual, limit) => actual > limit,
  '>=': (actual, limit) => actual >= limit,
} satisfies Partial<Record<Operator, Relation>>;

/**
 * Compiles a comparison of a field with a value, by Segment's rules: text equals text only, numbers and booleans count
 * as such within `properties`, `traits` and `context` but as their text in the fields of the event itself, and only a
 * number is less or greater than anything.
 */
export function compileComparison(field: Field, operator: Operator, value: Literal): Predicate {
  const relation = relations[operator];
  if (relation) return compileRelation(relation, field.kind === 'path' ? toNumber(value) : Number(String(value)));
  return operator === '=' ? compileEqual(field, value) : compileUnequal(field, value);
}

function compileRelation(relation: Relation, limit: number): Predicate {
  return (given) => {
    const actual = asNumber(given);
    return typeof actual === 'number' && relation(actual, limit);
  };
}

const manyDigits = /^-?\d{16,}$/;

/** A whole number beyond 2^53 is kept as its digits (`parse-json.ts`), and still a number to who compares it with one. */
const asNumber = (actual: unknown): unknown =>
  typeof actual === 'string' && manyDigits.test(actual) ? Number(actual) : actual;

// Null is no number, though JavaScript takes it for 0.
const toNumber = (value: Literal): number => (value === null ? Number.NaN : Number(value));

function compileEqual(field: Field, value: Literal): Predicate {
  if (value === null) return (actual) => actual === undefined || actual === null;
  if (typeof value === 'number' && field.kind === 'path') return (actual) => asNumber(actual) === value;
  const isTyped =
    typeof value === 'boolean' && (field.kind === 'path' || (field.kind === 'root' && field.name === 'userId'));
  const expected = isTyped ? value : String(value);
  return (actual) => actual === expected;
}

/** Not the exact opposite of `=`: what is no number is not unequal to one, and booleans are compared as text. */
function compileUnequal(field: Field, value: Literal): Predicate {
  if (value === null) return (actual) => actual !== undefined && actual !== null;
  if (typeof value === 'number' && field.kind === 'path') {
    return compileRelation((actual, limit) => actual !== limit, value);
  }
  const expected = String(value);
  return (actual) => actual !== expected;
}
