import { isObject, type JsonObject } from '../segment/event.ts';
import type { Payload } from './action.ts';
import { coerceContents, type ItemRules } from './coerce-contents.ts';
import type { Field, Fields } from './field.ts';
import type { Findings } from './problem.ts';
import { readers, typeName } from './readers.ts';

export interface Coerced {
  readonly payload: Payload;
  /** Whether optional parts that cannot be read are left out instead of costing the event. */
  readonly lenient: boolean;
}

/**
 * Brings a resolved mapping to an action's declared types, the way Segment's destination does: nulls and empty texts go,
 * `"39.95"` becomes a number, a lone value becomes a list of one, and members that no field declares are dropped.
 * Everything that cannot be brought to its type is a problem of its own; all are found in one pass.
 */
export function coercePayload(fields: Fields, resolved: JsonObject, findings: Findings): Coerced {
  const payload: Record<string, unknown> = {};
  const items = Object.hasOwn(fields, 'contents') ? readItems(fields, resolved, findings) : undefined;
  const lenient = items?.leaveOut ?? false;
  for (const name in fields) {
    const field = fields[name] as Field;
    const raw = name === 'contents' ? undefined : resolved[name];
    if (raw === undefined || raw === null || raw === '') continue;
    const value = coerceField(field, raw, findings, lenient && field.required === undefined);
    if (value !== undefined) payload[name] = value;
  }
  if (items?.contents !== undefined) payload['contents'] = items.contents;
  for (const name in fields) {
    const missing = fields[name]?.required && !Object.hasOwn(payload, name) && isEmpty(resolved[name]);
    if (missing) findings.problems.push({ code: 'field_missing', message: `The required field ${name} is missing.` });
  }
  return { payload, lenient };
}

function readItems(fields: Fields, resolved: JsonObject, findings: Findings): ReturnType<typeof coerceContents> {
  const rules: ItemRules = { leaveOut: readers.boolean(resolved['leave_out_bad_items']) === true };
  const known = Object.hasOwn(fields, 'leave_out_bad_items');
  return coerceContents(resolved['contents'], known ? rules : { leaveOut: false }, findings);
}

const isEmpty = (raw: unknown): boolean => raw === undefined || raw === null || raw === '';

function coerceField(field: Field, raw: unknown, findings: Findings, lenient: boolean): unknown {
  if (field.list) return coerceList(field, raw, findings);
  if (field.type === 'object') return coerceObject(field, raw, findings);
  const value = readers[field.type](raw);
  if (value === undefined) {
    if (lenient && (field.type === 'number' || field.type === 'integer')) {
      findings.warnings.push(`${field.label} was left out: it is not ${typeName[field.type]}.`);
    } else {
      findings.problems.push({ code: 'field_invalid', message: `${field.label} must be ${typeName[field.type]}.` });
    }
    return undefined;
  }
  if (field.choices && !field.choices.includes(value as string | number)) {
    const code = field.label === 'Action Source' ? 'action_source_invalid' : 'field_invalid';
    findings.problems.push({ code, message: `${field.label} must be one of ${field.choices.join(', ')}.` });
    return undefined;
  }
  return value;
}

function coerceList(field: Field, raw: unknown, findings: Findings): unknown {
  const items = Array.isArray(raw) ? raw : [raw];
  const values: unknown[] = [];
  for (const item of items) {
    if (item === null || item === undefined) continue;
    const value = readers[field.type](item);
    if (value === undefined) {
      findings.problems.push({
        code: 'field_invalid',
        message: `Every item of ${field.label} must be ${typeName[field.type]}.`,
      });
    } else values.push(value);
  }
  return values;
}

function coerceObject(field: Field, raw: unknown, findings: Findings): unknown {
  if (!isObject(raw)) {
    findings.problems.push({ code: 'field_invalid', message: `${field.label} must be an object.` });
    return undefined;
  }
  const { members } = field;
  if (members === undefined) return raw;
  const value: Record<string, unknown> = {};
  for (const name in members) {
    const member = members[name] as Field;
    const inner = raw[name];
    if (inner === undefined || inner === null || (inner === '' && member.type !== 'text')) continue;
    const coerced = coerceField(member, inner, findings, false);
    if (coerced !== undefined) value[name] = coerced;
  }
  return value;
}
