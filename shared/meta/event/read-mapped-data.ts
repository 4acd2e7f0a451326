import type { JsonObject } from '../../segment/event.ts';
import { readContentsWhole } from './coerce-contents.ts';
import { customDataMembers } from './custom-data-members.ts';
import { Diagnosed } from './diagnosed.ts';
import type { Field } from './field.ts';
import { fieldReader, type ReadValue } from './read-field.ts';
import type { Warning } from './warning.ts';

const holder = { name: 'custom_data', field: { label: 'Custom Data', type: 'object' } } as const;

/** The readers of the members that Meta defines, by name. */
const readerOf: ReadonlyMap<string, ReadValue> = new Map(
  Object.entries<Field>(customDataMembers).map(([name, field]) => [name, readerFor(name, field)]),
);

function readerFor(name: string, field: Field): ReadValue {
  const read: ReadValue =
    field.type === 'products' ? (raw) => readContentsWhole(raw, 'custom_data.') : fieldReader(field, { name, holder });
  const takesEmptyText = field.type === 'text' && field.choices === undefined;
  return (raw, lenient) => (raw !== '' ? read(raw, lenient) : takesEmptyText ? raw : undefined);
}

/**
 * An object that was mapped as `custom_data`, with the members that Meta defines as the types that Meta takes. One that
 * cannot be read is left out with a warning, also where the mapping came from Segment: Meta refuses a whole request for it.
 *
 * @param without names of members that stay behind
 */
export function readMappedData(
  mapped: JsonObject,
  without: unknown,
  lenient: boolean,
): { data: Record<string, unknown>; warnings: readonly Warning[] } {
  const data: Record<string, unknown> = { ...mapped };
  for (const name of Array.isArray(without) ? without : []) delete data[name as string];
  const warnings: Warning[] = [];
  for (const [name, raw] of Object.entries(data)) {
    const read = readerOf.get(name);
    if (read === undefined || raw === undefined || raw === null) continue;
    const value = read(raw, true);
    if (value instanceof Diagnosed) warnings.push(...value.warnings);
    const left = value instanceof Diagnosed ? value.value : value;
    if (left === undefined) delete data[name];
    else if (lenient || name !== 'value' || !decimal.test(String(raw))) data[name] = left;
  }
  return { data, warnings };
}

/** A value in text, which Meta takes and Segment sends as it is. */
const decimal = /^\d+(?:\.\d+)?$/;
