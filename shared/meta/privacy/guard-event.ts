import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { memberNamed, type ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain, writeJson } from '../../lib/json/json-text.ts';
import { type Guard, guardText, guardUrl } from './personal-data.ts';
import { personalDataRemoved, type Warning } from '../event/warning.ts';
import type { JsonObject } from '../../segment/event.ts';
import type { DiagnosticsCollector } from '../event/diagnosed.ts';

interface GuardOptions {
  readonly personalData: Guard;
  readonly sha256: Sha256;
}

export function writeUrl(
  writer: ObjectWriter,
  name: 'event_source_url' | 'referrer_url',
  url: string,
  { personalData }: GuardOptions,
  warnings: Warning[],
): void {
  if (isPlain(url)) {
    writer.text(urlMembers[name], url);
    return;
  }
  const { value, found } = guardUrl(url, personalData);
  if (found > 0) warnings.push(personalDataRemoved(name));
  writer.value(urlMembers[name], writeJson(value));
}

const urlMembers = { event_source_url: memberNamed('event_source_url'), referrer_url: memberNamed('referrer_url') };

export function guardedName(
  name: unknown,
  { personalData }: GuardOptions,
  { problems, warnings }: DiagnosticsCollector,
): unknown {
  if (typeof name !== 'string') return name;
  const { value, found } = guardText(name, personalData);
  if (found > 0) warnings.push(personalDataRemoved('event_name'));
  if (value === '') {
    const message = 'Event Name must be more than personal data.';
    problems.push({ code: 'field_invalid', path: 'event_name', message });
  }
  return value;
}

/** Always by its digest: without it, the ids of two events could become one. */
export function guardedId(
  id: unknown,
  { personalData, sha256 }: GuardOptions,
  warnings: Warning[],
): string | undefined {
  if (typeof id !== 'string' || personalData === 'send' || isPlain(id)) return id as string | undefined;
  const { value, found } = guardText(id, sha256);
  if (found > 0) warnings.push(personalDataRemoved('event_id'));
  return value;
}

/** Every entry of `extinfo` has its place, so that none may go. */
export function guardedAppData(
  data: JsonObject | undefined,
  { personalData }: GuardOptions,
  warnings: Warning[],
): JsonObject | undefined {
  if (data === undefined || personalData === 'send') return data;
  const { madid, extinfo, ...rest } = data as { madid?: string; extinfo: readonly string[] };
  const [id, ...entries] = [madid ?? '', ...extinfo].map((text) => guardText(text, personalData));
  if (![id, ...entries].some((guarded) => (guarded?.found ?? 0) > 0)) return data;
  warnings.push(personalDataRemoved('app_data_field'));
  return { ...rest, ...(id?.value && { madid: id.value }), extinfo: entries.map(({ value }) => value) };
}
