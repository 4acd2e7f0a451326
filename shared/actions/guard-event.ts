import type { Sha256 } from '../meta/hash.ts';
import { type Guard, guardCustomData, guardText, guardUrl } from '../meta/personal-data.ts';
import type { JsonObject } from '../segment/event.ts';
import type { Payload } from './action.ts';
import type { Findings } from './problem.ts';

interface GuardOptions {
  readonly personalData: Guard;
  readonly sha256: Sha256;
}

const takenOut = (name: string): string => `${name}: personal data was taken out.`;

/** What RudderStack's browser library says of a visitor who came from nowhere. */
const noReferrer = '$direct';

export function guardedUrl(
  name: 'event_source_url' | 'referrer_url',
  payload: Payload,
  { personalData }: GuardOptions,
  warnings: string[],
): string | undefined {
  const url = payload[name];
  if (typeof url !== 'string' || url === noReferrer) return undefined;
  const { value, found } = guardUrl(url, personalData);
  if (found > 0) warnings.push(takenOut(name));
  return value;
}

export function guardedName(name: unknown, { personalData }: GuardOptions, { problems, warnings }: Findings): unknown {
  if (typeof name !== 'string') return name;
  const { value, found } = guardText(name, personalData);
  if (found > 0) warnings.push(takenOut('event_name'));
  if (value === '') problems.push({ code: 'field_invalid', message: 'Event Name must be more than personal data.' });
  return value;
}

/** Always by its digest: without it, the ids of two events could become one. */
export function guardedId(id: unknown, { personalData, sha256 }: GuardOptions, warnings: string[]): unknown {
  if (typeof id !== 'string' || personalData === 'send') return id;
  const { value, found } = guardText(id, sha256);
  if (found > 0) warnings.push(takenOut('event_id'));
  return value;
}

/** Every entry of `extinfo` has its place, so that none may go. */
export function guardedAppData(
  data: JsonObject | undefined,
  { personalData }: GuardOptions,
  warnings: string[],
): JsonObject | undefined {
  if (data === undefined || personalData === 'send') return data;
  const { madid, extinfo, ...rest } = data as { madid?: string; extinfo: readonly string[] };
  const [id, ...entries] = [madid ?? '', ...extinfo].map((text) => guardText(text, personalData));
  if (![id, ...entries].some((guarded) => (guarded?.found ?? 0) > 0)) return data;
  warnings.push(takenOut('app_data_field'));
  return { ...rest, ...(id?.value && { madid: id.value }), extinfo: entries.map(({ value }) => value) };
}

export function guardedCustomData(
  payload: Payload,
  data: JsonObject | undefined,
  { personalData }: GuardOptions,
  warnings: string[],
): JsonObject | undefined {
  if (data === undefined) return undefined;
  const { value, found } = guardCustomData(data, personalData, payload['custom_data'] === undefined);
  if (found > 0)
    warnings.push(`custom_data: personal data was taken out in ${found} ${found === 1 ? 'place' : 'places'}.`);
  return value;
}
