import { isBroken } from '../meta/event/coerce-contents.ts';
import type { Field } from '../meta/event/field.ts';
import { readBoolean, readProductId } from '../meta/event/readers.ts';
import { isObject } from '../mapping/json-type.ts';
import { guardCustomData } from '../meta/privacy/personal-data.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, entryOf, type FieldSubject, isEmpty, memberOf, namesToExplain } from './field-subject.ts';
import { readNote } from './read-note.ts';

/** Lines of an order that are explained one by one. */
export const mostLines = 50;

/** The product lines of a mapping, member by member. */
export function explainContents(subject: FieldSubject, field: Field): ExplainedField[] {
  const raw = subject.resolved['contents'];
  const sent = memberOf(memberOf(subject.serverEvent, 'custom_data'), 'contents');
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const lines = [...given.entries()].filter(([, line]) => line !== null && line !== undefined);
  const explainedLines = lines.slice(0, mostLines);
  const places = placesOf(
    explainedLines.map(([, line]) => line),
    { sent, areAll: explainedLines.length === lines.length },
    subject,
  );
  const explained = explainedLines.flatMap(([from, line], index) =>
    explainLine(subject, field, {
      line,
      index,
      from: Array.isArray(raw) ? String(from) : undefined,
      sent,
      place: places[index],
    }),
  );
  if (lines.length > 0 && lines.length <= mostLines) return explained;
  const notes = lines.length === 0 ? [] : [`Only the first ${mostLines} of ${lines.length} lines are explained.`];
  const whole = { label: field.label, raw, path: 'custom_data.contents', sent, notes };
  return [describe(subject, ['contents'], whole), ...explained];
}

/** Where in the sent list each line is; nowhere for lines that were left out. */
function placesOf(
  lines: readonly unknown[],
  { sent, areAll }: { readonly sent: unknown; readonly areAll: boolean },
  { guard, resolved }: FieldSubject,
): readonly (number | undefined)[] {
  if (!Array.isArray(sent)) return [];
  const lenient = readBoolean(resolved['leave_out_bad_items']) === true || lines.some(isBroken);
  let next = 0;
  const places = lines.map((line) => {
    const id = readProductId(memberOf(line, 'id'), lenient);
    if (id === undefined || id === '') return undefined;
    const { value } = guardCustomData({ contents: [{ id }] }, guard);
    return (value['contents'] as readonly unknown[]).length === 0 ? undefined : next++;
  });
  return areAll ? (next === sent.length ? places : []) : next <= sent.length ? places : [];
}

interface Line {
  readonly line: unknown;
  readonly index: number;
  /** Its place in what the mapping gave; none where that was the line itself. */
  readonly from: string | undefined;
  readonly sent: unknown;
  readonly place: number | undefined;
}

function explainLine(subject: FieldSubject, field: Field, { line, index, from, sent, place }: Line): ExplainedField[] {
  const steps = ['contents', String(index)];
  const origin = from === undefined ? ['contents'] : ['contents', from];
  if (!isObject(line)) return [describe(subject, steps, { label: field.label, raw: line, from: origin })];
  const members = field.properties ?? {};
  const item = place === undefined ? undefined : (sent as readonly unknown[])[place];
  return namesToExplain(Object.keys(members), undefined, line).map((name) => {
    const value = memberOf(item, name);
    const raw = line[name];
    return describe(subject, [...steps, name], {
      label: entryOf(members, name)?.label ?? name,
      raw,
      from: [...origin, name],
      ...(value !== undefined && { path: `custom_data.contents[${place}].${name}`, sent: value }),
      ...(entryOf(members, name) === undefined && { dropped: 'A product line of Meta has no such member.' }),
      ...(place === undefined &&
        !isEmpty(raw) &&
        subject.serverEvent !== undefined && { dropped: lineDropped(subject, index) }),
      notes: [readNote(raw, value)],
    });
  });
}

const lineDropped = ({ said }: FieldSubject, index: number): string =>
  said.get(`contents[${index}].id`)?.message ??
  said.get(`contents[${index}]`)?.message ??
  'The line lost its id, which was personal data, and was left out.';
