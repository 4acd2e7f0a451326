import { compileFields, MappingError, MappingResolveError } from '../../mapping/compile-mapping.ts';
import { isDirective, isObject } from '../../mapping/json-type.ts';

/** Value of a part of a mapping that is the same for every event; undefined where it depends on the event, or is nothing. */
export function constantOf(value: unknown): unknown {
  // It is no data, which is told where the mapping is compiled.
  if (typeof value === 'function') return undefined;
  const constant = typeof value === 'object' && !readsEvent(value) ? constantObject({ value }) : value;
  return constant === null || constant === '' || readsEvent(constant) ? undefined : constant;
}

function constantObject(part: { readonly value: unknown }): unknown {
  try {
    return (compileFields(part).run({}) as Partial<typeof part>).value;
  } catch (error) {
    // What is wrong with it is told where the mapping is compiled.
    if (error instanceof MappingError || error instanceof MappingResolveError) return undefined;
    throw error;
  }
}

const readers: ReadonlySet<string> = new Set(['@path', '@arrayPath', '@liquid']);

/** Whether anything of a part of a mapping is taken from the event. */
function readsEvent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => readers.has(name) || (name === '@template' && String(inner).includes('{{')) || readsEvent(inner),
  );
}

/** The parts of a mapping of which an event gets one: the branches of a condition, or the value itself. */
export function alternativesOf(value: unknown): readonly unknown[] {
  const condition = isDirective(value) ? value['@if'] : undefined;
  if (!isObject(condition)) return [value];
  return [condition['then'], condition['else']].flatMap(alternativesOf);
}
