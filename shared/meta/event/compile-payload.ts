import { problems as problemRows } from '../../reasons/problems.ts';
import { boundedList, excessNoted } from '../../mapping/excess.ts';
import { maxItems } from '../../mapping/limits.ts';
import { clean, cleaned } from '../../mapping/compile-mapping.ts';
import { Lookups } from '../../mapping/lookups.ts';
import { constant, type CompiledValue, type Run } from '../../mapping/compile-context.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Payload } from './action.ts';
import {
  type ContentItem,
  type ContentLine,
  coerceContents,
  contentMemberNames,
  contentTextNames,
  type ReadContents,
} from './coerce-contents.ts';
import { Diagnosed, type Diagnostics, DiagnosticsCollector, Replaced } from './diagnosed.ts';
import type { Field, Fields } from './field.ts';
import { fieldMissing } from './problem.ts';
import { valueTooLarge } from './warning.ts';
import { type FieldPlace, fieldReader, type ReadValue, unreadTeller } from './read-field.ts';
import { readBoolean, readObject } from './readers.ts';

/** Objects of a class get room for as many members as earlier ones came to have, literals for four. */
class Values {}

/** Fields that a mapping gave for one event, each as its type, and the diagnostics of reading them. */
export class ReadFields extends DiagnosticsCollector {
  readonly payload: Payload = new Values() as Payload;
  /** Whether optional parts that cannot be read are left out instead of costing the event. */
  readonly lenient: boolean;

  constructor(lenient: boolean, said: Diagnostics) {
    super();
    this.lenient = lenient;
    this.add(said);
  }
}

/** Resolves a mapping against one event. @throws MappingResolveError when the event cannot be mapped */
export type ReadPayload = (event: JsonObject) => ReadFields;

/**
 * Compiles a mapping and the declared types of its fields into one pass over an event, the way Segment's destination
 * reads it: nulls and empty texts go, `"39.95"` becomes a number, a lone value becomes a list of one, and members that
 * no field declares are dropped. Everything that cannot be brought to its type is a problem or a warning of its own; all are
 * found in one pass.
 *
 * A mapping that is written out field by field is never built as an object: each value goes from the event straight to
 * its reader, and what the paths of several fields begin with is walked once: the fast twin of {@link compileResolved}.
 */
export function compilePayload(fields: Fields, mapping: CompiledValue): ReadPayload {
  const { members } = mapping;
  return members === undefined ? compileResolved(fields, mapping) : compileWalk(fields, (name) => members.get(name));
}

/** Resolves the whole mapping first, then reads its fields. */
export function compileResolved(fields: Fields, { run }: Pick<CompiledValue, 'run'>): ReadPayload {
  const whole = cleaned(run, mostMembers);
  const read = compileWalk(fields, ownMember);
  return (event) => {
    const noted = excessNoted();
    const resolved = whole(event);
    if (isObject(resolved)) {
      const result = read(resolved, event);
      if (noted !== excessNoted()) result.warnings.push(valueTooLarge('custom_data'));
      return result;
    }
    const problem = { code: 'mapping_failed', message: problemRows.mapping_failed.message } as const;
    return new ReadFields(false, { problems: [problem], warnings: [] });
  };
}

type NodeOf = (name: string) => CompiledValue | undefined;

/** Takes a member of an object that is there already. */
const ownMember: NodeOf = (name) => ({ run: (input) => (input as JsonObject)[name], isConstant: false });

/** One field on the way through an event. */
interface Step {
  readonly name: string;
  readonly required: boolean;
  /** Whether empty text is a value, as within `user_data`. */
  readonly keepsEmptyText: boolean;
  /** Any text is taken as it is, which most values are. */
  readonly takesText: boolean;
  /** The place of the value among what the lookups found; without it, `run` says what the mapping gives. */
  readonly lookup: number | undefined;
  readonly run: Run;
  readonly read: ReadValue;
  /** For an object whose properties are mapped one by one. */
  readonly walk: WalkProperties | undefined;
}

/** @param source the event, where that is not the input itself: what substitutes are taken from */
type Walk = (input: JsonObject, source?: JsonObject) => ReadFields;

