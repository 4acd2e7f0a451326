import { jsonOrNothing } from '../lib/json/json-or-nothing.ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config, SourceConfig } from '../config/config.ts';
import { isObject } from './event.ts';
import { compileOrigins } from './origins.ts';
import { rulesOf, type SourceRules } from './source-rules.ts';

export interface Source extends SourceConfig {
  readonly name: string;
  /** Group of its messages, for SQS's fair queues. One source has nobody to be fair to, and groups cost. */
  readonly groupId: string | undefined;
  readonly allowsOrigin: (origin: string) => boolean;
  readonly rules: SourceRules;
}

/** Finds the source a write key belongs to. Compares digests, all of them, so that the time taken says nothing. */
export type SourceLookup = (writeKey: string) => Source | undefined;

export function sourceLookup(config: Config): SourceLookup {
  const isAlone = Object.keys(config.sources).length === 1;
  const entries = Object.entries(config.sources).flatMap(([name, source]) => {
    const compiled: Source = {
      name,
      groupId: isAlone ? undefined : name,
      ...source,
      allowsOrigin: compileOrigins(source.allowedOrigins),
      rules: rulesOf(source),
    };
    return source.writeKeyHashes.map((hash) => ({ digest: Buffer.from(hash, 'hex'), source: compiled }));
  });
  return (writeKey) => {
    const digest = createHash('sha256').update(writeKey).digest();
    let found: Source | undefined;
    for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry.source;
    return found;
  };
}

/**
 * The key in the headers: the user name of `Authorization: Basic`, with or without the colon that every Node library adds, or
 * Jitsu's `X-Write-Key`, of whose keys the part before the colon counts as well. Blanks and line ends around it, which come from encoding a key by hand, are not part of it.
 */
export function writeKeyFromHeaders(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const encoded = /^\s*Basic +([A-Za-z0-9+/_=-]+)\s*$/i.exec(headers['authorization'] ?? '')?.[1];
  const given = encoded === undefined ? headers['x-write-key'] : Buffer.from(encoded, 'base64').toString('utf8');
  return tidy(given?.split(':', 1)[0]);
}

/**
 * Possible keys in an `Authorization` header that is not Basic as it should be: the key itself, behind another word
 * (`Bearer …`), encoded without a word in front, or encoded twice. Only one that is known is one: a proxy's token may stand there.
 */
export function possibleKeysInAuthorization(authorization: string | undefined): readonly string[] {
  const token = /^\s*(?:[a-z]+\s+)?(\S{1,300})\s*$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return [];
  const decoded = Buffer.from(token, 'base64').toString('utf8');
  const texts = [token, decoded];
  // Encoded by hand for a library that encodes it as well.
  const again = tidy(decoded.split(':', 1)[0]);
  if (again !== undefined && isBase64.test(again)) texts.push(Buffer.from(again, 'base64').toString('utf8'));
  return texts.flatMap((text) => tidy(text.split(':', 1)[0]) ?? []);
}

const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The key in a query, under the names that Segment, Jitsu and others give it. */
export const writeKeyFromQuery = (query: Readonly<Record<string, string | undefined>>): string | undefined =>
  tidy(query['writeKey']) ?? tidy(query['writekey']) ?? tidy(query['write_key']);

/** The key in a parsed body: of the event or batch itself, else of the batch's first event. */
export function writeKeyFromBody(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const own = tidy(body['writeKey']);
  if (own !== undefined) return own;
  const batch = body['batch'];
  const first = Array.isArray(batch) ? batch[0] : undefined;
  return isObject(first) ? tidy(first['writeKey']) : undefined;
}

const keyMember = '"writeKey"';
const keyValue = /^\s*:\s*("(?:[^"\\]|\\.){1,300}")/;
/** Of keys that differ, and of members of that name: libraries send one key, in every event of a batch at most. */
const mostKeys = 8;
const mostMembers = 5_000;

/**
 * Possible keys in a body that nobody has parsed: values of members called `writeKey`, wherever they stand. To look for
 * them costs a hundredth of parsing, which is for senders with a key.
 */
export function possibleWriteKeys(text: string): readonly string[] {
  const keys = new Set<string>();
  let place = text.indexOf(keyMember);
  for (let members = 0; place !== -1 && members < mostMembers && keys.size < mostKeys; members++) {
    const start = place + keyMember.length;
    const value = keyValue.exec(text.slice(start, start + 400))?.[1];
    const key = value === undefined ? undefined : tidy(jsonOrNothing(value));
    if (key !== undefined) keys.add(key);
    place = text.indexOf(keyMember, start);
  }
  return [...keys];
}

/** A C program may send the zero behind its text. */
const around = /^[\s\0"']+|[\s\0"']+$/g;

/** A key without blanks, line ends, zeros and quotes around it; undefined when nothing is left. */
export const tidy = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.replace(around, '') || undefined : undefined;
