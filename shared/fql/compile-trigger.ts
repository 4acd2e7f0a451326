import { walk } from '../mapping/path.ts';
import { compileComparison, type Predicate } from './compile-comparison.ts';
import type { Condition, Field } from './condition.ts';
import { parseTrigger } from './parse-trigger.ts';
import { compileWildcard } from './wildcard.ts';

export { TriggerSyntaxError } from './trigger-syntax-error.ts';

/** The parts of an event that a trigger can look at. */
export interface TriggerEvent {
  readonly type?: unknown;
  readonly event?: unknown;
  readonly name?: unknown;
  readonly userId?: unknown;
  readonly properties?: unknown;
  readonly traits?: unknown;
  readonly context?: unknown;
}

/** Whether a mapping handles an event. Never throws. */
export type Trigger = (event: TriggerEvent) => boolean;

/**
 * Compiles a trigger written in Segment's FQL, e.g. `type = "track" and event = "Order Completed"`.
 *
 * `and` binds tighter than `or`. In `match`, `*` stands for any run of characters.
 *
 * @throws TriggerSyntaxError saying where, and what was expected there
 * @see https://segment.com/docs/api/public-api/fql/
 */
export const compileTrigger = (fql: string): Trigger => compileCondition(parseTrigger(fql));

function compileCondition(condition: Condition): Trigger {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return compileList(condition.conditions.map(compileCondition), condition.kind === 'any');
    case 'not': {
      const inner = compileCondition(condition.condition);
      return (event) => !inner(event);
    }
    case 'compare':
      return onField(condition.field, compileComparison(condition.field, condition.operator, condition.value));
    case 'contains':
      return onText(condition, (text) => text.includes(condition.text));
    case 'match':
      return onText(condition, compileWildcard(condition.text));
  }
}

/** Decided by the first trigger that gives `decisive`. */
function compileList(triggers: readonly Trigger[], decisive: boolean): Trigger {
  return (event) => {
    for (const trigger of triggers) if (trigger(event) === decisive) return decisive;
    return !decisive;
  };
}

function onText({ field, isNegated }: { field: Field; isNegated: boolean }, test: (text: string) => boolean): Trigger {
  return onField(field, (actual) => typeof actual === 'string' && test(actual) !== isNegated);
}

function onField(field: Field, matches: Predicate): Trigger {
  if (field.kind === 'unreachable') return () => false;
  if (field.kind === 'root') {
    const { name } = field;
    return (event) => matches(event[name]);
  }
  const { bag, steps } = field;
  return (event) => matches(walk(event[bag], steps));
}
