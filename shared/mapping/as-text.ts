import { noteExcess } from './excess.ts';
import { maxDataDepth, maxItems } from './limits.ts';
import { MappingResolveError } from './mapping-errors.ts';

/**
 * A value as JavaScript writes it into text, without calling anything the value brings along:
 * lists joined by commas, objects as `[object Object]`, missing and null as nothing. Items beyond {@link maxItems} are left out.
 *
 * @throws MappingResolveError when lists are nested deeper than {@link maxDataDepth}
 */
export const asText = (value: unknown, path: string): string =>
  Array.isArray(value) ? listText(value, path) : plainText(value);

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? '[object Object]' : String(value);
}

function listText(list: readonly unknown[], path: string): string {
  let left = maxItems;
  const join = (items: readonly unknown[], depth: number): string => {
    if (depth > maxDataDepth)
      throw new MappingResolveError(path, 'the value is nested too deeply to be written as text');
    let text = '';
    for (let index = 0; index < items.length; index++) {
      if (--left < 0) break;
      const item = items[index];
      text += (index === 0 ? '' : ',') + (Array.isArray(item) ? join(item, depth + 1) : plainText(item));
    }
    return text;
  };
  const text = join(list, 0);
  if (left < 0) noteExcess();
  return text;
}

/** Whether a list leaves nothing as text: of two items or more, the comma between them is text already. */
export function isBlankList(list: readonly unknown[], path: string): boolean {
  let inner: unknown = list;
  for (let depth = 0; Array.isArray(inner); depth++) {
    if (inner.length > 1) return false;
    if (depth > maxDataDepth)
      throw new MappingResolveError(path, 'the value is nested too deeply to be written as text');
    inner = inner[0];
  }
  return inner === undefined || inner === null || inner === '';
}

/** True for what JavaScript finds loosely equal to empty text, as Segment does: 0, false and `[]` among them. */
export function isBlankValue(value: unknown, path: string): boolean {
  return Array.isArray(value) ? isBlankList(value, path) : !value && !Number.isNaN(value);
}
