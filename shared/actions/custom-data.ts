import { isObject, type JsonObject } from '../segment/event.ts';
import type { Payload } from './action.ts';

/**
 * How one field of an action gets into `custom_data`, over the mapped object:
 * `always` even when it is empty (which erases a member of that name, as Segment's destination does), `given` when it
 * is not undefined, `filled` when it is neither empty text nor an empty list.
 */
type Presence = 'always' | 'given' | 'filled';

export function customDataOf(presence: Readonly<Record<string, Presence>>): (payload: Payload) => JsonObject {
  const members = Object.entries(presence);
  return (payload) => {
    const mapped = payload['custom_data'];
    const data: Record<string, unknown> = isObject(mapped) ? { ...mapped } : {};
    for (const member of listOf(payload['custom_data_without'])) delete data[member];
    for (const [member, kind] of members) {
      const value = payload[member];
      const kept = value !== undefined && (kind !== 'filled' || !isBlank(value));
      if (kept) data[member] = value;
      else if (kind === 'always') delete data[member];
    }
    return data;
  };
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

const isBlank = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);
