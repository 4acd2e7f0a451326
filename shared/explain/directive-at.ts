import { isDirective, isObject } from '../mapping/json-type.ts';

/** Part of a mapping that fills a field; the directive around it where that fills several. */
export function directiveAt(mapping: unknown, steps: readonly string[]): unknown {
  let part = mapping;
  for (const step of steps) {
    if (isDirective(part)) return part;
    if (Array.isArray(part)) part = part[Number(step)];
    else part = isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
  }
  return part;
}
