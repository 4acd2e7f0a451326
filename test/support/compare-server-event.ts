import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../shared/segment/event.ts';
import { delivered, free, looseContents, looseMatchKeys, refused } from './marks.ts';

interface RequestBody {
  readonly data: readonly JsonObject[];
  readonly test_event_code?: string;
}

/** One line of `segment-actions.jsonl`. */
export interface SegmentVector {
  readonly id: string;
  readonly action: string;
  readonly subscription: string | null;
  readonly settings: JsonObject;
  readonly mapping: JsonObject;
  readonly event: JsonObject;
  readonly expected: {
    readonly request?: RequestBody;
    readonly error?: { readonly message: string };
    readonly skipped?: string;
  };
  readonly note?: string;
}

/** One line of the preview. */
export interface Answer {
  readonly request?: RequestBody;
  readonly error?: { readonly code: string; readonly message: string };
  readonly skipped?: string;
}

const marksOf = ({ note = '' }: SegmentVector): ReadonlySet<string> => new Set(note.split('; ').filter(Boolean));
const kindOf = ({ request, error, skipped }: Answer): string =>
  request ? 'request' : error ? 'error' : skipped === undefined ? 'nothing' : 'skipped';

/** Milliseconds of a time as Segment posts it: ISO text, or seconds or milliseconds as a number or text. */
export function instantOf(time: unknown): number | undefined {
  const digits = String(time);
  if (/^\d{9,10}$/.test(digits)) return Number(digits) * 1_000;
  if (/^\d{12,13}$/.test(digits)) return Number(digits);
  const parsed = typeof time === 'number' ? time * 1_000 : Date.parse(digits);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * Difference of the answer to a vector from what it expects, or undefined. `README.md` beside the vectors tells how
 * they are read.
 */
export function differenceFrom(vector: SegmentVector, answer: Answer): string | undefined {
  const marks = marksOf(vector);
  const { expected } = vector;
  const kind = kindOf(answer);
  const event = answer.request?.data[0];
  if (kind === 'nothing') return 'no answer';
  if (answer.request !== undefined && !Number.isInteger(event?.['event_time'])) return 'event_time: no whole seconds';
  if (!marks.isDisjointFrom(free)) return undefined;
  if (!marks.isDisjointFrom(refused)) return unless(kind === 'error', `a refusal, not ${kind}`);
  if (!marks.isDisjointFrom(delivered)) return withoutBadPart(expected.error?.message, answer, kind);
  if (expected.error) return unless(kind === 'error', `an error, not ${kind}`);
  if (expected.skipped !== undefined) {
    // An unreadable trigger skips the event there; here it is an error.
    const invalid = expected.skipped.startsWith('Invalid subscription');
    return unless(kind === 'skipped' || (invalid && kind === 'error'), `skipped, not ${kind}`);
  }
  const [wanted] = expected.request?.data ?? [];
  if (event === undefined || wanted === undefined) return `expected a request, not ${kind}`;
  if (answer.request?.data.length !== 1) return 'expected one event';
  if (answer.request.test_event_code !== expected.request?.test_event_code) return 'test_event_code differs';
  return compareEvents(wanted, event, marks);
}

const unless = (isRight: boolean, wanted: string): string | undefined => (isRight ? undefined : `expected ${wanted}`);

function withoutBadPart(error: string | undefined, answer: Answer, kind: string): string | undefined {
  const otherwiseWrong = error !== undefined && !/contents|quantity|currency/i.test(error);
  if (otherwiseWrong) return undefined;
  if (answer.request === undefined) return `expected delivery without the bad part, not ${kind}`;
  const data = answer.request.data[0]?.['custom_data'];
  const items = (isObject(data) ? (data['contents'] ?? []) : []) as readonly JsonObject[];
  return unless(
    items.every(({ id }) => Boolean(id)),
    'an id on every product line',
  );
}

function compareEvents(wanted: JsonObject, event: JsonObject, marks: ReadonlySet<string>): string | undefined {
  const time = instantOf(wanted['event_time']);
  if (time !== undefined && event['event_time'] !== Math.floor(time / 1_000)) return 'event_time differs';
  const looseKeys = [...marks].flatMap((mark) => looseMatchKeys[mark] ?? []);
  const people = canonicalUserData(event['user_data']);
  for (const key of looseKeys) {
    const digests = [people[key] ?? []].flat();
    if (!digests.every((digest) => /^([0-9a-f]{64}|[0-9a-f]{32})$/.test(String(digest)))) return `${key}: no digest`;
  }
  const looseData = marks.isDisjointFrom(looseContents) ? [] : ['contents', 'num_items', 'content_ids'];
  const differing = [
    ...differingMembers('user_data', canonicalUserData(wanted['user_data']), people, looseKeys),
    ...differingMembers('custom_data', wanted['custom_data'], event['custom_data'], looseData),
    ...differingMembers('', wanted, event, ['event_time', 'user_data', 'custom_data']),
  ];
  return differing.length === 0 ? undefined : differing.join(', ');
}

/** To Meta a value and a list of one are the same, and so are an id as text and as a number. */
function canonicalUserData(raw: unknown): JsonObject {
  const entries = Object.entries(isObject(raw) ? raw : {}).map(([key, value]) => {
    if (key === 'lead_id' || key === 'fb_login_id') return [key, String(value)];
    return [key, Array.isArray(value) && value.length === 1 ? value[0] : value];
  });
  return Object.fromEntries(entries);
}

function differingMembers(bag: string, wanted: unknown, given: unknown, loose: readonly string[]): string[] {
  const left = isObject(wanted) ? wanted : {};
  const right = isObject(given) ? given : {};
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((key) => !loose.includes(key) && !isDeepStrictEqual(left[key], right[key]))
    .map((key) => (bag === '' ? key : `${bag}.${key}`));
}
