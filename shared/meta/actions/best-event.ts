import { compileFields } from '../../mapping/compile-mapping.ts';
import { isDirective, isObject, type JsonObject } from '../../mapping/json-type.ts';
import type { Action } from '../event/action.ts';
import { type BuiltEvent, serverEventBuilder } from '../event/build-server-event.ts';
import { compilePayload } from '../event/compile-payload.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import type { Field, Fields } from '../event/field.ts';
import { constantOf } from './constant-of.ts';
import { sampleOf, sampleTime } from './sample-values.ts';

/**
 * The best event that a mapping can make: what it takes from the event has the best value there is, what it says itself stays. A
 * problem that even this event has, every event has; a warning is of what the mapping itself says.
 */
export function bestEvent(action: Action, mapping: JsonObject): BuiltEvent {
  const read = compilePayload(action.fields, compileFields(bestOf(action.fields, mapping, '')));
  return serverEventBuilder(action)(read({}), {
    now: sampleTime,
    sendWeakUserData: false,
    strict: false,
    personalData: 'remove',
    // Nothing is sent: any digest will do.
    sha256: () => '0'.repeat(64),
  });
}

const bestOf = (fields: Fields, written: JsonObject, holder: string): JsonObject =>
  Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const path = holder === '' ? name : `${holder}.${name}`;
      return field === undefined ? [] : [[name, bestValue(field, value, path)]];
    }),
  );

function bestValue(field: Field, value: unknown, path: string): unknown {
  if (value === null || value === '' || value === undefined) return value;
  // What a clock shows says nothing of the clock here.
  if (field.type === 'time') return sampleOf(path, field);
  if (field.type === 'products') return bestLines(field, value, path);
  const properties = path === 'custom_data' ? customDataMembers : field.properties;
  if (properties !== undefined && isObject(value) && !isDirective(value)) return bestOf(properties, value, path);
  const constant = constantOf(value);
  return constant === undefined ? sampleOf(path, field) : { '@literal': constant };
}

/** Product lines that are written out, or the one shape of all of them. */
function bestLines(field: Field, value: unknown, path: string): unknown {
  const { '@arrayPath': list } = isObject(value) ? value : {};
  const shapes: readonly unknown[] = Array.isArray(value) ? value : Array.isArray(list) ? [list[1]] : [];
  return shapes.length > 0 && shapes.every((shape) => isObject(shape) && !isDirective(shape))
    ? shapes.map((shape) => bestOf(field.properties ?? {}, shape as JsonObject, path))
    : sampleOf(path, field);
}
