import type { Field } from '../meta/event/field.ts';
import { isObject } from '../mapping/json-type.ts';
import { guardCustomData, guardUrl } from '../meta/privacy/personal-data.ts';
import { isLenient } from '../meta/actions/compile-mapping-config.ts';
import { readText } from '../meta/event/readers.ts';
import { explainAppData } from './explain-app-data.ts';
import { explainContents } from './explain-contents.ts';
import { explainDataProcessing } from './explain-data-processing.ts';
import { explainUserData } from './explain-user-data.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, entryOf, type FieldSubject, isEmpty, memberOf, namesToExplain } from './field-subject.ts';
import { readNote } from './read-note.ts';

/** Members of the server event itself; every other field goes into `custom_data`. */
const own: ReadonlySet<string> = new Set([
  'action_source',
  'attribution_data',
  'event_id',
  'event_name',
  'event_source_url',
  'event_time',
  'messaging_channel',
  'messaging_outcome_data',
  'opt_out',
  'original_event_data',
  'referrer_url',
]);

type Explain = (subject: FieldSubject, name: string, field: Field) => ExplainedField[];

/** Fields that become something other than a member under their own name. */
const special: Readonly<Record<string, Explain>> = {
  app_data_field: explainAppData,
  contents: (subject, _, field) => explainContents(subject, field),
  count_items: explainCount,
  custom_data: explainCustomData,
  custom_data_without: () => [],
  data_processing_options: explainDataProcessing,
  data_processing_options_country: explainDataProcessing,
  data_processing_options_state: explainDataProcessing,
  event_time: explainTime,
  leave_out_bad_items: () => [],
  test_event_code: explainTestEventCode,
  user_data: explainUserData,
};

/** Every field that a mapping fills, and whatever else is in the server event. */
export function explainFields(subject: FieldSubject): ExplainedField[] {
  const { action, mapping, resolved, serverEvent } = subject;
  const { fields } = action;
  const explained = namesToExplain(Object.keys(fields), mapping, resolved).flatMap((name) => {
    const field = entryOf(fields, name);
    if (field === undefined || (field.isAdded && !isLenient(mapping))) {
      const dropped = `The action "${action.title}" has no such field.`;
      return [describe(subject, [name], { label: name, raw: resolved[name], dropped })];
    }
    return (entryOf(special, name) ?? explainOne)(subject, name, field);
  });
  return [...fixedName(subject), ...explained, ...unmappedDataProcessing(subject, serverEvent)];
}

function fixedName(subject: FieldSubject): ExplainedField[] {
  const { eventName, title } = subject.action;
  if (eventName === undefined) return [];
  const sent = memberOf(subject.serverEvent, 'event_name');
  const notes = [`The action "${title}" says so.`];
  return [describe(subject, ['event_name'], { label: 'Event Name', raw: undefined, path: 'event_name', sent, notes })];
}

const unmappedDataProcessing = (subject: FieldSubject, serverEvent: FieldSubject['serverEvent']): ExplainedField[] =>
  Object.keys(subject.action.fields)
    .filter((name) => name.startsWith('data_processing_options') && memberOf(serverEvent, name) !== undefined)
    .filter((name) => !Object.hasOwn(subject.mapping, name) && !Object.hasOwn(subject.resolved, name))
    .flatMap((name) => explainDataProcessing(subject, name, subject.action.fields[name] as Field));

function explainOne(subject: FieldSubject, name: string, { label }: Field): ExplainedField[] {
  const raw = subject.resolved[name];
  const isOwn = own.has(name);
  const sent = memberOf(isOwn ? subject.serverEvent : memberOf(subject.serverEvent, 'custom_data'), name);
  const isGiven = !isEmpty(raw);
  return [
    describe(subject, [name], {
      label,
      raw,
      path: isOwn ? name : `custom_data.${name}`,
      ...(isGiven && { sent }),
      ...(isGiven && guarded(subject, name, raw, sent)),
    }),
  ];
}

const urls: ReadonlySet<string> = new Set(['event_source_url', 'referrer_url']);

