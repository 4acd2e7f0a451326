import { problems as problemRows } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { type Member, memberNamed, ObjectWriter } from '../../lib/json/json-members.ts';
import { isPlain, writeJson } from '../../lib/json/json-text.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import type { Unwanted } from '../../queue/destination.ts';
import type { DataProcessing } from '../../segment/destination-options.ts';
import type { Action, Payload } from './action.ts';
import { guardedAppData, guardedId, guardedName, writeUrl } from '../privacy/guard-event.ts';
import type { Minimiser } from '../privacy/minimiser.ts';
import type { Guard } from '../privacy/personal-data.ts';
import { type SearchAllowance, searchAllowance } from '../privacy/search-allowance.ts';
import { isNobodysAdvertisingId } from '../user-data/normalisers/advertising-id.ts';
import { type UserDataValues, type WrittenUserData, writeUserData } from '../user-data/user-data.ts';
import { placeOf } from '../user-data/match-key-table.ts';
import { appData, appDataProblems } from './app-data.ts';
import type { ReadFields } from './compile-payload.ts';
import { compileCustomData, type CustomData, isNothing } from './custom-data.ts';
import type { DiagnosticsCollector } from './diagnosed.ts';
import { settleEventTime } from './event-time.ts';
import { settleMessaging } from './messaging.ts';
import { relatedProblems, writeRelated } from './related-events.ts';
import { eventUrl } from './event-url.ts';
import { fieldMissing, type Problem } from './problem.ts';
import { matchKeyLeftOut, type Warning } from './warning.ts';

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
  /** Data that may leave; everything where it is left out. */
  readonly minimise?: Minimiser | undefined;
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
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly warnings: readonly Warning[] }
  | Unwanted;

/** Turns what a mapping resolved to into the server event that Meta takes, or says everything that stands against it. */
export type BuildServerEvent = (read: ReadFields, options: ServerEventOptions) => BuiltEvent;

