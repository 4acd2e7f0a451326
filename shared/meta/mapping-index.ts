import type { JsonObject } from '../segment/event.ts';
import type { TriggerScope } from '../fql/trigger-scope.ts';

/**
 * Finds the mappings whose triggers can match an event, in their order, by its type and name: what an event costs does
 * not depend on how many mappings are about other events.
 */
export function indexMappings<Mapping extends { readonly scope: TriggerScope }>(
  mappings: readonly Mapping[],
): (event: JsonObject) => readonly Mapping[] {
  const namesIn = (part: keyof TriggerScope): ReadonlySet<string> =>
    new Set(mappings.flatMap(({ scope }) => [...(scope[part] ?? [])]));
  const eventNames = namesIn('events');
  const byEvent = (ofType: readonly Mapping[]) => {
    const other = ofType.filter(({ scope }) => scope.events === undefined);
    const named = new Map<unknown, readonly Mapping[]>();
    for (const name of eventNames)
      named.set(
        name,
        ofType.filter(({ scope }) => scope.events?.has(name) ?? true),
      );
    return (event: JsonObject) => named.get(event['event']) ?? other;
  };
  const otherTypes = byEvent(mappings.filter(({ scope }) => scope.types === undefined));
  const byType = new Map<unknown, (event: JsonObject) => readonly Mapping[]>();
  for (const type of namesIn('types')) {
    byType.set(type, byEvent(mappings.filter(({ scope }) => scope.types?.has(type) ?? true)));
  }
  return (event) => (byType.get(event['type']) ?? otherTypes)(event);
}
