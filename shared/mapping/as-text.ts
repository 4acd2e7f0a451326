import { maxDataDepth } from './limits.ts';
import { MappingResolveError } from './mapping-errors.ts';

/**
 * A value as JavaScript writes it into text, without calling anything the value brings along:
 * lists joined by commas, objects as `[object Object]`, missing and null as nothing.
 */
export function asText(value: unknown, path: string, depth = 0): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (!Array.isArray(value)) return typeof value === 'object' ? '[object Object]' : String(value);
  if (depth > maxDataDepth) throw new MappingResolveError(path, 'the value is nested too deeply to be written as text');
  return value.map((item) => asText(item, path, depth + 1)).join(',');
}

/** True for what JavaScript finds loosely equal to empty text, as Segment does: 0, false and `[]` among them. */
export function isBlankValue(value: unknown, path: string): boolean {
  return Array.isArray(value) ? asText(value, path) === '' : !value && !Number.isNaN(value);
}
