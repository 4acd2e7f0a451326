import { appData } from '../meta/app-data.ts';
import { currencyCode } from '../meta/currency.ts';
import { readEventTime, settleEventTime } from '../meta/event-time.ts';
import type { Sha256 } from '../meta/hash.ts';
import { type Guard, guardCustomData, guardUrl } from '../meta/personal-data.ts';
import type { ServerEvent } from '../meta/server-event.ts';
import { isWeak, userData } from '../meta/user-data.ts';
import type { DataProcessing } from '../segment/destination-options.ts';
import { isObject, type JsonObject } from '../segment/event.ts';
import type { Action, Payload } from './action.ts';
import { type Coerced, coercePayload } from './coerce.ts';
import type { ContentItem } from './coerce-contents.ts';
import type { Findings, Problem } from './problem.ts';

export interface ServerEventOptions {
  readonly now: Date;
  /**
   * Send an event that Meta may refuse for its match keys (subcode 2804050) instead of refusing it here, as Segment does.
   * When nothing survives normalisation, the values go out the way Segment cleans them.
   */
  readonly sendWeakUserData: boolean;
  /** Refuse website events without a user agent or URL, whatever the action. */
  readonly strict: boolean;
  /** For email addresses and phone numbers outside `user_data`. */
  readonly personalData: Guard;
  readonly sha256: Sha256;
  /** Limited Data Use where the mapping does not switch it on. */
  readonly dataProcessing?: DataProcessing | undefined;
}

export type BuiltEvent =
  | {
      readonly serverEvent: ServerEvent;
      readonly testEventCode: string | undefined;
      readonly warnings: readonly string[];
    }
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly warnings: readonly string[] };

/** Turns what a mapping resolved to into the server event that Meta takes, or says everything that stands against it. */
export function buildServerEvent(action: Action, resolved: JsonObject, options: ServerEventOptions): BuiltEvent {
  const findings = { problems: [] as Problem[], warnings: [] as string[] };
  const { problems, warnings } = findings;
  const payload = settleCurrency(action, coercePayload(action.fields, resolved, findings), findings);
  problems.push(...(action.check?.(payload) ?? []));
  const occurredAt = occurredAtOf(payload, problems);
  const { action_source: actionSource, user_data: mapped } = payload as { action_source?: string; user_data?: unknown };
  const time = occurredAt && actionSource ? settleEventTime(occurredAt, actionSource, options.now) : undefined;
  if (typeof time === 'object') problems.push(time);
  const people = userData(
    mapped,
    {
      occurredAt: occurredAt ?? options.now,
      now: options.now,
      lastResort: options.sendWeakUserData,
      sha256: options.sha256,
    },
    warnings,
  );
  if (actionSource === 'website') checkWebsite(action, mapped, payload, options, findings);
  if (isObject(mapped)) checkIdentity(people, options, problems, warnings);

  const [first, ...others] = problems;
  if (first !== undefined) return { problems: [first, ...others], warnings };
  const serverEvent = {
    event_name: action.eventName ?? payload['event_name'],
    event_time: time,
    ...guardedUrls(payload, options, warnings),
    ...pick(payload, ['event_id']),
    action_source: actionSource,
    user_data: people,
    ...optional('app_data', appData(payload['app_data_field'])),
    ...dataProcessing(payload, options),
    ...optional('custom_data', guardedCustomData(action.customData(withItemCount(action, payload)), options, warnings)),
  } as ServerEvent;
  return { serverEvent, testEventCode: payload['test_event_code'] as string | undefined, warnings };
}

function settleCurrency({ fields }: Action, { payload, lenient }: Coerced, { problems, warnings }: Findings): Payload {
  const { currency: raw, ...rest } = payload;
  if (typeof raw !== 'string') return payload;
  const currency = currencyCode(raw);
  if (currency !== undefined) return { ...payload, currency };
  const message = 'The currency is not an ISO 4217 code.';
  if (lenient && fields['currency']?.required === undefined) warnings.push(`${message} It was left out.`);
  else problems.push({ code: 'currency_invalid', message });
  return rest;
}

