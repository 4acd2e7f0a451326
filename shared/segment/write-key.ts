import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config, SourceConfig } from '../config/config.ts';
import { isObject } from './event.ts';

export interface Source extends SourceConfig {
  readonly name: string;
  /** Group of its messages, for SQS's fair queues. One source has nobody to be fair to, and groups cost. */
  readonly groupId: string | undefined;
}

/** Finds the source a write key belongs to. Compares digests, all of them, so that the time taken says nothing. */
export type SourceLookup = (writeKey: string) => Source | undefined;

export function sourceLookup(config: Config): SourceLookup {
  const isAlone = Object.keys(config.sources).length === 1;
  const entries = Object.entries(config.sources).flatMap(([name, source]) => {
    const compiled: Source = { name, groupId: isAlone ? undefined : name, ...source };
    return source.writeKeyHashes.map((hash) => ({ digest: Buffer.from(hash, 'hex'), source: compiled }));
  });
  return (writeKey) => {
    const digest = createHash('sha256').update(writeKey).digest();
    let found: Source | undefined;
    for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry.source;
    return found;
  };
}

/** The key in `Authorization: Basic`, with or without the colon that every Node library adds. */
export function writeKeyFromAuthorization(header: string | undefined): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 1);
  return user === '' ? undefined : user;
}

/** The key in a parsed body: of the event or batch itself, else of the batch's first event. */
export function writeKeyFromBody(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const own = text(body['writeKey']);
  if (own !== undefined) return own;
  const batch = body['batch'];
  const first = Array.isArray(batch) ? batch[0] : undefined;
  return isObject(first) ? text(first['writeKey']) : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
