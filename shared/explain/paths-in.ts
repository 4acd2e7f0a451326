import { isObject } from '../mapping/json-type.ts';
import { parseEventPath } from '../mapping/path.ts';
import { parseTemplate } from '../mapping/template.ts';
import { eventPath } from './event-path.ts';

/** Every path of the event that a directive can take its value from, in the order it looks; conditions left aside. */
export const pathsIn = (directive: unknown): readonly string[] => [...new Set(search(directive))];

function search(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(search);
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([name, argument]) => {
    if (name === '@path' && typeof argument === 'string') return [eventPath(parseEventPath(argument))];
    if (name === '@template' && typeof argument === 'string') return placeholders(argument);
    if (name === '@arrayPath' && Array.isArray(argument)) return itemPaths(argument);
    if (name === '@if' && isObject(argument)) return [...search(argument['then']), ...search(argument['else'])];
    return search(argument);
  });
}

const placeholders = (template: string): string[] =>
  parseTemplate(template).flatMap((part) => (typeof part === 'string' ? [] : [eventPath(part)]));

/** `$.properties.products[].sku`: of whatever item. */
function itemPaths([root, shape]: readonly unknown[]): string[] {
  const roots = typeof root === 'string' ? [eventPath(parseEventPath(root))] : search(root);
  const inner = isObject(shape) ? search(shape) : [];
  return inner.length === 0 ? roots : roots.flatMap((list) => inner.map((path) => `${list}[]${path.slice(1)}`));
}
