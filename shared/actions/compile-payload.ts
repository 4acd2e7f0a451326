import { cleaned } from '../mapping/compile-mapping.ts';
import { compileLookups, type FirstOf } from '../mapping/compile-lookups.ts';
import { constant, type Node } from '../mapping/place.ts';
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

/** Resolves a mapping against one event. @throws MappingResolveError when the event cannot be mapped */
export type ReadPayload = (event: JsonObject, findings: Findings) => Coerced;

type Raw = (input: unknown) => unknown;
type Read = (raw: unknown, findings: Findings, lenient: boolean) => unknown;

interface Part {
  readonly name: string;
  readonly required: boolean;
  /** What the mapping gives for the field. */
  readonly raw: Raw;
  readonly read: Read;
}

/**
 * Compiles a mapping and the declared types of its fields into one pass over an event, the way Segment's destination
 * reads it: nulls and empty texts go, `"39.95"` becomes a number, a lone value becomes a list of one, and members that
 * no field declares are dropped. Everything that cannot be brought to its type is a problem of its own; all are found in
 * one pass.
 *
 * A mapping that is written out field by field is never built as an object: each value goes from the event straight to
 * its reader.
 */
export function compilePayload(fields: Fields, { members, run }: Node): ReadPayload {
  if (members !== undefined) return readParts(fields, (name) => members.get(name));
  const whole = cleaned(run);
  const read = readParts(fields, (name) => ({
    run: (input) => (input as JsonObject)[name],
    isConstant: false,
  }));
  return (event, findings) => {
    const resolved = whole(event);
    if (isObject(resolved)) return read(resolved, findings);
    findings.problems.push({ code: 'mapping_failed', message: 'The mapping gave no object.' });
    return { payload: {}, lenient: false };
  };
}

type NodeOf = (name: string) => Node | undefined;

function readParts(fields: Fields, nodeOf: NodeOf): ReadPayload {
  const parts = partsOf(fields, (name) => (name === 'contents' ? undefined : nodeOf(name)), false);
  const readItems = itemsReader(fields, nodeOf);
  return (event, findings) => {
    const payload: Record<string, unknown> = {};
    const { contents, leaveOut: lenient } = readItems(event, findings);
    let missing: string[] | undefined;
    for (const { name, required, raw, read } of parts) {
      const given = raw(event);
      if (given === undefined || given === null || given === '') {
        if (required) missing = [...(missing ?? []), name];
        continue;
      }
      const value = read(given, findings, lenient);
      if (value !== undefined) payload[name] = value;
    }
    if (contents !== undefined) payload['contents'] = contents;
    for (const name of missing ?? []) {
      findings.problems.push({ code: 'field_missing', message: `The required field ${name} is missing.` });
    }
    return { payload, lenient };
  };
}

/**
 * Fields that the mapping leaves out are only of interest when they are required.
 *
 * @param areMembers they are members of an object such as `user_data`, which can do without any of them
 */
function partsOf(fields: Fields, nodeOf: NodeOf, areMembers: boolean): Part[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const node = nodeOf(name);
    const required = field.required === true;
    if (node === undefined && !required) return [];
    const { members, run } = node ?? constant(undefined);
    if (members !== undefined && field.members !== undefined && !field.list) {
      return [{ name, required, raw: (event: unknown) => event, read: membersReader(field.members, members) }];
    }
    // A reader of single values takes nothing that would have to be cleaned.
    const raw = field.list || field.type === 'object' || field.type === 'clickId' ? cleaned(run) : run;
    return [{ name, required, raw, read: fieldReader(field, areMembers ? name : undefined) }];
  });
}

function itemsReader(fields: Fields, nodeOf: NodeOf) {
  const node = Object.hasOwn(fields, 'contents') ? nodeOf('contents') : undefined;
  const contents = cleaned(node?.run ?? (() => undefined));
  const leaveOut = Object.hasOwn(fields, 'leave_out_bad_items') ? nodeOf('leave_out_bad_items')?.run : undefined;
  return (event: JsonObject, findings: Findings) => {
    const rules: ItemRules = { leaveOut: readers.boolean(leaveOut?.(event)) === true };
    return coerceContents(contents(event), rules, findings);
  };
}

