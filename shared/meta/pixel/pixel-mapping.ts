import { isDirective, type JsonObject } from '../../mapping/json-type.ts';
import type { Action } from '../event/action.ts';
import { contentTextNames } from '../event/coerce-contents.ts';
import { contentMembers, customDataMembers } from '../event/custom-data-members.ts';
import type { Field } from '../event/field.ts';
import {
  type Expression,
  kinds,
  type PixelField,
  type PixelKind,
  type PixelMapping,
  type PixelProgram,
  presences,
} from './pixel-program.ts';
import { translateTrigger } from './translate-trigger.ts';
import { NotForPages, translateValue } from './translate-value.ts';

/** A mapping as it is compiled for the server: complete, with its trigger. */
export interface MirroredMapping {
  readonly action: Action;
  /** FQL. */
  readonly trigger: string;
  readonly fields: JsonObject;
  /** Whether it was written for this pipeline: one that came from Segment has only the fields that Segment knows. */
  readonly isOurs: boolean;
}

/**
 * Writes a mapping as data for pages, from which they make the same name, id and custom data as the server.
 *
 * @returns why not, where a page cannot or must not
 */
export function pixelMapping(
  mapping: MirroredMapping,
): { readonly mapping: PixelMapping } | { readonly reason: string } {
  try {
    return { mapping: translateMapping(mapping) };
  } catch (error) {
    if (!(error instanceof NotForPages)) throw error;
    return { reason: error.message };
  }
}

function translateMapping({ action, trigger, fields, isOurs }: MirroredMapping): PixelMapping {
  refuseServersOwn(fields);
  const takesAdded = isOurs || fields['leave_out_bad_items'] === true;
  const declared: Readonly<Record<string, Field>> = action.fields;
  const valueAt = (name: string): Expression => {
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    return field === undefined || (field.isAdded && !takesAdded) ? null : translateValue(fields[name] ?? null);
  };
  const fieldNamed = (name: string, presence: keyof typeof presences): PixelField | undefined => {
    const field = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (field === undefined) return undefined;
    return [name, presences[presence], field.required ? 1 : 0, valueAt(name), kindOf(field)];
  };
  const members = Object.entries(action.customData ?? {});
  return [
    translateTrigger(trigger),
    valueAt('leave_out_bad_items'),
    action.eventName ?? (fieldNamed('event_name', 'given') as PixelField),
    valueAt('event_id'),
    valueAt('contents'),
    members.map(([name, presence]) => fieldNamed(name, presence)).filter((field) => field !== undefined),
    valueAt('count_items'),
    valueAt('custom_data'),
    valueAt('custom_data_without'),
    fields['custom_data'] === undefined ? [] : knownMembers,
  ];
}

/** Refuses events that happen elsewhere than on a website, and fields that only the server may fill. @throws NotForPages */
function refuseServersOwn(fields: JsonObject): void {
  if (fields['__segment_internal_directive'] !== undefined) {
    throw new NotForPages('a directive around the whole mapping is for the server only');
  }
  const source = fields['action_source'];
  if (isDirective(source) || source !== 'website') {
    throw new NotForPages('only what happens on a "website", by its action_source, happens in a page');
  }
  for (const name of ['original_event_data', 'attribution_data', 'messaging_channel']) {
    if (fields[name] !== undefined) throw new NotForPages(`${name} is for the server only`);
  }
  if ((fields['event_id'] ?? '') === '') {
    throw new NotForPages('without event_id Meta would count the event of the page and that of the server');
  }
}

function kindOf({ type, multiple, choices }: Field): PixelKind {
  // Product lines are read by rules of their own.
  const kind = type === 'products' ? 'text' : type;
  if (!Object.hasOwn(kinds, kind)) throw new NotForPages(`a field of the type ${type} is for the server only`);
  return [kinds[kind as keyof typeof kinds], multiple === true ? 1 : 0, choices ?? 0];
}

const knownMembers: PixelMapping[9] = Object.entries<Field>(customDataMembers)
  .filter(([, { type }]) => type !== 'products')
  .map(([name, field]) => [name, kindOf(field)]);

/** Parts of a product line that never cost the line. */
const minorParts: readonly string[] = ['quantity', ...contentTextNames];

/** The parts of a product line beside its id. */
export const contentParts: PixelProgram[6] = Object.entries<Field>(contentMembers)
  .filter(([name]) => name !== 'id')
  .map(([name, field]) => [name, minorParts.includes(name) ? 1 : 0, kindOf(field)]);