/** Notes on what the personal data policy did to a value, and how else it changed. */
function guarded({ guard, serverEvent, minimise }: FieldSubject, name: string, raw: unknown, sent: unknown) {
  const notes = [
    readNote(raw, sent),
    name === 'currency' && sent !== raw && sent !== undefined ? 'Written in upper case.' : undefined,
  ];
  if (serverEvent === undefined || own.has(name) !== urls.has(name)) return { notes };
  if (!urls.has(name) && sent === undefined && minimise?.members?.has(name) === false) {
    return { dropped: 'minimise.customData of the destination does not allow it to leave.' };
  }
  if (urls.has(name) && minimise?.url !== undefined && sent !== undefined && sent !== raw) {
    return { notes: [`Cut to its ${minimise.url}, as minimise.url of the destination says.`] };
  }
  if (sent === undefined && Array.isArray(raw) && raw.every(isEmpty))
    return { dropped: 'There is nothing in the list.' };
  const found = urls.has(name)
    ? guardUrl(readText(raw) ?? '', guard).found
    : guardCustomData({ [name]: raw }, guard).found;
  if (found === 0) return { notes };
  if (sent === undefined) return { dropped: 'It is personal data, which Meta forbids outside user_data.' };
  return {
    notes: [
      ...notes,
      guard === 'remove' ? 'Personal data was taken out.' : 'Personal data was replaced by its digest.',
    ],
  };
}

function explainCustomData(subject: FieldSubject, name: string, field: Field): ExplainedField[] {
  const { action, mapping, resolved, serverEvent } = subject;
  const mapped = resolved[name];
  if (!isObject(mapped)) return [describe(subject, [name], { label: field.label, raw: mapped })];
  const without = resolved['custom_data_without'];
  const data = memberOf(serverEvent, 'custom_data');
  return namesToExplain([], mapping[name], mapped).map((member) => {
    const raw = mapped[member];
    const value = memberOf(data, member);
    const takesPlace = !isEmpty(resolved[member]) || action.customData?.[member] === 'always';
    const isReplaced =
      takesPlace && Object.hasOwn(action.fields, member) && JSON.stringify(value) !== JSON.stringify(raw);
    const isExcluded = (Array.isArray(without) ? without : [without]).includes(member);
    if (isReplaced || isExcluded) {
      const dropped = isReplaced
        ? `The field ${member} of the mapping takes its place.`
        : 'custom_data_without names it.';
      return describe(subject, [name, member], { label: member, raw, ...(serverEvent !== undefined && { dropped }) });
    }
    const sent = { path: `custom_data.${member}`, sent: value };
    const lost = value === undefined ? saidWithin(subject, `custom_data.${member}`) : undefined;
    const why = lost === undefined ? guarded(subject, member, raw, value) : { dropped: lost };
    return describe(subject, [name, member], { label: member, raw, ...sent, ...why });
  });
}

/** Message about the first part of a list. */
function saidWithin({ said }: FieldSubject, path: string): string | undefined {
  for (const [of, { message }] of said) if (of.startsWith(`${path}[`)) return message;
  return undefined;
}

function explainCount(subject: FieldSubject, name: string, { label }: Field): ExplainedField[] {
  const sent = memberOf(memberOf(subject.serverEvent, 'custom_data'), 'num_items');
  if (sent === undefined || !isEmpty(subject.resolved['num_items'])) return [];
  const notes = ['The sum of the quantities in contents.'];
  return [
    describe(subject, [name], { label, raw: subject.resolved[name], path: 'custom_data.num_items', sent, notes }),
  ];
}

function explainTime(subject: FieldSubject, name: string, { label }: Field): ExplainedField[] {
  const raw = subject.resolved[name];
  const sent = memberOf(subject.serverEvent, name);
  const isNow = sent === Math.floor(subject.now.getTime() / 1_000) && Date.parse(String(raw)) > subject.now.getTime();
  const date = typeof sent === 'number' ? `${new Date(sent * 1_000).toISOString().slice(0, 19)}Z` : '';
  const notes =
    sent === undefined
      ? []
      : [isNow ? `Lies ahead of the clock: sent as of now, ${date}, in Unix seconds.` : `${date}, in Unix seconds.`];
  return [describe(subject, [name], { label, raw, path: name, sent, notes })];
}

/** Part of the request rather than of the server event, so that it has no path. */
function explainTestEventCode(subject: FieldSubject, name: string, { label }: Field): ExplainedField[] {
  const raw = subject.resolved[name];
  const sent = isEmpty(raw) ? undefined : subject.testEventCode;
  return [describe(subject, [name], { label, raw, sent, notes: ['Goes beside the events of the request.'] })];
}
