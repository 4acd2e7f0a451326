import { cleaned } from '../../mapping/compile-mapping.ts';
import { Lookups } from '../../mapping/lookups.ts';
import { constant, type Node } from '../../mapping/place.ts';
import { matchKeyLeftOut } from './warning.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Payload } from '../actions/action.ts';
import {
  type ContentLine,
  coerceContents,
  contentMemberNames,
  type ItemRules,
  maxItems,
  readId,
} from './coerce-contents.ts';
import type { Field, Fields } from './field.ts';
import { type Findings, fieldMissing } from './problem.ts';
import { readers, typeName } from './readers.ts';

export interface Coerced {
  readonly payload: Payload;
  /** Whether optional parts that cannot be read are left out instead of costing the event. */
  readonly lenient: boolean;
}

/** Resolves a mapping against one event. @throws MappingResolveError when the event cannot be mapped */
export type ReadPayload = (event: JsonObject, findings: Findings) => Coerced;

type Raw = (input: unknown) => unknown;
/** @param found what the mapping's lookups found in the event */
type Read = (raw: unknown, findings: Findings, lenient: boolean, found: readonly unknown[]) => unknown;

interface Part {
  readonly name: string;
  readonly required: boolean;
  /** The place of the value among what was found; without it, `raw` says what the mapping gives. */
  readonly lookup: number | undefined;
  readonly raw: Raw;
  readonly read: Read;
  /** Any text is taken as it is, which most values are. */
  readonly takesText: boolean;
  readonly keepsEmptyText: boolean;
}

/**
 * Compiles a mapping and the declared types of its fields into one pass over an event, the way Segment's destination
 * reads it: nulls and empty texts go, `"39.95"` becomes a number, a lone value becomes a list of one, and members that
 * no field declares are dropped. Everything that cannot be brought to its type is a problem of its own; all are found in
 * one pass.
 *
 * A mapping that is written out field by field is never built as an object: each value goes from the event straight to
 * its reader, and what the paths of several fields begin with is walked once.
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

/** Objects of a class get room for as many members as earlier ones came to have, literals for four. */
class Values {}

type NodeOf = (name: string) => Node | undefined;

function readParts(fields: Fields, nodeOf: NodeOf): ReadPayload {
  const lookups = new Lookups();
  const parts = partsOf(fields, (name) => (name === 'contents' ? undefined : nodeOf(name)), lookups);
  const readItems = itemsReader(fields, nodeOf);
  return (event, findings) => {
    const payload = new Values() as Record<string, unknown>;
    const { contents, leaveOut: lenient } = readItems(event, findings);
    const found = lookups.find(event);
    let missing: string[] | undefined;
    for (const { name, required, lookup, raw, read, takesText } of parts) {
      const given = lookup === undefined ? raw(event) : found[lookup];
      if (given === undefined || given === null || given === '') {
        if (required) missing = [...(missing ?? []), name];
        continue;
      }
      const value = takesText && typeof given === 'string' ? given : read(given, findings, lenient, found);
      if (value !== undefined) payload[name] = value;
    }
    if (contents !== undefined) payload['contents'] = contents;
    for (const name of missing ?? []) findings.problems.push(fieldMissing(name));
    return { payload, lenient };
  };
}

/**
 * Fields that the mapping leaves out are only of interest when they are required.
 *
 * @param holder the object whose members they are, such as `user_data`: it can do without any of them
 */