function occurredAtOf(payload: Payload, problems: Problem[]): Date | undefined {
  const raw = payload['event_time'];
  if (typeof raw !== 'string') return undefined;
  const time = readEventTime(raw);
  if (time === undefined || Number.isNaN(time.getTime())) {
    problems.push({ code: 'event_time_invalid', message: 'The event time is neither ISO 8601 text nor a Unix time.' });
    return undefined;
  }
  return time;
}

function checkWebsite(
  { needsUserAgent }: Action,
  mapped: unknown,
  payload: Payload,
  { strict }: ServerEventOptions,
  { problems, warnings }: Findings,
): void {
  if (!isObject(mapped) || mapped['client_user_agent'] === undefined) {
    const message = 'A website event needs the user agent of the browser.';
    if (needsUserAgent || strict) problems.push({ code: 'user_agent_missing', message });
    else warnings.push(message);
  }
  if (payload['event_source_url'] !== undefined) return;
  const message = 'A website event should carry the URL of its page.';
  if (strict) problems.push({ code: 'event_source_url_missing', message });
  else warnings.push(message);
}

function checkIdentity(people: JsonObject, options: ServerEventOptions, problems: Problem[], warnings: string[]): void {
  const nobody = Object.keys(people).length === 0;
  if (!nobody && !isWeak(people)) return;
  const message = nobody
    ? 'Nothing in the event identifies a person.'
    : 'The match keys of the event are too broad for Meta to accept it.';
  if (nobody || !options.sendWeakUserData) problems.push({ code: 'user_data_insufficient', message });
  else warnings.push(message);
}

function withItemCount({ fields }: Action, payload: Payload): Payload {
  const contents = payload['contents'] as readonly ContentItem[] | undefined;
  const wanted =
    payload['count_items'] === true && Object.hasOwn(fields, 'num_items') && payload['num_items'] === undefined;
  if (!wanted || contents === undefined || contents.length === 0) return payload;
  const count = contents.reduce((sum, { quantity = 1 }) => sum + quantity, 0);
  return Number.isSafeInteger(count) ? { ...payload, num_items: count } : payload;
}

/** Limited Data Use; an empty list says that there is no restriction. @see https://developers.facebook.com/docs/marketing-apis/data-processing-options */
function dataProcessing(payload: Payload, { dataProcessing: given }: ServerEventOptions): JsonObject {
  const { data_processing_options_country: country, data_processing_options_state: state } = payload;
  if (payload['data_processing_options'] === true) return limitedDataUse(['LDU'], country ?? 0, state ?? 0);
  if (given === undefined) return {};
  if (given.options.length === 0) return { data_processing_options: [] };
  return limitedDataUse(given.options, given.country, given.state);
}

const limitedDataUse = (options: readonly string[], country: unknown, state: unknown): JsonObject => ({
  data_processing_options: options,
  data_processing_options_country: country,
  data_processing_options_state: state,
});

function guardedUrls(payload: Payload, { personalData }: ServerEventOptions, warnings: string[]): JsonObject {
  const urls: Record<string, unknown> = {};
  for (const name of ['event_source_url', 'referrer_url']) {
    const url = payload[name];
    if (typeof url !== 'string') continue;
    const { value, found } = guardUrl(url, personalData);
    if (found > 0) warnings.push(`${name}: personal data was taken out.`);
    urls[name] = value;
  }
  return urls;
}

function guardedCustomData(
  data: JsonObject | undefined,
  { personalData }: ServerEventOptions,
  warnings: string[],
): JsonObject | undefined {
  if (data === undefined) return undefined;
  const { value, found } = guardCustomData(data, personalData);
  if (found > 0)
    warnings.push(`custom_data: personal data was taken out in ${found} ${found === 1 ? 'place' : 'places'}.`);
  return value;
}

const optional = (name: string, value: unknown): JsonObject => (value === undefined ? {} : { [name]: value });

const pick = (payload: Payload, names: readonly string[]): JsonObject => {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (payload[name] !== undefined) picked[name] = payload[name];
  return picked;
};
