import { problems as problemRows } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { Diagnosed, Replaced } from './diagnosed.ts';
import type { Field } from './field.ts';
import type { Problem } from './problem.ts';
import { readers } from './readers.ts';
import { maxItems } from '../../mapping/limits.ts';
import { matchKeyLeftOut, valuesLeftOut, type Warning } from './warning.ts';

/** Where a field stands: by itself, or as a property of another. */
export interface FieldPlace {
  readonly name: string;
  readonly holder?: { readonly name: string; readonly field: Field };
}

/** Reads a value that is there. @returns it, undefined for nothing, or {@link Diagnosed} where there is something to say */
export type ReadValue = (raw: unknown, lenient: boolean) => unknown;

/** A field that cannot be read costs the event if the event cannot do without it, or if its mapping came from Segment. */
const mayBeLeftOut = ({ required }: Field, { holder }: FieldPlace): boolean =>
  holder !== undefined || required === undefined;

/** The reader of a field's values, for every type but objects with properties and product lines. */
export function fieldReader(field: Field, place: FieldPlace): ReadValue {
  return field.multiple === true ? listReader(field, place) : valueReader(field, place);
}

function valueReader(field: Field, place: FieldPlace): ReadValue {
  const { type, choices, multiple } = field;
  const { read } = readers[typeOf(field)];
  const tellUnread = unreadTeller(field, place);
  const tellOther = choices && otherChoiceTeller(field, choices, place);
  const readList = multiple === 'lenient' ? listReader(field, place) : undefined;
  return (raw, lenient) => {
    const value = read(raw, lenient);
    if (value === undefined) {
      return lenient && readList && Array.isArray(raw) ? unlessEmpty(readList(raw, lenient)) : tellUnread(lenient);
    }
    if (choices === undefined) return value;
    // Blanks around a code are no mistake worth an event; to Segment they are.
    const choice = lenient && type === 'text' ? (value as string).trim() : value;
    return choices.includes(choice as string | number) ? choice : tellOther?.(lenient);
  };
}

function listReader(field: Field, place: FieldPlace): ReadValue {
  const { read } = readers[typeOf(field)];
  const tell = itemTeller(field, place);
  const tooLong = valuesLeftOut(pathOf(place), maxItems);
  return (raw, lenient) => {
    const values: unknown[] = [];
    let isWhole = true;
    const isCut = Array.isArray(raw) && raw.length > maxItems;
    for (const item of isCut ? raw.slice(0, maxItems) : Array.isArray(raw) ? raw : [raw]) {
      if (item === null || item === undefined || (lenient && item === '')) continue;
      const value = read(item, lenient);
      if (value === undefined) isWhole = false;
      else values.push(value);
    }
    const outcome = isWhole ? values : tell(lenient, values);
    if (!isCut) return outcome;
    const said = outcome instanceof Diagnosed ? outcome : new Diagnosed(outcome, {});
    return new Diagnosed(said.value, { problems: said.problems, warnings: [...said.warnings, tooLong] });
  };
}

const unlessEmpty = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? undefined : value);

const typeOf = ({ type }: Field) => {
  if (type === 'products') throw new TypeError('Product lines have a reader of their own.');
  return type;
};

export const pathOf = ({ name, holder }: FieldPlace): string =>
  holder === undefined ? name : `${holder.name}.${name}`;

/** Says that a value is not of its type. */
export function unreadTeller(field: Field, place: FieldPlace): (lenient: boolean) => Diagnosed {
  const { label, substitute } = field;
  const { name, problem = 'field_invalid' } = readers[typeOf(field)];
  const path = pathOf(place);
  const refused = new Diagnosed(undefined, {
    problems: [{ code: problem, path, message: fill(problemRows[problem].message, { label, expected: name }) }],
  });
  if (substitute !== undefined) {
    const message = fill(warningRows.field_replaced, { label, expected: name, substitute: substitute.name });
    const replaced = new Replaced(substitute, { code: 'field_replaced', path, message, expected: name }, refused);
    return (lenient) => (lenient ? replaced : refused);
  }
  if (!mayBeLeftOut(field, place)) return () => refused;
  const leftOut = new Diagnosed(undefined, { warnings: [leftOutWarning(field, place, label, name)] });
  return (lenient) => (lenient ? leftOut : refused);
}

/** Says that a value is none of a field's choices. */
function otherChoiceTeller(
  field: Field,
  choices: readonly (string | number)[],
  place: FieldPlace,
): (lenient: boolean) => Diagnosed {
  const { label, choiceProblem: code = 'field_invalid' } = field;
  const name = `one of ${choices.join(', ')}`;
  const path = pathOf(place);
  const refused = new Diagnosed(undefined, {
    problems: [{ code, path, message: fill(problemRows[code].message, { label, expected: name }) }],
  });
  if (!mayBeLeftOut(field, place)) return () => refused;
  const message = fill(warningRows.field_left_out, { label, expected: name });
  const leftOut = new Diagnosed(undefined, {
    warnings: [{ code: 'field_left_out', path, message, expected: name }],
  });
  return (lenient) => (lenient ? leftOut : refused);
}

/** Says, once for a list, that items of it are not of their type. */
function itemTeller(field: Field, place: FieldPlace): (lenient: boolean, values: readonly unknown[]) => Diagnosed {
  const { label } = field;
  const { name } = readers[typeOf(field)];
  const problem: Problem = {
    code: 'field_invalid',
    path: pathOf(place),
    message: fill(problemRows.field_invalid.cases.item.message, { label, expected: name }),
  };
  const warning = leftOutWarning(field, place, `An item of ${label}`, name);
  const isOptional = mayBeLeftOut(field, place);
  return (lenient, values) =>
    new Diagnosed(unlessEmpty(values), lenient && isOptional ? { warnings: [warning] } : { problems: [problem] });
}

function leftOutWarning({ type }: Field, place: FieldPlace, what: string, expected: string): Warning {
  const path = pathOf(place);
  const isMatchKey = place.holder?.field.holds === 'matchKeys';
  if (isMatchKey && (type === 'text' || type === 'clickId')) {
    return matchKeyLeftOut(path, place.name, 'not_text');
  }
  const message = fill(warningRows.field_left_out, { label: what, expected });
  const { warning } = readers[typeOf({ label: what, type })];
  return warning === undefined ? { code: 'field_left_out', path, message, expected } : { code: warning, path, message };
}