function membersReader(declared: Fields, nodes: ReadonlyMap<string, Node>): Read {
  const paths: FirstOf[] = [];
  const parts = partsOf(declared, (name) => nodes.get(name), true).map((part) => {
    const { type, list } = declared[part.name] as Field;
    const firstOf = list || type === 'object' ? undefined : nodes.get(part.name)?.firstOf;
    return { ...part, keepsEmptyText: type === 'text', place: firstOf === undefined ? -1 : paths.push(firstOf) - 1 };
  });
  const lookups = compileLookups(paths);
  return (event, findings, lenient) => {
    const value: Record<string, unknown> = {};
    const found: unknown[] = [];
    lookups?.(event, found);
    for (const { name, raw, read, keepsEmptyText, place } of parts) {
      const given = place === -1 || lookups === undefined ? raw(event) : found[place];
      if (given === undefined || given === null || (given === '' && !keepsEmptyText)) continue;
      const member = read(given, findings, lenient);
      if (member !== undefined) value[name] = member;
    }
    return value;
  };
}

function fieldReader(field: Field, member: string | undefined): Read {
  if (field.list) return listReader(field, member);
  if (field.type === 'object') return objectReader(field);
  const { label, type, choices, required, several } = field;
  const reader: (raw: unknown) => unknown = readers[type];
  const readSeveral = several && listReader(field, member);
  const isNumber = type === 'number' || type === 'integer';
  return (raw, findings, lenient) => {
    const value = reader(raw);
    if (value === undefined) {
      if (lenient && readSeveral && Array.isArray(raw)) return unlessEmpty(readSeveral(raw, findings, lenient));
      const { problems, warnings } = findings;
      if (lenient && isNumber && !required) warnings.push(`${label} was left out: it is not ${typeName[type]}.`);
      else if (lenient && member !== undefined && type !== 'boolean') leaveOut(member, findings);
      else problems.push({ code: 'field_invalid', message: `${label} must be ${typeName[type]}.` });
    } else if (choices !== undefined && !choices.includes(value as string | number)) {
      const code = label === 'Action Source' ? 'action_source_invalid' : 'field_invalid';
      findings.problems.push({ code, message: `${label} must be one of ${choices.join(', ')}.` });
      return undefined;
    }
    return value;
  };
}

/** A match key that cannot be read does not cost the event. */
function leaveOut(member: string, { warnings }: Findings): void {
  warnings.push(`${member} was left out: neither text nor a number.`);
}

const unlessEmpty = (values: readonly unknown[]): readonly unknown[] | undefined =>
  values.length === 0 ? undefined : values;

type ReadList = (...given: Parameters<Read>) => readonly unknown[];

function listReader({ label, type }: Field, member: string | undefined): ReadList {
  const reader: (raw: unknown) => unknown = readers[type];
  return (raw, findings, lenient) => {
    const values: unknown[] = [];
    for (const item of Array.isArray(raw) ? raw : [raw]) {
      if (item === null || item === undefined) continue;
      const value = reader(item);
      if (value !== undefined) values.push(value);
      else if (lenient && member !== undefined) leaveOut(member, findings);
      else
        findings.problems.push({ code: 'field_invalid', message: `Every item of ${label} must be ${typeName[type]}.` });
    }
    return values;
  };
}

function objectReader({ label, members }: Field): Read {
  const read = members === undefined ? (raw: unknown) => raw : membersReader(members, ownMembers(Object.keys(members)));
  return (raw, findings, lenient) => {
    if (isObject(raw)) return read(raw, findings, lenient);
    findings.problems.push({ code: 'field_invalid', message: `${label} must be an object.` });
    return undefined;
  };
}

/** Nodes that take the members of an object that is there already. */
const ownMembers = (names: readonly string[]): ReadonlyMap<string, Node> =>
  new Map(names.map((name) => [name, { run: (input) => (input as JsonObject)[name], isConstant: false }]));
