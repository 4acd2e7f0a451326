import { isDirective, isObject, type JsonObject } from '../mapping/json-type.ts';
import { MappingError, MappingResolveError } from '../mapping/mapping-errors.ts';
import type { Scope, Tracer } from './trace.ts';

const settingPrefix = '__segment_internal_';
const rootDirective = '__segment_internal_directive';

/** A complete mapping, taken apart once for many events. */
export interface WrittenMapping {
  readonly fields: JsonObject;
  /** The fields within the directive that the mapping's settings put around them, if there is one. */
  readonly tree: JsonObject;
}

export function writtenMapping(complete: JsonObject): WrittenMapping {
  const fields = Object.fromEntries(Object.entries(complete).filter(([key]) => !key.startsWith(settingPrefix)));
  const wrapper = complete[rootDirective];
  const [[name, argument] = []] = isObject(wrapper) ? Object.entries(wrapper) : [];
  const isWrapped = name !== undefined && isObject(argument);
  return { fields, tree: isWrapped ? { [name]: { ...argument, mapping: fields } } : fields };
}

/** Resolves a mapping for an event; where it fails as a whole, its sound parts. */
export function resolveFields({ fields, tree }: WrittenMapping, tracer: Tracer, scope: Scope): JsonObject {
  const resolved = orNothing(() => tracer.value(tree, scope)) ?? soundParts(fields, tracer, scope);
  return isObject(resolved) ? resolved : {};
}

function soundParts(part: unknown, tracer: Tracer, scope: Scope): unknown {
  if (!isObject(part) || isDirective(part)) return orNothing(() => tracer.value(part, scope));
  const members = Object.entries(part).map(([name, member]) => [name, soundParts(member, tracer, scope)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** The value, or undefined where the event does not suit the mapping. */
export function orNothing<Value>(run: () => Value): Value | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof MappingError || error instanceof MappingResolveError) return undefined;
    throw error;
  }
}
