import { fill } from '../../reasons/reason.ts';
import { warnings as warningRows } from '../../reasons/warnings.ts';
import { isObject, type JsonObject } from '../../segment/event.ts';
import type { Sha256 } from '../../lib/sha256/sha256.ts';
import { attributionFields } from '../actions/related-event-fields.ts';
import { customDataMembers } from '../event/custom-data-members.ts';
import type { Payload } from '../event/action.ts';
import type { Field } from '../event/field.ts';
import type { Warning } from '../event/warning.ts';
import { placeOf, type UserDataName } from '../user-data/match-key-table.ts';
import { clickIdFromUrl } from '../user-data/click-id.ts';
import type { CompileMinimise } from './minimiser.ts';

/** Compiles what a destination lets leave. Loaded only where one restricts it. */
export const compileMinimise: CompileMinimise = ({ url, customData, events }) => {
  const members = customData && new Set(customData);
  const names = events && new Set<unknown>(events);
  return {
    url,
    members,
    maySend: (name) => names === undefined || names.has(name),
    cutUrl: (name, given, warnings) => (url === undefined ? given : cutUrl(name, given, url, warnings)),
    settle: (payload, sha256, warnings) => minimisePayload(payload, { members, events: names }, sha256, warnings),
  };
};

/** A URL without the parts that tell what the page is about; undefined when it cannot be taken apart. */
function cutUrl(name: string, url: string, part: 'origin' | 'path', warnings: Warning[]): string | undefined {
  const { origin, pathname } = URL.parse(url) ?? {};
  const left = origin === undefined ? undefined : origin + (part === 'origin' ? '/' : pathname);
  if (left !== url) warnings.push(restricted(name, `restricted_data_removed.${part}`));
  return left;
}

interface Allowed {
  readonly members: ReadonlySet<string> | undefined;
  readonly events: ReadonlySet<unknown> | undefined;
}

/**
 * Takes out of a payload what may not leave: members of `custom_data` and texts that nobody but the sender chose, wherever they
 * stand. Ids that programs make stay, others become their digest or go.
 */
function minimisePayload(payload: Payload, { members, events }: Allowed, sha256: Sha256, warnings: Warning[]): void {
  minimiseEventId(payload, sha256, warnings);
  const { original_event_data: original, user_data: people } = payload;
  if (Array.isArray(people)) minimisePeople(people, warnings);
  if (isObject(original)) {
    payload['original_event_data'] = kept('original_event_data', original, warnings, (name, value) => {
      if (name === 'event_name') return events?.has(value) === false ? undefined : value;
      if (name === 'order_id') return members?.has('order_id') === false ? undefined : value;
      return name === 'event_id' ? idOrDigest(value, sha256) : value;
    });
  }
  minimiseObject(payload, 'app_data_field', keepAppData, warnings);
  minimiseObject(payload, 'attribution_data', keepAttribution, warnings);
  minimiseObject(payload, 'messaging_outcome_data', keepOutcome, warnings);
  if (members !== undefined) minimiseCustomData(payload, members, warnings);
}

type Keep = (name: string, value: unknown) => unknown;

function minimiseObject(payload: Payload, name: string, keep: Keep, warnings: Warning[]): void {
  const value = payload[name];
  if (isObject(value)) payload[name] = kept(name, value, warnings, keep);
}

function kept(path: string, object: JsonObject, warnings: Warning[], keep: Keep): JsonObject {
  const left: Record<string, unknown> = {};
  let cut = 0;
  for (const [name, value] of Object.entries(object)) {
    const stays = keep(name, value);
    if (stays !== undefined) left[name] = stays;
    if (stays !== value) cut++;
  }
  if (cut > 0) warnings.push(restricted(path));
  return left;
}

function minimiseCustomData(payload: Payload, members: ReadonlySet<string>, warnings: Warning[]): void {
  let isCut = false;
  for (const name of Object.keys(customDataMembers)) {
    if (payload[name] === undefined || members.has(name)) continue;
    delete payload[name];
    isCut = true;
  }
  const { custom_data: mapped, contents } = payload;
  if (isObject(mapped)) {
    const allowed = Object.entries(mapped).filter(([name]) => members.has(name));
    if (allowed.length < Object.keys(mapped).length) isCut = true;
    payload['custom_data'] = Object.fromEntries(
      allowed.map(([name, value]) => [name, name === 'contents' ? linesOf(value, members) : value]),
    );
  }
  if (contents !== undefined) payload['contents'] = linesOf(contents, members);
  if (isCut) warnings.push(restricted('custom_data'));
}

/** Members in which a line of products holds numbers and choices. Its texts are allowed one by one. */
const lineMembers = ['id', 'quantity', 'item_price', 'delivery_category'];

function linesOf(lines: unknown, members: ReadonlySet<string>): unknown {
  if (!Array.isArray(lines)) return isObject(lines) ? lineOf(lines, members) : undefined;
  return lines.map((line) => (isObject(line) ? lineOf(line, members) : undefined));
}