function partsOf(fields: Fields, nodeOf: NodeOf, lookups: Lookups, holder?: string): Part[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const node = nodeOf(name);
    const required = field.required === true;
    if (node === undefined && !required) return [];
    const { members, run, firstOf } = node ?? constant(undefined);
    const rest = { name, required, keepsEmptyText: holder !== undefined && field.type === 'text' };
    if (members !== undefined && field.members !== undefined && !field.list) {
      const read = membersReader(name, field, field.members, (member) => members.get(member), lookups);
      return [{ ...rest, lookup: undefined, raw: (event: unknown) => event, read, takesText: false }];
    }
    // A reader of texts or numbers takes nothing that would have to be cleaned.
    const isScalar = field.type !== 'object' && field.type !== 'clickId';
    const isSingle = isScalar && !field.list;
    const lookup = isSingle && firstOf !== undefined ? lookups.add(firstOf) : undefined;
    const read = fieldReader(field, { name, holder });
    const takesText = isSingle && field.type === 'text' && field.choices === undefined;
    return [{ ...rest, lookup, raw: isScalar ? run : cleaned(run), read, takesText }];
  });
}

function itemsReader(fields: Fields, nodeOf: NodeOf) {
  const contents = Object.hasOwn(fields, 'contents') ? linesOf(nodeOf('contents')) : () => undefined;
  const leaveOut = Object.hasOwn(fields, 'leave_out_bad_items') ? nodeOf('leave_out_bad_items')?.run : undefined;
  return (event: JsonObject, findings: Findings) => {
    const rules: ItemRules = { leaveOut: readers.boolean(leaveOut?.(event)) === true };
    return coerceContents(contents(event), rules, findings);
  };
}

/** The product lines as mapped. Those with a shape that is written out are not built as the mapping has it, only what is read of them. */
function linesOf(node: Node | undefined): Raw {
  const whole = cleaned(node?.run ?? (() => undefined));
  const members = node?.items?.shape.members;
  if (node?.items === undefined || members === undefined) return whole;
  const { list } = node.items;
  const lookups = new Lookups();
  const [id, quantity, price, delivery] = contentMemberNames.map((name) => {
    const { firstOf, run } = members.get(name) ?? constant(undefined);
    const lookup = firstOf && lookups.add(firstOf);
    return (product: unknown, found: readonly unknown[]) => (lookup === undefined ? run(product) : found[lookup]);
  }) as [LineReader, LineReader, LineReader, LineReader];
  return (event) => {
    const products = list(event);
    if (!Array.isArray(products) || products.length > maxItems) return whole(event);
    const lines: ContentLine[] = [];
    for (const product of products) {
      const found = lookups.find(product);
      lines.push({
        id: id(product, found),
        quantity: quantity(product, found),
        item_price: price(product, found),
        delivery_category: delivery(product, found),
      });
    }
    return lines;
  };
}

type LineReader = (product: unknown, found: readonly unknown[]) => unknown;

/** @param lookups in what the nodes take their values from */
function membersReader(holder: string, { inOrder }: Field, declared: Fields, nodeOf: NodeOf, lookups: Lookups): Read {
  const parts = partsOf(declared, nodeOf, lookups, holder);
  const names = inOrder ?? Object.keys(declared);
  const none: readonly undefined[] = names.map(() => undefined);
  const placed = parts.map((part) => ({ ...part, place: names.indexOf(part.name) }));
  const readValues = (event: unknown, findings: Findings, lenient: boolean, found: readonly unknown[]): unknown[] => {
    const values: unknown[] = none.slice();
    for (const { place, lookup, raw, read, takesText, keepsEmptyText } of placed) {
      const given = lookup === undefined ? raw(event) : found[lookup];
      if (given === undefined || given === null || (given === '' && !keepsEmptyText)) continue;
      values[place] = takesText && typeof given === 'string' ? given : read(given, findings, lenient, found);
    }
    return values;
  };
  if (inOrder) return readValues;
  return (...given) => {
    const values = readValues(...given);
    return Object.fromEntries(
      names.flatMap((name, place) => (values[place] === undefined ? [] : [[name, values[place]]])),
    );
  };
}

/** Where a field stands: by itself, or as a member of another. */
interface Place {
  readonly name: string;
  readonly holder: string | undefined;
}

const pathOf = ({ name, holder }: Place): string => (holder === undefined ? name : `${holder}.${name}`);

