import { isDirective, isObject, type JsonObject } from '../../mapping/json-type.ts';
import type { Field, Fields } from '../event/field.ts';

/** A name that a mapping gives a value under, with the fields that may stand where it stands. */
export interface WrittenField {
  readonly path: string;
  readonly name: string;
  readonly value: unknown;
  /** Undefined for a name that no field has. */
  readonly field: Field | undefined;
  readonly known: Fields;
  /** Name of the object that it is written in; undefined at the top. */
  readonly holder: string | undefined;
}

const settings = '__segment_internal_';

/** Every name in a mapping, at any depth that declares its names, in directives that give such an object as well. */
export function* writtenFields(
  known: Fields,
  mapping: JsonObject,
  path = '',
  holder?: string,
): Generator<WrittenField> {
  for (const [name, value] of Object.entries(mapping)) {
    if (name.startsWith(settings) || name === '_metadata') continue;
    const place = path === '' ? name : `${path}.${name}`;
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    yield { path: place, name, value, field, known, holder };
    if (field?.properties === undefined) continue;
    for (const object of writtenObjects(value)) yield* writtenFields(field.properties, object, place, name);
  }
}

/** The objects that a part of a mapping may give: itself, a branch of a condition, an item of a list, or its shape. */
export function writtenObjects(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(writtenObjects);
  if (!isObject(value)) return [];
  if (!isDirective(value)) return [value];
  const { '@literal': literal, '@if': condition, '@merge': merge, '@arrayPath': list } = value;
  const { then, else: otherwise } = isObject(condition) ? condition : {};
  const objects = isObject(merge) ? merge['objects'] : undefined;
  const shape: unknown = Array.isArray(list) ? list[1] : undefined;
  return [literal, then, otherwise, objects, shape].flatMap(writtenObjects);
}

/** Names that a mapping writes and no field has, by their place below `fields`. */
export const unknownNames = (known: Fields, mapping: JsonObject): WrittenField[] =>
  [...writtenFields(known, mapping)].filter(({ field }) => field === undefined);