/** The one loop over the fields of an action. */
function compileWalk(fields: Fields, nodeOf: NodeOf): Walk {
  const lookups = new Lookups();
  const steps = compileSteps(fields, nodeOf, lookups);
  const readContents = compileContents(fields, nodeOf);
  const counted = countedField(fields);
  return (input, source = input) => {
    const excess = excessNoted();
    const lines = readContents(input);
    const { contents, lenient } = lines;
    const fields = new ReadFields(lenient, lines);
    const { payload } = fields;
    const found = lookups.find(input);
    let missing: string[] | undefined;
    let noted = excess;
    let before = 'contents';
    const tellExcess = (): void => {
      if (noted === excessNoted()) return;
      noted = excessNoted();
      fields.warnings.push(valueTooLarge(before));
    };
    for (const { name, required, lookup, run, takesText, read: readValue, walk } of steps) {
      if (noted !== excessNoted()) tellExcess();
      before = name;
      const given = lookup === undefined ? run(input) : found[lookup];
      if (given === undefined || given === null || given === '') {
        if (required) missing = [...(missing ?? []), name];
        continue;
      }
      if (takesText && typeof given === 'string') {
        payload[name] = given;
        continue;
      }
      const value = walk === undefined ? readValue(given, lenient) : walk(input, lenient, found);
      if (!(value instanceof Diagnosed)) {
        if (value !== undefined) payload[name] = value;
        continue;
      }
      const settled = value instanceof Replaced ? substituted(value, readValue, source) : value;
      fields.add(settled);
      if (settled.value !== undefined) payload[name] = settled.value;
    }
    tellExcess();
    if (contents !== undefined) payload['contents'] = contents;
    if (counted !== undefined && payload[counted.switch] === true) payload[counted.name] ??= sumOfQuantities(contents);
    for (const name of missing ?? []) fields.problems.push(fieldMissing(name));
    return fields;
  };
}

/** The value that takes the place of one that cannot be read, read as the same field. */
function substituted(replaced: Replaced, read: ReadValue, source: JsonObject): Diagnosed {
  const { substitute, refused, warnings } = replaced;
  const raw = 'member' in substitute ? source[substitute.member] : substitute.value;
  const value = raw === undefined || raw === null ? undefined : read(raw, true);
  return value === undefined || value instanceof Diagnosed ? refused : new Diagnosed(value, { warnings });
}

/** The field that is filled with the number of items where nothing is mapped, and its switch. */
function countedField(fields: Fields): { readonly name: string; readonly switch: string } | undefined {
  const [name, field] = Object.entries(fields).find(([, { countedIf }]) => countedIf !== undefined) ?? [];
  return name === undefined || field?.countedIf === undefined ? undefined : { name, switch: field.countedIf };
}

function sumOfQuantities(contents: readonly ContentItem[] = []): number | undefined {
  let count = 0;
  for (const { quantity = 1 } of contents) count += quantity;
  return contents.length > 0 ? count : undefined;
}

/** Fields that the mapping leaves out are only of interest when they are required. */
function compileSteps(fields: Fields, nodeOf: NodeOf, lookups: Lookups, holder?: FieldPlace['holder']): Step[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const node = field.type === 'products' ? undefined : nodeOf(name);
    const required = field.required === true;
    if (node === undefined && !required) return [];
    const step = compileStep(field, { name, ...(holder && { holder }) }, node ?? constant(undefined), lookups);
    return [{ ...step, name, required, keepsEmptyText: holder !== undefined && field.type === 'text' }];
  });
}

type Reading = Pick<Step, 'lookup' | 'run' | 'read' | 'walk' | 'takesText'>;

function compileStep(
  field: Field,
  place: FieldPlace,
  { members, run, firstOf, isConstant }: CompiledValue,
  lookups: Lookups,
): Reading {
  const { type, multiple, choices, properties } = field;
  if (members !== undefined && properties !== undefined && multiple !== true) {
    const walk = compileProperties(field, properties, place, (name) => members.get(name), lookups);
    return { lookup: undefined, run: (input) => input, read: (raw) => raw, walk, takesText: false };
  }
  // A reader of texts or numbers takes nothing that would have to be cleaned.
  const isScalar = type !== 'object';
  const isSingle = type !== 'object' && multiple !== true;
  const lookup = isSingle && firstOf !== undefined ? lookups.add(firstOf) : undefined;
  const read = properties === undefined ? fieldReader(field, place) : objectReader(field, properties, place);
  return {
    lookup,
    run: isScalar ? run : cleaned(run),
    read:
      isConstant && isSingle ? onceRead(read, run(undefined)) : lookup === undefined ? read : cleanly(read, isScalar),
    walk: undefined,
    takesText: isSingle && (type === 'text' || type === 'clickId') && choices === undefined,
  };
}

