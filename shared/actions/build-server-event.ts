import { appData } from '../meta/app-data.ts';
import { currencyCode } from '../meta/currency.ts';
import { readEventTime, settleEventTime } from '../meta/event-time.ts';
import type { Sha256 } from '../meta/hash.ts';
import type { Guard } from '../meta/personal-data.ts';
import type { ServerEvent } from '../meta/server-event.ts';
import { isWeak, userData } from '../meta/user-data.ts';
import type { DataProcessing } from '../segment/destination-options.ts';
import { isObject, type JsonObject } from '../segment/event.ts';
import type { Action, Payload } from './action.ts';
import type { ContentItem } from './coerce-contents.ts';
import type { Coerced } from './compile-payload.ts';
import { guardedAppData, guardedCustomData, guardedId, guardedName, guardedUrl } from './guard-event.ts';
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

type Members = Record<string, unknown>;

export type BuiltEvent =
  | {
      readonly serverEvent: ServerEvent;
      readonly testEventCode: string | undefined;
      readonly warnings: readonly string[];
    }
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly warnings: readonly string[] };

/** Turns what a mapping resolved to into the server event that Meta takes, or says everything that stands against it. */
export function buildServerEvent(
  action: Action,
  coerced: Coerced,
  findings: Findings,
  options: ServerEventOptions,
): BuiltEvent {
  const { problems, warnings } = findings;
  const { payload } = coerced;
  settleCurrency(action, coerced, findings);
  const checked = action.check?.(payload);
  if (checked !== undefined) problems.push(...checked);
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
      personalData: options.personalData,
    },
    warnings,
  );
  if (actionSource === 'website') checkWebsite(action, mapped, payload, options, findings);
  if (isObject(mapped)) checkIdentity(people, options, problems, warnings);

  const eventName = action.eventName ?? guardedName(payload['event_name'], options, findings);

  const [first, ...others] = problems;
  if (first !== undefined) return { problems: [first, ...others], warnings };
  countItems(action, payload);
  const event: Members = { event_name: eventName, event_time: time };
  add(event, 'event_source_url', guardedUrl('event_source_url', payload, options, warnings));
  add(event, 'referrer_url', guardedUrl('referrer_url', payload, options, warnings));
  add(event, 'event_id', guardedId(payload['event_id'], options, warnings));
  event['action_source'] = actionSource;
  event['user_data'] = people;
  add(event, 'app_data', guardedAppData(appData(payload['app_data_field']), options, warnings));
  addDataProcessing(event, payload, options);
  add(event, 'custom_data', guardedCustomData(payload, action.customData(payload), options, warnings));
  return {
    serverEvent: event as ServerEvent,
    testEventCode: payload['test_event_code'] as string | undefined,
    warnings,
  };
}

function settleCurrency({ fields }: Action, { payload, lenient }: Coerced, { problems, warnings }: Findings): void {
  const { currency: raw } = payload;
  if (typeof raw !== 'string') return;
  const currency = currencyCode(raw);
  if (currency !== undefined) {
    payload['currency'] = currency;
    return;
  }
  const message = 'The currency is not an ISO 4217 code.';
  if (lenient && fields['currency']?.required === undefined) warnings.push(`${message} It was left out.`);
  else problems.push({ code: 'currency_invalid', message });
  delete payload['currency'];
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

function countItems({ fields }: Action, payload: Payload): void {
  const contents = payload['contents'] as readonly ContentItem[] | undefined;
  if (payload['count_items'] !== true || payload['num_items'] !== undefined || contents === undefined) return;
  if (contents.length === 0 || !Object.hasOwn(fields, 'num_items')) return;
  let count = 0;
  for (const { quantity = 1 } of contents) count += quantity;
  if (Number.isSafeInteger(count)) payload['num_items'] = count;
}

/** Limited Data Use; an empty list says that there is no restriction. @see https://developers.facebook.com/docs/marketing-apis/data-processing-options */
function addDataProcessing(event: Members, payload: Payload, { dataProcessing: given }: ServerEventOptions): void {
  const isLimited = payload['data_processing_options'] === true;
  if (!isLimited && given === undefined) return;
  const options = isLimited ? ['LDU'] : (given?.options ?? []);
  event['data_processing_options'] = options;
  if (options.length === 0) return;
  const { data_processing_options_country: country = 0, data_processing_options_state: state = 0 } = payload;
  event['data_processing_options_country'] = isLimited ? country : given?.country;
  event['data_processing_options_state'] = isLimited ? state : given?.state;
}

function add(event: Members, name: string, value: unknown): void {
  if (value !== undefined) event[name] = value;
}
