import { fill } from '../reasons/reason.ts';
import { requestErrors } from '../reasons/request-errors.ts';
import { InvalidRequestError } from './invalid-request-error.ts';
import { type Call, parsedCall } from './call.ts';
import { isObject, type JsonObject } from './event.ts';
import { type IngestWarning, leftOut, notJson, unreadableTime } from './ingest-warning.ts';
import { segmentLimits } from './limits.ts';
import { isDeeperThan } from './merge-bags.ts';
import { parseJson, parseLenientJson } from './parse-json.ts';
import { dataText } from './pixel.ts';
import { parseTime } from './timestamps.ts';
import { possibleWriteKeys, writeKeyFromBody, writeKeyFromQuery } from './write-key.ts';

const { request_invalid: invalid, request_too_large: tooLarge } = requestErrors;

/** The calls in a request's body, and what its batch says about all of them. */
export interface Calls {
  readonly events: readonly Call[];
  readonly sentAt?: unknown;
  readonly context?: JsonObject | undefined;
  readonly integrations?: JsonObject | undefined;
  /** Warnings about what was read otherwise than it stood there. */
  readonly warnings: readonly IngestWarning[];
}

export interface ReadBody {
  readonly value: unknown;
  /** Whether it was no JSON, but could be read all the same. */
  readonly isLenient: boolean;
}

/** @throws InvalidRequestError when the text is no JSON; the content type is not looked at, since libraries send any. */
export function parseBody(text: string): ReadBody {
  try {
    const value = parseJson(text);
    // JSON that was written as JSON text once more.
    const isWritten = typeof value === 'string' && /^\s*[{[]/.test(value);
    return isWritten ? { value: parseJson(value), isLenient: true } : { value, isLenient: false };
  } catch {
    // The second reading costs more, so only what is no JSON pays for it.
    return { value: parseAgain(text), isLenient: true };
  }
}

function parseAgain(text: string): unknown {
  try {
    return parseLenientJson(encodedData(text) ?? text);
  } catch {
    throw new InvalidRequestError('request_invalid', text === '' ? invalid.cases.empty : invalid);
  }
}

/** Data in a body that was encoded as a form's `data`, for a URL or in base64, as Segment's pixel is. */
function encodedData(text: string): string | undefined {
  const form = formOf(text);
  if (form !== undefined) return form.get('data') ? dataText(form.get('data') ?? undefined) : undefined;
  return /^(?:%7B|eyJ)/i.test(text) ? dataText(text) : undefined;
}

const formMember = /^(?:data|write_?key|sentAt|type|event)=/i;

/** The members of a body that a form sent; undefined for any other. */
const formOf = (text: string): URLSearchParams | undefined =>
  formMember.test(text) ? new URLSearchParams(text) : undefined;

/** Possible keys in a body that nobody has parsed, however it is encoded. */
export function possibleKeysInBody(text: string): readonly string[] {
  const key = writeKeyFromQuery(Object.fromEntries(formOf(text) ?? []));
  return [...(key === undefined ? [] : [key]), ...possibleWriteKeys(encodedData(text) ?? text)];
}

/** The key in a body: in its form, else in what it holds. */
export const writeKeyOf = (text: string, value: unknown): string | undefined =>
  writeKeyFromQuery(Object.fromEntries(formOf(text) ?? [])) ?? writeKeyFromBody(value);

/** @throws InvalidRequestError when a batch is not `{"batch": […]}` or holds too many events */
export function readCalls({ value: body, isLenient }: ReadBody, kind: 'batch' | 'event'): Calls {
  const warnings: IngestWarning[] = isLenient ? [notJson] : [];
  if (kind === 'event') return { events: [parsedCall(body)], warnings };
  const batch = isObject(body) ? listOf(body['batch']) : undefined;
  if (!isObject(body) || batch === undefined) {
    throw new InvalidRequestError('request_invalid', invalid.cases.noBatch);
  }
  if (batch.length > segmentLimits.eventsPerBatch) {
    const { message, fix } = tooLarge.cases.events;
    const most = { events: segmentLimits.eventsPerBatch };
    throw new InvalidRequestError('request_too_large', { message: fill(message, most), fix: fill(fix, most) });
  }
  return callsOfBatch(body, batch.map(parsedCall), warnings);
}

/** The calls of a batch, with what its body says about all of them. */
export function callsOfBatch(body: JsonObject, events: readonly Call[], warnings: IngestWarning[] = []): Calls {
  const bag = (name: string): JsonObject | undefined => {
    const value = body[name];
    if (isObject(value)) return value;
    const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (!isNothing) warnings.push(leftOut(name, 'object'));
    return undefined;
  };
  const context = bag('context');
  const integrations = bag('integrations');
  const { sentAt } = body;
  if (sentAt !== undefined && sentAt !== null && parseTime(sentAt) === undefined)
    warnings.push(unreadableTime('sentAt'));
  // Before anything writes them as JSON, which overflows the stack on a hostile depth.
  if ([context, integrations].some((each) => isDeeperThan(each, segmentLimits.eventDepth))) {
    const { message, fix } = invalid.cases.tooDeep;
    throw new InvalidRequestError('request_invalid', {
      message: fill(message, { levels: segmentLimits.eventDepth }),
      fix,
    });
  }
  const shared = context || integrations ? Buffer.byteLength(JSON.stringify([context, integrations])) : 0;
  if (shared * events.length > segmentLimits.mergedBytes) {
    throw new InvalidRequestError('request_too_large', tooLarge.cases.shared);
  }
  return { events, sentAt, context, integrations, warnings };
}

/** A list, also as PHP writes one from which an item was taken: an object whose members are called by numbers. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => /^\d{1,9}$/.test(name)) ? Object.values(value) : undefined;
}
