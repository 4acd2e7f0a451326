import { appData } from './app-data.ts';
import { currencyCode } from './currency.ts';
import { readEventTime, settleEventTime } from './event-time.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { type Member, memberNamed, ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain } from '../../lib/json/json-text.ts';
import type { Guard } from '../privacy/personal-data.ts';
import { type UserDataValues, type WrittenUserData, writeUserData } from '../user-data/user-data.ts';
import { placeOf } from '../user-data/user-data-names.ts';
import type { Warning } from './warning.ts';
import type { DataProcessing } from '../../segment/destination-options.ts';
import type { Action, Payload } from '../actions/action.ts';
import type { ContentItem } from './coerce-contents.ts';
import type { Coerced } from './compile-payload.ts';
import { customDataWriter } from './custom-data.ts';
import { guardedAppData, guardedId, guardedName, writeUrl } from '../privacy/guard-event.ts';
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

export interface BuiltServerEvent {
  /** As it goes over the wire. */
  readonly json: string;
  readonly eventName: unknown;
  readonly eventId: string | undefined;
  readonly testEventCode: string | undefined;
  readonly warnings: readonly Warning[];
}

export type BuiltEvent =
  | BuiltServerEvent
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly warnings: readonly Warning[] };

/** Turns what a mapping resolved to into the server event that Meta takes, or says everything that stands against it. */
export type BuildServerEvent = (coerced: Coerced, findings: Findings, options: ServerEventOptions) => BuiltEvent;

/** Compiles an action. The server event is written as it is built: it never exists but as JSON. */
export function serverEventBuilder(action: Action): BuildServerEvent {
  const writeCustomData = action.customData && customDataWriter(action.customData);
  return (coerced, findings, options) => {
    const { problems, warnings } = findings;
    const { payload } = coerced;
    settleCurrency(action, coerced, findings);
    const checked = action.check?.(payload);
    if (checked !== undefined) problems.push(...checked);
    const occurredAt = occurredAtOf(payload, problems);
    const actionSource = payload['action_source'] as string | undefined;
    const mapped = payload['user_data'] as UserDataValues | undefined;
    const time = occurredAt && actionSource ? settleEventTime(occurredAt, actionSource, options.now) : undefined;
    if (typeof time === 'object') problems.push(time);
    const { now, sendWeakUserData: lastResort, sha256, personalData } = options;
    const people = writeUserData(
      mapped ?? [],
      { occurredAt: occurredAt ?? now, now, lastResort, sha256, personalData },
      warnings,
    );
    if (actionSource === 'website') checkWebsite(action, mapped, payload, options, findings);
    if (mapped !== undefined) checkIdentity(people, options, findings);

    const eventName = action.eventName ?? guardedName(payload['event_name'], options, findings);

    if (isSome(problems)) return { problems, warnings };
    countItems(action, payload);
    const eventId = guardedId(payload['event_id'], options, warnings);
    const writer = new ObjectWriter();
    // Every action requires a time and a source: without them there would have been problems.
    writeText(writer, members.event_name, eventName as string);
    writer.value(members.event_time, time as number);
    writeUrl(writer, 'event_source_url', payload['event_source_url'], options, warnings);
    writeUrl(writer, 'referrer_url', payload['referrer_url'], options, warnings);
    if (eventId !== undefined) writeText(writer, members.event_id, eventId);
    writer.text(members.action_source, actionSource as string);
    writer.value(members.user_data, people.json);
    if (payload['app_data_field'] !== undefined) writeAppData(writer, payload['app_data_field'], options, warnings);
    writeDataProcessing(writer, payload, options);
    if (writeCustomData) writer.value(members.custom_data, writeCustomData(payload, personalData, warnings));
    const testEventCode = payload['test_event_code'] as string | undefined;
    return { json: writer.finish(), eventName, eventId, testEventCode, warnings };
  };
}

const members = {
  event_name: memberNamed('event_name'),
  event_time: memberNamed('event_time'),
  event_id: memberNamed('event_id'),
  action_source: memberNamed('action_source'),
  user_data: memberNamed('user_data'),
  app_data: memberNamed('app_data'),
  data_processing_options: memberNamed('data_processing_options'),
  data_processing_options_country: memberNamed('data_processing_options_country'),
  data_processing_options_state: memberNamed('data_processing_options_state'),
  custom_data: memberNamed('custom_data'),
} as const;

function writeText(writer: ObjectWriter, member: Member, text: string): void {
  if (isPlain(text)) writer.text(member, text);
  else writer.value(member, JSON.stringify(text));
}

