import type { Condition } from './condition.ts';
import { parseTrigger } from './parse-trigger.ts';

/** The only types and event names that a trigger can match; undefined where it may match any. */
export interface TriggerScope {
  readonly types: ReadonlySet<string> | undefined;
  readonly events: ReadonlySet<string> | undefined;
}

export const anything: TriggerScope = { types: undefined, events: undefined };

/**
 * Types and names of events that a trigger can match, so that most triggers need not be asked.
 *
 * @throws TriggerSyntaxError
 */
export const triggerScope = (fql: string): TriggerScope => scopeOf(parseTrigger(fql));

function scopeOf(condition: Condition): TriggerScope {
  switch (condition.kind) {
    case 'all':
      return condition.conditions.map(scopeOf).reduce(narrowed);
    case 'any':
      return condition.conditions.map(scopeOf).reduce(widened);
    case 'compare': {
      const { field, operator, value } = condition;
      if (operator !== '=' || field.kind !== 'root' || value === null) return anything;
      const only = new Set([String(value)]);
      if (field.name === 'type') return { ...anything, types: only };
      return field.name === 'event' ? { ...anything, events: only } : anything;
    }
    default:
      return anything;
  }
}

/** Either of the two holds what both pin down: one is enough, since the trigger itself is asked afterwards. */
const narrowed = (a: TriggerScope, b: TriggerScope): TriggerScope => ({
  types: a.types ?? b.types,
  events: a.events ?? b.events,
});

const widened = (a: TriggerScope, b: TriggerScope): TriggerScope => ({
  types: a.types && b.types && a.types.union(b.types),
  events: a.events && b.events && a.events.union(b.events),
});
