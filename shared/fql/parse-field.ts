import { closest } from '../lib/closest.ts';
import type { Bag, Field, RootField } from './condition.ts';
import type { Token } from './tokens.ts';
import { TriggerSyntaxError } from './trigger-syntax-error.ts';

const rootFields: readonly RootField[] = ['type', 'event', 'name', 'userId'];
const bags: readonly Bag[] = ['properties', 'traits', 'context'];
const known = [...rootFields, ...bags];

/**
 * Reads `event`, `properties.a.b`, `properties.odd\ key`, `properties.list[0]`.
 *
 * A bag alone means its own member of the same name (`properties` is `properties.properties`), and a
 * member called `and`, `or` or `null` is out of reach, both as in Segment.
 */
export function parseField({ value, position }: Token): Field {
  const emptyName = /(?<!\\)\.(?=\.|$)/.exec(value);
  if (emptyName) throw new TriggerSyntaxError('expected a name after the dot', position + emptyName.index + 1);

  const text = value.replaceAll(/\\(.)/gsu, '$1');
  const root = rootFields.find((name) => name === text);
  if (root !== undefined) return { kind: 'root', name: root };

  const [head = ''] = text.split('.', 1);
  const bag = bags.find((name) => name === head);
  if (bag === undefined) throw unknownField(head, position);
  if (/\.(?:and|or|null)(?=\.|$)/.test(value)) return { kind: 'unreachable' };
  const inside = text === bag ? text : text.slice(bag.length + 1);
  return { kind: 'path', bag, steps: inside.split(/[.[\]]/).filter((step) => step !== '') };
}

function unknownField(name: string, position: number): TriggerSyntaxError {
  const root = rootFields.find((field) => field === name);
  if (root !== undefined) return new TriggerSyntaxError(`"${root}" has no fields of its own`, position);
  const meant = closest(name, known);
  const help = meant === undefined ? `expected one of ${known.join(', ')}` : `did you mean "${meant}"?`;
  return new TriggerSyntaxError(`unknown field "${name}"; ${help}`, position);
}