const isSome = (problems: Problem[]): problems is [Problem, ...Problem[]] => problems.length > 0;

function settleCurrency({ fields }: Action, { payload, lenient }: Coerced, { problems, warnings }: Findings): void {
  const { currency: raw } = payload;
  if (typeof raw !== 'string') return;
  const currency = currencyCode(raw);
  if (currency !== undefined) {
    payload['currency'] = currency;
    return;
  }
  const message = 'The currency is not an ISO 4217 code.';
  if (lenient && fields['currency']?.required === undefined) {
    warnings.push({ code: 'currency_left_out', path: 'currency', message: `${message} It was left out.` });
  } else problems.push({ code: 'currency_invalid', path: 'currency', message });
  delete payload['currency'];
}

function occurredAtOf(payload: Payload, problems: Problem[]): Date | undefined {
  const raw = payload['event_time'];
  if (typeof raw !== 'string') return undefined;
  const time = readEventTime(raw);
  if (time === undefined || Number.isNaN(time.getTime())) {
    const message = 'The event time is neither ISO 8601 text nor a Unix time.';
    problems.push({ code: 'event_time_invalid', path: 'event_time', message });
    return undefined;
  }
  return time;
}

const userAgentMissing = {
  code: 'user_agent_missing',
  path: 'user_data.client_user_agent',
  message: 'A website event needs the user agent of the browser.',
} as const;

const eventSourceUrlMissing = {
  code: 'event_source_url_missing',
  path: 'event_source_url',
  message: 'A website event should carry the URL of its page.',
} as const;

function checkWebsite(
  { needsUserAgent }: Action,
  mapped: UserDataValues | undefined,
  payload: Payload,
  { strict }: ServerEventOptions,
  { problems, warnings }: Findings,
): void {
  const userAgent = mapped?.[placeOf.client_user_agent];
  if (userAgent === undefined || userAgent === '') {
    // Segment's destination takes an empty one for given.
    if ((needsUserAgent && userAgent === undefined) || strict) problems.push(userAgentMissing);
    else warnings.push(userAgentMissing);
  }
  if (payload['event_source_url'] !== undefined) return;
  if (strict) problems.push(eventSourceUrlMissing);
  else warnings.push(eventSourceUrlMissing);
}

function checkIdentity(
  { strength }: WrittenUserData,
  options: ServerEventOptions,
  { problems, warnings }: Findings,
): void {
  if (strength === 'enough') return;
  const message =
    strength === 'nobody'
      ? 'Nothing in the event identifies a person.'
      : 'The match keys of the event are too broad for Meta to accept it.';
  const insufficient = { code: 'user_data_insufficient', path: 'user_data', message } as const;
  if (strength === 'nobody' || !options.sendWeakUserData) problems.push(insufficient);
  else warnings.push(insufficient);
}

function countItems({ fields }: Action, payload: Payload): void {
  const contents = payload['contents'] as readonly ContentItem[] | undefined;
  if (payload['count_items'] !== true || payload['num_items'] !== undefined || contents === undefined) return;
  if (contents.length === 0 || !Object.hasOwn(fields, 'num_items')) return;
  let count = 0;
  for (const { quantity = 1 } of contents) count += quantity;
  if (Number.isSafeInteger(count)) payload['num_items'] = count;
}

function writeAppData(writer: ObjectWriter, mapped: unknown, options: ServerEventOptions, warnings: Warning[]): void {
  const data = guardedAppData(appData(mapped), options, warnings);
  if (data !== undefined) writer.value(members.app_data, JSON.stringify(data));
}

/** Limited Data Use; an empty list says that there is no restriction. @see https://developers.facebook.com/docs/marketing-apis/data-processing-options */
function writeDataProcessing(
  writer: ObjectWriter,
  payload: Payload,
  { dataProcessing: given }: ServerEventOptions,
): void {
  const isLimited = payload['data_processing_options'] === true;
  if (!isLimited && given === undefined) return;
  const options = isLimited ? ['LDU'] : (given?.options ?? []);
  writer.value(members.data_processing_options, JSON.stringify(options));
  if (options.length === 0) return;
  const { data_processing_options_country: country = 0, data_processing_options_state: state = 0 } = payload;
  const [where, inside] = isLimited ? [country, state] : [given?.country, given?.state];
  writer.value(members.data_processing_options_country, JSON.stringify(where));
  writer.value(members.data_processing_options_state, JSON.stringify(inside));
}