/** Compiles an action. The server event is written as it is built: it never exists but as JSON. */
export function serverEventBuilder(action: Action): BuildServerEvent {
  const customData = action.customData && compileCustomData(action.customData);
  return (read, options) => {
    const { payload, lenient, problems, warnings } = read;
    const allowance = searchAllowance();
    const { minimise } = options;
    const name = action.eventName ?? payload['event_name'];
    if (minimise?.maySend(name) === false) return { skipped: 'event_restricted' };
    if (payload['action_source'] === 'business_messaging') settleMessaging(payload, warnings);
    minimise?.settle(payload, options.sha256, warnings);
    const data = customData?.settle(payload, lenient);
    if (data !== undefined && data.warnings.length > 0) warnings.push(...data.warnings);
    const occurredAt = payload['event_time'] as Date | undefined;
    const actionSource = payload['action_source'] as string | undefined;
    const mapped = payload['user_data'] as UserDataValues | undefined;
    const time = occurredAt && actionSource ? settleEventTime(occurredAt, actionSource, options.now) : undefined;
    if (typeof time === 'object') problems.push(time);
    const { now, sendWeakUserData: asSegment, sha256, personalData } = options;
    const people = writeUserData(
      mapped ?? [],
      { occurredAt: occurredAt ?? now, now, asSegment, sha256, personalData, allowance },
      warnings,
    );
    const sourceUrl = urlOf(payload, 'event_source_url', minimise, warnings);
    const referrerUrl = urlOf(payload, 'referrer_url', minimise, warnings);
    if (actionSource === 'website') checkWebsite(action, mapped, sourceUrl, options, read);
    if (mapped !== undefined) checkIdentity(people, options, read);
    const eventName = action.eventName ?? guardedName(name, options, read, allowance);
    if (data !== undefined) checkValue(eventName, data, read);
    const related = relatedProblems(eventName, payload);
    if (related.length > 0) problems.push(...related);
    const { app_data_field: app } = payload;
    if (app !== undefined) problems.push(...appDataProblems(app));

    if (isSome(problems)) return { problems, warnings };
    const eventId = guardedId(payload['event_id'], options, warnings, allowance);
    const writer = new ObjectWriter();
    // Every action requires a time and a source: without them there would have been problems.
    writeText(writer, members.event_name, eventName as string);
    writer.value(members.event_time, time as number);
    if (sourceUrl !== undefined) writeUrl(writer, 'event_source_url', sourceUrl, options, warnings, allowance);
    if (referrerUrl !== undefined) writeUrl(writer, 'referrer_url', referrerUrl, options, warnings, allowance);
    if (eventId !== undefined) writeText(writer, members.event_id, eventId);
    writer.text(members.action_source, actionSource as string);
    writer.value(members.user_data, people.json);
    if (app !== undefined) writeAppData(writer, app, options, warnings, allowance);
    writeDataProcessing(writer, payload, options);
    writeRelated(writer, payload, options, warnings, allowance);
    if (customData && data)
      writer.value(members.custom_data, customData.write(data, personalData, warnings, allowance));
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
  else writer.value(member, writeJson(text));
}

const isSome = (problems: Problem[]): problems is [Problem, ...Problem[]] => problems.length > 0;

/** RudderStack's browser library says it of a visitor who came from nowhere. */
const noReferrer = '$direct';

const urlLabels = { event_source_url: 'Event Source URL', referrer_url: 'Referrer URL' } as const;

function urlOf(
  payload: Payload,
  name: keyof typeof urlLabels,
  minimise: Minimiser | undefined,
  warnings: Warning[],
): string | undefined {
  const raw = payload[name] as string | undefined;
  if (raw === undefined || raw === '' || raw === noReferrer) return undefined;
  const url = eventUrl(raw);
  if (url !== undefined) return minimise === undefined ? url : minimise.cutUrl(name, url, warnings);
  const expected = 'a whole URL of http or https';
  const message = fill(warningRows.field_left_out, { label: urlLabels[name], expected });
  warnings.push({ code: 'field_left_out', path: name, message, expected });
  return undefined;
}

const userAgentMissing = {
  code: 'user_agent_missing',
  path: 'user_data.client_user_agent',
  message: problemRows.user_agent_missing.message,
} as const;

const eventSourceUrlMissing = {
  code: 'event_source_url_missing',
  path: 'event_source_url',
  message: problemRows.event_source_url_missing.message,
} as const;

function checkWebsite(
  { needsUserAgent }: Action,
  mapped: UserDataValues | undefined,
  sourceUrl: string | undefined,
  { strict }: ServerEventOptions,
  { problems, warnings }: DiagnosticsCollector,
): void {
  const userAgent = mapped?.[placeOf.client_user_agent];
  if (userAgent === undefined || userAgent === '') {
    // Segment's destination takes an empty one for given.
    if ((needsUserAgent && userAgent === undefined) || strict) problems.push(userAgentMissing);
    else warnings.push(userAgentMissing);
  }
  if (sourceUrl !== undefined) return;
  if (strict) problems.push(eventSourceUrlMissing);
  else warnings.push(eventSourceUrlMissing);
}

function checkIdentity(
  { strength }: WrittenUserData,
  options: ServerEventOptions,
  { problems, warnings }: DiagnosticsCollector,
): void {
  if (strength === 'enough') return;
  const row = problemRows.user_data_insufficient;
  const { message } = strength === 'nobody' ? row.cases.nobody : row;
  const insufficient = { code: 'user_data_insufficient', path: 'user_data', message } as const;
  if (strength === 'nobody' || !options.sendWeakUserData) problems.push(insufficient);
  else warnings.push(insufficient);
}

const valueWithoutCurrency: Warning = {
  code: 'currency_missing',
  path: 'value',
  message: warningRows.currency_missing,
};

const needed = ['currency', 'value'] as const;

/** Meta refuses a purchase without a value (subcode 2804009) or a currency, whatever the action that made it. */
function checkValue(eventName: unknown, { values }: CustomData, { problems, warnings }: DiagnosticsCollector): void {
  const { value, currency } = values;
  if (eventName === 'Purchase') {
    for (const name of needed) {
      if (!isNothing(values[name]) || problems.some(({ path }) => path === name)) continue;
      problems.push(fieldMissing(name));
    }
  } else if (!isNothing(value) && isNothing(currency)) warnings.push(valueWithoutCurrency);
}

function writeAppData(
  writer: ObjectWriter,
  mapped: unknown,
  options: ServerEventOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): void {
  const app = appData(mapped);
  const { madId } = mapped as { readonly madId?: unknown };
  if (app !== undefined && madId !== '' && isNobodysAdvertisingId(madId)) {
    warnings.push(matchKeyLeftOut('app_data_field.madId', 'madId', 'nobody'));
  }
  const data = guardedAppData(app, options, warnings, allowance);
  if (data !== undefined) writer.value(members.app_data, writeJson(data));
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
