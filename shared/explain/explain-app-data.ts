import type { Field } from '../meta/event/field.ts';
import { readBoolean } from '../meta/event/readers.ts';
import { isObject } from '../mapping/json-type.ts';
import { appDataPath } from '../meta/event/app-data.ts';
import { guardText } from '../meta/privacy/personal-data.ts';
import type { ExplainedField } from './explanation.ts';
import { describe, entryOf, type FieldSubject, isEmpty, memberOf, namesToExplain } from './field-subject.ts';

/** Sent whether a mapping fills them or not. */
const noFlags = { advertiser_tracking_enabled: undefined, application_tracking_enabled: undefined };
const flags: ReadonlySet<string> = new Set(Object.keys(noFlags));

/** The fields of an app event; nothing of them is sent until `use_app_data` is true. */
export function explainAppData(subject: FieldSubject, name: string, field: Field): ExplainedField[] {
  const mapped = subject.resolved[name];
  const { properties: members = {} } = field;
  if (!isObject(mapped)) return [describe(subject, [name], { label: field.label, raw: mapped })];
  const sent = memberOf(subject.serverEvent, 'app_data');
  const isOff = readBoolean(mapped['use_app_data']) !== true;
  return namesToExplain(Object.keys(members), subject.mapping[name], isOff ? mapped : { ...noFlags, ...mapped })
    .filter((member) => member !== 'use_app_data' && !(isOff && isEmpty(mapped[member])))
    .map((member) => {
      const raw = mapped[member];
      const path = entryOf(members, member) && appDataPath(member);
      const value = path && sentAt(sent, path);
      const isTakenOut = !value && typeof raw === 'string' && guardText(raw, subject.guard).found > 0;
      return describe(subject, [name, member], {
        label: entryOf(members, member)?.label ?? member,
        raw,
        ...(path !== undefined && { path: `app_data.${path}` }),
        ...(value !== '' && { sent: value }),
        ...(isTakenOut && { dropped: 'It is personal data, which Meta forbids outside user_data.' }),
        ...(isOff && !isEmpty(raw) && { dropped: 'App data is off: use_app_data is not true.' }),
        ...(entryOf(members, member) === undefined && { dropped: 'App data has no such member.' }),
        notes: [flags.has(member) && value !== undefined ? flagNote(raw) : undefined],
      });
    });
}

function flagNote(raw: unknown): string | undefined {
  if (isEmpty(raw)) return 'Nothing said counts as no.';
  return readBoolean(raw) === undefined ? 'What is neither true nor false counts as no.' : undefined;
}

/** The value that was sent for a field, at its place within `app_data`. */
function sentAt(appData: unknown, path: string): unknown {
  const [, entry] = /^extinfo\[(\d+)\]$/.exec(path) ?? [];
  if (entry === undefined) return memberOf(appData, path);
  return (memberOf(appData, 'extinfo') as readonly unknown[] | undefined)?.[Number(entry)];
}
