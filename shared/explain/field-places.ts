import type { Fields } from '../actions/field.ts';
import { isDirective, isObject } from '../mapping/json-type.ts';

/** Where a field stands that a message calls by its name or its label: `user_data.zip`; undefined when no field is called so. */
export function placeOf(called: string, fields: Fields): string | undefined {
  const named = Object.entries(fields).find(([name, { label }]) => name === called || label === called);
  if (named !== undefined) return named[0];
  for (const [name, { members, list }] of Object.entries(fields)) {
    const inner = members === undefined || list ? undefined : placeOf(called, members);
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}

/** What a mapping says of a field; the directive around it where that says it for several. */
export function directiveAt(mapping: unknown, steps: readonly string[]): unknown {
  let part = mapping;
  for (const step of steps) {
    if (isDirective(part)) return part;
    if (Array.isArray(part)) part = part[Number(step)];
    else part = isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
  }
  return part;
}
