import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { memberNamed, ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain, writeJson } from '../../lib/json/json-text.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { CustomDataMembers, Payload, Presence } from './action.ts';
import { type Guard, guardCustomData, mayHoldPersonalData } from '../privacy/personal-data.ts';
import type { SearchAllowance } from '../privacy/search-allowance.ts';
import type { ContentItem } from './coerce-contents.ts';
import { readMappedData } from './read-mapped-data.ts';
import { textTooLong, type Warning } from './warning.ts';

export interface CustomData {
  /** Values that the members are taken from. */
  readonly values: JsonObject;
  /** Whether all members come from fields of their own, so that no sender chose their names. */
  readonly isOurs: boolean;
  readonly warnings: readonly Warning[];
}

/** Makes and writes the `custom_data` of an action's events. */
export interface CustomDataCompiler {
  /** Lays the fields over the object that was mapped, whose members are read as what Meta takes. */
  readonly settle: (payload: Payload, lenient: boolean) => CustomData;
  /** @returns Meta's `custom_data` as JSON, without what the guard takes out of it */
  readonly write: (data: CustomData, guard: Guard, warnings: Warning[], allowance: SearchAllowance) => string;
}

/** Compiles the members that an action's fields make up. */
export function compileCustomData(presence: CustomDataMembers): CustomDataCompiler {
  const members = Object.entries(presence).map(([name, kind]) => ({ name, kind, member: memberNamed(name) }));

  function settle(payload: Payload, lenient: boolean): CustomData {
    const { custom_data: mapped } = payload;
    if (mapped === undefined) return withProductType({ values: payload, isOurs: true, warnings: [] }, lenient);
    const { data, warnings } = readMappedData(mapped as JsonObject, payload['custom_data_without'], lenient);
    for (const { name, kind } of members) {
      const value = payload[name];
      if (isKept(value, kind)) data[name] = value;
      else if (kind === 'always') delete data[name];
    }
    return withProductType({ values: data, isOurs: false, warnings }, lenient);
  }

  /** Fast twin of `general` for members that the fields name, since nearly always nothing is taken out: undefined where a closer look is due. */
  function fast({ values, isOurs }: CustomData, guard: Guard): string | undefined {
    if (!isOurs) return undefined;
    const writer = new ObjectWriter();
    for (const { name, kind, member } of members) {
      const value = values[name];
      if (!isKept(value, kind)) continue;
      if (typeof value === 'string' && isPlain(value)) {
        writer.text(member, value);
        continue;
      }
      const written = plainJson(value, guard);
      if (written === undefined) return undefined;
      writer.value(member, written);
    }
    return writer.finish();
  }

  /** The rule: what is personal is taken out of every member, and the rest is written. */
  function general(
    { values, isOurs }: CustomData,
    guard: Guard,
    warnings: Warning[],
    allowance: SearchAllowance,
  ): string {
    const data = isOurs ? ownMembers(values) : values;
    const { value, found, unsearched = 0 } = guardCustomData(data, guard, isOurs, allowance);
    if (found > 0) {
      const places = `${found} ${found === 1 ? 'place' : 'places'}`;
      const text = warningRows['personal_data_removed.counted'];
      const message = fill(text, { name: 'custom_data', places });
      warnings.push({ code: 'personal_data_removed', path: 'custom_data', message });
    }
    if (unsearched > 0) warnings.push(textTooLong('custom_data'));
    return writeJson(value);
  }

  function ownMembers(values: JsonObject): JsonObject {
    const own: Record<string, unknown> = {};
    for (const { name, kind } of members) if (isKept(values[name], kind)) own[name] = values[name];
    return own;
  }

  return {
    settle,
    write: (data, guard, warnings, allowance) => fast(data, guard) ?? general(data, guard, warnings, allowance),
  };
}

const productTypeLeftOut: Warning = {
  code: 'field_left_out',
  path: 'content_type',
  message: warningRows['field_left_out.contentType'],
  expected: 'the type of products that content_ids or contents name',
};

/** A type of content says what kind of ids stand beside it: without any, Meta cannot make sense of it. */
function withProductType(data: CustomData, lenient: boolean): CustomData {
  const { values, warnings } = data;
  if (!lenient || isNothing(values['content_type'])) return data;
  if (!isNothing(values['content_ids']) || !isNothing(values['contents'])) return data;
  const { content_type: _, ...others } = values;
  return { ...data, values: others, warnings: [...warnings, productTypeLeftOut] };
}

/** JSON of a value without personal data; undefined where that takes a closer look. */
function plainJson(value: unknown, guard: Guard): string | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return mayGo(value, guard) ? writeJson(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  return isObject(value[0]) ? plainContents(value, guard) : plainTexts(value, guard);
}

const mayGo = (text: string, guard: Guard): boolean => guard === 'send' || !mayHoldPersonalData(text);

function plainTexts(texts: readonly string[], guard: Guard): string | undefined {
  let json = '';
  for (const text of texts) {
    if (!isPlain(text)) return texts.every((each) => mayGo(each, guard)) ? writeJson(texts) : undefined;
    json += (json === '' ? '["' : '","') + text;
  }
  return json === '' ? '[]' : `${json}"]`;
}

function plainContents(contents: readonly ContentItem[], guard: Guard): string | undefined {
  let json = '';
  for (const item of contents) {
    const { id, quantity, item_price: price, delivery_category: delivery } = item;
    if (hasTexts(item)) return undefined;
    if (!isPlain(id)) return contents.every((each) => mayGo(each.id, guard)) ? writeJson(contents) : undefined;
    json += (json === '' ? '[{"id":"' : '},{"id":"') + id;
    json += quantity === undefined ? '"' : `","quantity":${quantity}`;
    if (price !== undefined) json += `,"item_price":${price}`;
    if (delivery !== undefined) json += `,"delivery_category":"${delivery}"`;
  }
  return `${json}}]`;
}

const hasTexts = ({ title, description, brand, category }: ContentItem): boolean =>
  title !== undefined || description !== undefined || brand !== undefined || category !== undefined;

const isKept = (value: unknown, kind: Presence): boolean =>
  value !== undefined && (kind !== 'filled' || !isBlank(value));

const isBlank = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** True also for null, which Meta takes for nothing. */
export const isNothing = (value: unknown): boolean => value === undefined || value === null || isBlank(value);
