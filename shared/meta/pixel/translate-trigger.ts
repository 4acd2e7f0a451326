import type { Condition, Field, Operator } from '../../fql/condition.ts';
import { parseTrigger } from '../../fql/parse-trigger.ts';
import { type Expression, operations } from './pixel-program.ts';
import { literalPattern } from './translate-value.ts';

/** Writes a trigger as data that pages can ask. @throws TriggerSyntaxError */
export const translateTrigger = (fql: string): Expression => translate(parseTrigger(fql));

const { all, none, same, match, below, above } = operations;

const not = (condition: Expression): Expression => [none, condition];
const any = (...some: readonly Expression[]): Expression => not([none, ...some]);
const never = not([all]);

function translate(condition: Condition): Expression {
  switch (condition.kind) {
    case 'all':
      return [all, ...condition.conditions.map(translate)];
    case 'any':
      return any(...condition.conditions.map(translate));
    case 'not':
      return not(translate(condition.condition));
    case 'compare':
      return compare(condition);
    case 'contains':
    case 'match': {
      const { kind, text, isNegated, field } = condition;
      const place = placeOf(field);
      if (place === undefined) return never;
      const pattern =
        kind === 'contains' ? literalPattern(text) : `^${text.split('*').map(literalPattern).join('[^]*')}$`;
      // The negated form still needs a text.
      return isNegated ? [all, [match, place, ''], not([match, place, pattern])] : [match, place, pattern];
    }
  }
}

type Place = Expression;

const relations: Readonly<Record<Operator, (place: Place, limit: number) => Expression>> = {
  '=': (place, limit) => [same, place, limit],
  '!=': (place, limit) => any([below, place, limit], [above, place, limit]),
  '<': (place, limit) => [below, place, limit],
  '<=': (place, limit) => any([below, place, limit], [same, place, limit]),
  '>': (place, limit) => [above, place, limit],
  '>=': (place, limit) => any([above, place, limit], [same, place, limit]),
};

function compare({ field, operator, value }: Extract<Condition, { kind: 'compare' }>): Expression {
  const place = placeOf(field);
  if (place === undefined) return never;
  const isPath = field.kind === 'path';
  const isEquality = operator === '=' || operator === '!=';
  if (!isEquality || (typeof value === 'number' && isPath)) {
    // Null is no number, though JavaScript takes it for 0.
    const limit = value === null && isPath ? Number.NaN : Number(isPath ? value : String(value));
    return Number.isNaN(limit) ? never : relations[operator](place, limit);
  }
  const mayBeFlag = operator === '=' && (isPath || (field.kind === 'root' && field.name === 'userId'));
  const expected = value === null || (typeof value === 'boolean' && mayBeFlag) ? value : String(value);
  const isSame: Expression = [same, place, expected];
  return operator === '=' ? isSame : not(isSame);
}

const placeOf = (field: Field): Place | undefined =>
  field.kind === 'path'
    ? [operations.path, field.bag, ...field.steps]
    : field.kind === 'root'
      ? [operations.path, field.name]
      : undefined;