const lineOf = (line: JsonObject, members: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(
    Object.entries(line).filter(([name]) => lineMembers.includes(name) || members.has(`contents.${name}`)),
  );

function minimiseEventId(payload: Payload, sha256: Sha256, warnings: Warning[]): void {
  const { event_id: id } = payload;
  if (id === undefined) return;
  const safe = idOrDigest(id, sha256);
  if (safe === id) return;
  payload['event_id'] = safe;
  warnings.push(restricted('event_id', 'restricted_data_removed.id'));
}

const idOrDigest = (id: unknown, sha256: Sha256): unknown =>
  typeof id !== 'string' || isMachineId(id) ? id : sha256(id);

/** Prefixes that Segment's libraries put before the ids that they make. */
const libraryPrefix = /^(?:ajs-next|ajs|node-next|node|web|api|ios|android|rudder)-/;
const idPart = /^(?:[\da-f]+|[A-Z]{2}[\dA-F]+)$/i;

/** Whether a program made an id: digits and hexadecimals, with no word in it. */
export const isMachineId = (id: string): boolean =>
  /\d/.test(id) &&
  id
    .replace(libraryPrefix, '')
    .split(/[-_.:]/)
    .every((part) => idPart.test(part));

/** Keys of `user_data` that are sent as they come. A user agent is made by a program. */
const plainIds: readonly UserDataName[] = [
  ...(['subscriptionID', 'anonId', 'madId', 'partner_id', 'partner_name', 'page_id', 'page_scoped_user_id'] as const),
  ...(['ig_account_id', 'ig_sid', 'instagram_business_account_id', 'whatsapp_business_account_id'] as const),
];

/** Forms of the ids that Meta makes: of a conversation a long id without blanks, of a click or a browser one that is no word. */
const metasIds: Readonly<Partial<Record<UserDataName, (id: unknown) => boolean>>> = {
  ctwa_clid: (id) => typeof id !== 'string' || (/^[\w-]{16,}$/.test(id) && !isWord(id)),
  fbc: mayBeClick,
  fbp: mayBeClick,
  clickUrl: mayNameClick,
  clickSearch: mayNameClick,
  clickReferrer: mayNameClick,
};

/** The same of a URL or its query, most of which name no click. */
function mayNameClick(url: unknown): boolean {
  return !String(url).includes('fbclid=') || mayBeClick(url);
}

/** Whether the click that a value names, as a cookie, as parts, or as a URL, is no word. */
function mayBeClick(value: unknown): boolean {
  const text = String(isObject(value) ? value['fbclid'] : value);
  const [, id = ''] = /([\p{L}\w-]+)[^\p{L}\w-]*$/u.exec(clickIdFromUrl(text) ?? text) ?? [];
  return !isWord(id);
}

const isWord = (text: string): boolean => /^\p{L}[\p{L}_-]*$/u.test(text);

function minimisePeople(values: unknown[], warnings: Warning[]): void {
  const cut = (name: UserDataName, mayStay: (id: unknown) => boolean): void => {
    const value = values[placeOf[name]];
    if (value === undefined || value === '' || mayStay(value)) return;
    values[placeOf[name]] = undefined;
    warnings.push(restricted(`user_data.${name}`));
  };
  for (const name of plainIds) cut(name, (id) => typeof id !== 'string' || isMachineId(id));
  for (const [name, mayStay] of Object.entries(metasIds)) cut(name as UserDataName, mayStay);
}

const version = /^[\d.]{1,20}$/;
const locale = /^[a-z]{2,3}(?:[_-][A-Z]{2})?$/i;

/** Flags, ids and numbers of an app and its device: no names, no campaigns. */
function keepAppData(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return typeof value === 'boolean' || typeof value === 'number' ? value : undefined;
  if (name === 'version') return value;
  if (name === 'locale') return locale.test(value) ? value : undefined;
  return version.test(value) || isMachineId(value) ? value : undefined;
}

const choicesOf: ReadonlyMap<string, readonly unknown[]> = new Map(
  Object.entries<Field>(attributionFields).map(([name, { choices = [] }]) => [name, choices]),
);

function keepAttribution(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return isMachineId(value) || choicesOf.get(name)?.includes(value) ? value : undefined;
}

/** A word of Meta's own. */
const keepOutcome: Keep = (_, value) => (value === 'automatic_events' ? value : undefined);

type RestrictedCase =
  | 'restricted_data_removed'
  | 'restricted_data_removed.id'
  | 'restricted_data_removed.origin'
  | 'restricted_data_removed.path';

const restricted = (path: string, row: RestrictedCase = 'restricted_data_removed'): Warning => ({
  code: 'restricted_data_removed',
  path,
  message: fill(warningRows[row], { name: path }),
});