/** The reading of what a lookup found, which is not cleaned: no scalar has to be. */
const cleanly = (read: ReadValue, isScalar: boolean): ReadValue =>
  isScalar ? read : (raw, lenient) => read(clean(raw), lenient);

/** Reads once a value that is the same for every event. */
function onceRead(read: ReadValue, value: unknown): ReadValue {
  const [strict, lenient] = [read(value, false), read(value, true)];
  return (_, isLenient) => (isLenient ? lenient : strict);
}

/** Reads an object that was mapped as a whole, property by property. */
function objectReader(field: Field, properties: Fields, place: FieldPlace): ReadValue {
  const walk = compileProperties(field, properties, place, ownMember, new Lookups());
  const tellUnread = unreadTeller(field, place);
  return (raw, lenient) => {
    const object = readObject(raw, lenient);
    return object === undefined ? tellUnread(lenient) : walk(object, lenient, []);
  };
}

/** @param found what the lookups of the whole mapping found in the input */
type WalkProperties = (input: unknown, lenient: boolean, found: readonly unknown[]) => unknown;

/** @param lookups in what the nodes take their values from */
function compileProperties(
  field: Field,
  properties: Fields,
  { name: holder }: FieldPlace,
  nodeOf: NodeOf,
  lookups: Lookups,
): WalkProperties {
  const names = field.inOrder ?? Object.keys(properties);
  const steps = compileSteps(properties, nodeOf, lookups, { name: holder, field });
  const placed = steps.map((step) => ({ ...step, place: names.indexOf(step.name) }));
  const none: readonly undefined[] = names.map(() => undefined);
  return (input, lenient, found) => {
    const values: unknown[] = none.slice();
    let said: DiagnosticsCollector | undefined;
    for (const { place, lookup, run, read, walk, takesText, keepsEmptyText } of placed) {
      const given = lookup === undefined ? run(input) : found[lookup];
      if (given === undefined || given === null || (given === '' && !keepsEmptyText)) continue;
      if (takesText && typeof given === 'string') {
        values[place] = given;
        continue;
      }
      const value = walk === undefined ? read(given, lenient) : walk(input, lenient, found);
      if (value instanceof Diagnosed) {
        said ??= new DiagnosticsCollector();
        said.add(value);
        values[place] = value.value;
      } else values[place] = value;
    }
    const read = field.inOrder ? values : named(names, values);
    return said === undefined ? read : new Diagnosed(read, said);
  };
}

const named = (names: readonly string[], values: readonly unknown[]): JsonObject =>
  Object.fromEntries(names.flatMap((name, place) => (values[place] === undefined ? [] : [[name, values[place]]])));

/** The reader of the product lines, and of the switch that says whether what cannot be read is left out. */
function compileContents(fields: Fields, nodeOf: NodeOf): (event: JsonObject) => ReadContents {
  const nameOf = (test: (field: Field) => boolean) => Object.keys(fields).find((name) => test(fields[name] as Field));
  const lines = nameOf(({ type }) => type === 'products');
  const decides = nameOf((field) => field.decides === 'leniency');
  const readLines: Run = lines === undefined ? () => undefined : compileLines(nodeOf(lines));
  const leaveOut = decides === undefined ? undefined : nodeOf(decides)?.run;
  return (event) => coerceContents(readLines(event), readBoolean(leaveOut?.(event)) === true);
}

/**
 * The product lines as mapped. Those with a shape that is written out are not built as the mapping has it, only what is
 * read of them.
 */
function compileLines(node: CompiledValue | undefined): Run {
  const whole = cleaned(node?.run ?? (() => undefined), mostMembers);
  const members = node?.items?.shape.members;
  if (node?.items === undefined || members === undefined) return whole;
  if (contentTextNames.some((name) => members.has(name))) return whole;
  const { list } = node.items;
  const lookups = new Lookups();
  const [id, quantity, price, delivery] = contentMemberNames.map((name) => {
    const { firstOf, run } = members.get(name) ?? constant(undefined);
    const lookup = firstOf && lookups.add(firstOf);
    return (product: unknown, found: readonly unknown[]) => (lookup === undefined ? run(product) : found[lookup]);
  }) as [ReadMember, ReadMember, ReadMember, ReadMember];
  return (event) => {
    const products = list(event);
    if (!Array.isArray(products)) return whole(event);
    const lines: ContentLine[] = [];
    for (const product of boundedList(products, maxItems)) {
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

/** Values of all product lines together. */
const mostMembers = 10 * maxItems;

type ReadMember = (product: unknown, found: readonly unknown[]) => unknown;
