import { problems as problemRows } from '../../reasons/problems.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { memberNamed, type ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain, writeJson } from '../../lib/json/json-text.ts';
import { type Guard, guardCustomData, guardText, guardUrl } from './personal-data.ts';
import type { SearchAllowance } from './search-allowance.ts';
import { isPlainUrl } from './find-personal-data.ts';
import { personalDataRemoved, textTooLong, type Warning } from '../event/warning.ts';
import type { JsonObject } from '../../segment/event.ts';
import type { DiagnosticsCollector } from '../event/diagnosed.ts';

export interface GuardOptions {
  readonly personalData: Guard;
  readonly sha256: Sha256;
}

export function writeUrl(
  writer: ObjectWriter,
  name: 'event_source_url' | 'referrer_url',
  url: string,
  { personalData }: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): void {
  if (isPlain(url) || isPlainUrl(url)) {
    writer.text(urlMembers[name], url);
    return;
  }
  const { value, found, unsearched = 0 } = guardUrl(url, personalData, allowance);
  if (found > 0) warnings.push(personalDataRemoved(name));
  if (unsearched > 0) {
    warnings.push(textTooLong(name));
    if (value === '') return;
  }
  writer.value(urlMembers[name], writeJson(value));
}

const urlMembers = { event_source_url: memberNamed('event_source_url'), referrer_url: memberNamed('referrer_url') };

export function guardedName(
  name: unknown,
  { personalData }: GuardOptions,
  { problems, warnings }: DiagnosticsCollector,
  allowance: SearchAllowance,
): unknown {
  if (typeof name !== 'string') return name;
  const { value, found, unsearched = 0 } = guardText(name, personalData, allowance);
  if (found > 0) warnings.push(personalDataRemoved('event_name'));
  if (unsearched > 0) warnings.push(textTooLong('event_name'));
  if (value === '') {
    const { message } = problemRows.field_invalid.cases.onlyPersonalData;
    problems.push({ code: 'field_invalid', path: 'event_name', message });
  }
  return value;
}

/** Always by its digest: without it, the ids of two events could become one. So is an id that is too long to be searched. */
export function guardedId(
  id: unknown,
  { personalData, sha256 }: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): string | undefined {
  if (typeof id !== 'string' || personalData === 'send' || isPlain(id)) return id as string | undefined;
  const { value, found, unsearched = 0 } = guardText(id, sha256, allowance);
  if (unsearched > 0) {
    warnings.push(textTooLong('event_id'));
    return sha256(id);
  }
  if (found > 0) warnings.push(personalDataRemoved('event_id'));
  return value;
}

/** An object whose members Meta names, such as `attribution_data`. */
export function guardedObject(
  name: string,
  data: JsonObject,
  { personalData }: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): JsonObject {
  const { value, found, unsearched = 0 } = guardCustomData(data, personalData, true, allowance);
  if (found > 0) warnings.push(personalDataRemoved(name));
  if (unsearched > 0) warnings.push(textTooLong(name));
  return value;
}

/** Every entry of `extinfo` has its place, so that none may go. */
export function guardedAppData(
  data: JsonObject | undefined,
  { personalData }: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): JsonObject | undefined {
  if (data === undefined || personalData === 'send') return data;
  const { madid, extinfo, ...rest } = data as { madid?: string; extinfo: readonly string[] };
  const [id, ...entries] = [madid ?? '', ...extinfo].map((text) => guardText(text, personalData, allowance));
  const isFound = [id, ...entries].some((guarded) => (guarded?.found ?? 0) > 0);
  const isCut = [id, ...entries].some((guarded) => (guarded?.unsearched ?? 0) > 0);
  const others = guardCustomData(rest, personalData, true, allowance);
  if (!isFound && !isCut && others.found === 0 && !others.unsearched) return data;
  if (isFound || others.found > 0) warnings.push(personalDataRemoved('app_data_field'));
  if (isCut || others.unsearched) warnings.push(textTooLong('app_data_field'));
  return { ...others.value, ...(id?.value && { madid: id.value }), extinfo: entries.map(({ value }) => value) };
}