function fieldReader(field: Field, place: Place): Read {
  if (place.name === 'content_ids') return idsReader(field, place);
  if (field.list) return listReader(field, place);
  if (field.type === 'object') return objectReader(field, place);
  const { label, type, choices, required, several } = field;
  const reader: (raw: unknown) => unknown = readers[type];
  const readSeveral = several && listReader(field, place);
  const path = pathOf(place);
  const isMember = place.holder !== undefined;
  const isOptional = isMember || ((type === 'number' || type === 'integer') && !required);
  return (raw, findings, lenient, found) => {
    const value = reader(raw);
    if (value === undefined) {
      if (lenient && readSeveral && Array.isArray(raw)) return unlessEmpty(readSeveral(raw, findings, lenient, found));
      const expected = typeName[type];
      if (lenient && isOptional) leaveOut(field, place, expected, findings);
      else findings.problems.push({ code: 'field_invalid', path, message: `${label} must be ${expected}.` });
    } else if (choices !== undefined && !choices.includes(value as string | number)) {
      const code = label === 'Action Source' ? 'action_source_invalid' : 'field_invalid';
      findings.problems.push({ code, path, message: `${label} must be one of ${choices.join(', ')}.` });
      return undefined;
    }
    return value;
  };
}

/** Neither a member of an object that cannot be read nor an optional number costs the event. */
function leaveOut({ label, type, list }: Field, place: Place, expected: string, { warnings }: Findings): void {
  const path = pathOf(place);
  if (place.holder === 'user_data' && (type === 'text' || type === 'clickId')) {
    warnings.push(matchKeyLeftOut(path, place.name, 'neither text nor a number'));
    return;
  }
  const message = `${list ? `An item of ${label}` : label} was left out: it is not ${expected}.`;
  warnings.push({ code: 'field_left_out', path, message, expected });
}

const unlessEmpty = (values: readonly unknown[]): readonly unknown[] | undefined =>
  values.length === 0 ? undefined : values;

type ReadList = (...given: Parameters<Read>) => readonly unknown[];

function listReader(field: Field, place: Place): ReadList {
  const { label, type } = field;
  const path = pathOf(place);
  const reader: (raw: unknown) => unknown = readers[type];
  return (raw, findings, lenient) => {
    const values: unknown[] = [];
    for (const item of Array.isArray(raw) ? raw : [raw]) {
      if (item === null || item === undefined) continue;
      const value = reader(item);
      if (value !== undefined) values.push(value);
      else if (lenient && place.holder !== undefined) leaveOut(field, place, typeName[type], findings);
      else {
        const message = `Every item of ${label} must be ${typeName[type]}.`;
        findings.problems.push({ code: 'field_invalid', path, message });
      }
    }
    return values;
  };
}

/** Where bad items are left out, `content_ids` takes the same ids as `contents`. */
function idsReader(field: Field, place: Place): Read {
  const readAll = listReader(field, place);
  return (raw, findings, lenient, found) => {
    if (!lenient) return readAll(raw, findings, lenient, found);
    const ids: string[] = [];
    let isWhole = true;
    for (const given of Array.isArray(raw) ? raw : [raw]) {
      const id = readId(given ?? '', true);
      if (id) ids.push(id);
      else isWhole &&= id === '';
    }
    if (!isWhole) leaveOut(field, place, 'the id of a product', findings);
    return ids;
  };
}

function objectReader(field: Field, place: Place): Read {
  const { label, members } = field;
  const path = pathOf(place);
  const read = members && membersReader(path, field, members, ownMember, new Lookups());
  return (raw, findings, lenient) => {
    if (isObject(raw)) return read === undefined ? raw : read(raw, findings, lenient, []);
    findings.problems.push({ code: 'field_invalid', path, message: `${label} must be an object.` });
    return undefined;
  };
}

/** Takes a member of an object that is there already. */
const ownMember: NodeOf = (name) => ({ run: (input) => (input as JsonObject)[name], isConstant: false });
