import type { Field } from '../event/field.ts';
import { actions } from './actions.ts';
import type { Action } from '../event/action.ts';
import { hopelessFields } from './hopeless-fields.ts';
import { refusedNames, verticalMembers, wireNames } from './other-names.ts';
import { isOneOff, nearestNames } from './nearest-names.ts';
import type { CheckFields } from './field-fault.ts';
import { unknownNames, type WrittenField } from './written-fields.ts';

/** Names that no field has, plain values that can never be sent, and required fields that can never have a value. */
export const checkFields: CheckFields = (action, mapping) => [
  ...unknownFields(action, mapping),
  ...hopelessFields(action, mapping),
];

/** Names in a mapping that no field of the action has, at any depth that declares its names. */
export const unknownFields: CheckFields = (action, mapping) =>
  unknownNames(action.fields, mapping).map((written) => ({
    path: written.path,
    message: unknownName(action, written),
  }));

function unknownName(action: Action, { name, known, holder }: WrittenField): string {
  const reason = refusedNames.get(name);
  if (reason !== undefined) return `cannot be sent: ${reason}`;
  const place = holder === undefined ? inAction(action, name) : inProperties(holder, name);
  const meant = nearestNames(name, Object.keys(known));
  const question = meant.length === 0 ? '' : `did you mean ${meant.map((each) => `"${each}"`).join(' or ')}?`;
  if (place !== undefined) {
    return `is no field here: ${place}${meant.some((each) => isOneOff(name, each)) ? `; or ${question}` : ''}`;
  }
  return `is no field here${meant.length === 0 ? `; known are ${Object.keys(known).join(', ')}` : `; ${question}`}`;
}

function inAction(action: Action, name: string): string | undefined {
  if (name === 'event_name' && action.eventName !== undefined) {
    return `the action sends "${action.eventName}"; the actions standard and custom take another name`;
  }
  const holders = Object.entries<Field>(action.fields).filter(
    ([, { properties }]) => properties !== undefined && Object.hasOwn(properties, name),
  );
  if (holders.length > 0) return `it belongs into ${holders.map(([holder]) => `"${holder}"`).join(' or ')}`;
  const wire = wireNames.get(name);
  if (wire !== undefined) return inWire(action, wire);
  const others = Object.entries<Action>(actions).filter(([, { fields }]) => Object.hasOwn(fields, name));
  if (others.length > 0) return `the actions ${others.map(([key]) => key).join(', ')} have it`;
  if (!verticalMembers.has(name)) return undefined;
  return Object.hasOwn(action.fields, 'custom_data')
    ? 'it belongs into "custom_data"'
    : 'it belongs into "custom_data", which the other actions have';
}

function inWire({ fields }: Action, wire: string): string | undefined {
  const [holder] =
    Object.entries<Field>(fields).find(([, { properties = {} }]) => Object.hasOwn(properties, wire)) ?? [];
  return holder && `it is "${wire}" within "${holder}"`;
}

/** Of a name within an object: it stands beside that object instead, or in another. */
function inProperties(holder: string, name: string): string | undefined {
  const all = Object.values<Action>(actions);
  if (all.some(({ fields }) => Object.hasOwn(fields, name))) return `it stands beside "${holder}", not within it`;
  const holders = all.flatMap(({ fields }) =>
    Object.entries<Field>(fields).flatMap(([other, { properties = {} }]) =>
      Object.hasOwn(properties, name) ? [other] : [],
    ),
  );
  return holders[0] && `it belongs into "${holders[0]}"`;
}
