import { memberNamed, ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain } from '../../lib/json/json-text.ts';
import { type Guard, guardCustomData, mayHoldPersonalData } from '../privacy/personal-data.ts';
import type { Warning } from './warning.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Payload } from '../actions/action.ts';
import type { ContentItem } from './coerce-contents.ts';

/**
 * How one field of an action gets into `custom_data`, over the mapped object:
 * `always` even when it is empty (which erases a member of that name, as Segment's destination does), `given` when it
 * is not undefined, `filled` when it is neither empty text nor an empty list.
 */
type Presence = 'always' | 'given' | 'filled';

export type CustomDataMembers = Readonly<Record<string, Presence>>;

/** @returns Meta's `custom_data` as JSON, without what the guard takes out of it */
export type WriteCustomData = (payload: Payload, guard: Guard, warnings: Warning[]) => string;

/** Compiles the members that an action's fields make up. */
export function customDataWriter(presence: CustomDataMembers): WriteCustomData {
  const members = Object.entries(presence).map(([name, kind]) => ({ name, kind, member: memberNamed(name) }));

  /** Nearly always nothing has to be taken out of values that the fields name. Undefined where a closer look is due. */
  function writePlain(payload: Payload, guard: Guard): string | undefined {
    const writer = new ObjectWriter();
    for (const { name, kind, member } of members) {
      const value = payload[name];
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

  function customData(payload: Payload): JsonObject {
    const mapped = payload['custom_data'];
    const data: Record<string, unknown> = isObject(mapped) ? { ...mapped } : {};
    for (const member of listOf(payload['custom_data_without'])) delete data[member];
    for (const { name, kind } of members) {
      const value = payload[name];
      if (isKept(value, kind)) data[name] = value;
      else if (kind === 'always') delete data[name];
    }
    return data;
  }

  return (payload, guard, warnings) => {
    const isOurs = payload['custom_data'] === undefined;
    const plain = isOurs ? writePlain(payload, guard) : undefined;
    if (plain !== undefined) return plain;
    const { value, found } = guardCustomData(customData(payload), guard, isOurs);
    if (found > 0) {
      const message = `custom_data: personal data was taken out in ${found} ${found === 1 ? 'place' : 'places'}.`;
      warnings.push({ code: 'personal_data_removed', path: 'custom_data', message });
    }
    return JSON.stringify(value);
  };
}

/** JSON of a value without personal data; undefined where that takes a closer look. */
function plainJson(value: unknown, guard: Guard): string | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return mayGo(value, guard) ? JSON.stringify(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  return isObject(value[0]) ? plainContents(value, guard) : plainTexts(value, guard);
}

const mayGo = (text: string, guard: Guard): boolean => guard === 'send' || !mayHoldPersonalData(text);

function plainTexts(texts: readonly string[], guard: Guard): string | undefined {
  let json = '';
  for (const text of texts) {
    if (!isPlain(text)) return texts.every((each) => mayGo(each, guard)) ? JSON.stringify(texts) : undefined;
    json += (json === '' ? '["' : '","') + text;
  }
  return json === '' ? '[]' : `${json}"]`;
}

function plainContents(contents: readonly ContentItem[], guard: Guard): string | undefined {
  let json = '';
  for (const { id, quantity, item_price: price, delivery_category: delivery } of contents) {
    if (!isPlain(id)) return contents.every((each) => mayGo(each.id, guard)) ? JSON.stringify(contents) : undefined;
    json += (json === '' ? '[{"id":"' : '},{"id":"') + id;
    json += quantity === undefined ? '"' : `","quantity":${quantity}`;
    if (price !== undefined) json += `,"item_price":${price}`;
    if (delivery !== undefined) json += `,"delivery_category":"${delivery}"`;
  }
  return `${json}}]`;
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

const isKept = (value: unknown, kind: Presence): boolean =>
  value !== undefined && (kind !== 'filled' || !isBlank(value));

const isBlank = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);
