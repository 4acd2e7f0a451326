import { problems as problemRows } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import { memberNamed, type ObjectWriter } from '../../lib/json/json-members.ts';
import { writeJson } from '../../lib/json/json-text.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Payload } from './action.ts';
import { type GuardOptions, guardedId, guardedObject } from '../privacy/guard-event.ts';
import type { SearchAllowance } from '../privacy/search-allowance.ts';
import { messagingEvents } from './messaging.ts';
import { fieldMissing, type Problem } from './problem.ts';
import type { Warning } from './warning.ts';

const members = {
  opt_out: memberNamed('opt_out'),
  messaging_channel: memberNamed('messaging_channel'),
  messaging_outcome_data: memberNamed('messaging_outcome_data'),
  original_event_data: memberNamed('original_event_data'),
  attribution_data: memberNamed('attribution_data'),
} as const;

const allowed: ReadonlySet<unknown> = new Set(messagingEvents);

const noProblems: readonly Problem[] = [];

/**
 * Problems for which Meta refuses an event from a conversation (subcode 2804066), and one that adds an attribution.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/business-messaging
 */
export function relatedProblems(eventName: unknown, payload: Payload): readonly Problem[] {
  if (payload['action_source'] === 'business_messaging') {
    const problems = payload['messaging_channel'] === undefined ? [fieldMissing('messaging_channel')] : [];
    return allowed.has(eventName) ? problems : [...problems, messagingEventInvalid];
  }
  if (eventName !== 'AppendAttribution') return noProblems;
  const original = isObject(payload['original_event_data']) ? payload['original_event_data'] : {};
  return ['event_name', 'event_time']
    .filter((name) => original[name] === undefined)
    .map((name) => fieldMissing(`original_event_data.${name}`));
}

const messagingEventInvalid: Problem = {
  code: 'messaging_event_invalid',
  path: 'event_name',
  message: fill(problemRows.messaging_event_invalid.message, { names: [...messagingEvents].join(', ') }),
};

/** Writes what an event says of how it may be used, where it comes from and which event it follows. */
export function writeRelated(
  writer: ObjectWriter,
  payload: Payload,
  options: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): void {
  const { opt_out, messaging_channel, original_event_data: original, attribution_data: attribution } = payload;
  if (opt_out !== undefined) writer.value(members.opt_out, String(opt_out));
  if (messaging_channel !== undefined) writer.text(members.messaging_channel, messaging_channel as string);
  const { messaging_outcome_data: outcome } = payload;
  if (isObject(outcome)) {
    const data = guardedObject('messaging_outcome_data', outcome, options, warnings, allowance);
    if (Object.keys(data).length > 0) writer.value(members.messaging_outcome_data, writeJson(data));
  }
  if (isObject(original)) writeOriginal(writer, original, options, warnings, allowance);
  if (isObject(attribution)) {
    const data = guardedObject('attribution_data', withSeconds(attribution), options, warnings, allowance);
    if (Object.keys(data).length > 0) writer.value(members.attribution_data, writeJson(data));
  }
}

/** The id of the earlier event as that was sent: by its digest where it is personal. */
function writeOriginal(
  writer: ObjectWriter,
  original: JsonObject,
  options: GuardOptions,
  warnings: Warning[],
  allowance: SearchAllowance,
): void {
  const { event_id, ...others } = withSeconds(original);
  const id = guardedId(event_id, options, warnings, allowance);
  const data = {
    ...guardedObject('original_event_data', others, options, warnings, allowance),
    ...(id && { event_id: id }),
  };
  if (Object.keys(data).length > 0) writer.value(members.original_event_data, writeJson(data));
}

const withSeconds = (data: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      value instanceof Date ? Math.floor(value.getTime() / 1_000) : value,
    ]),
  );
