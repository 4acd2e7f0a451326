import { InvalidRequestError } from '../segment/invalid-request-error.ts';
import { fill } from '../reasons/reason.ts';
import { requestErrors } from '../reasons/request-errors.ts';
import { preflightHeaders } from '../segment/origins.ts';
import { possibleKeysInBody } from '../segment/read-calls.ts';
import { matchRoute, type Route } from '../segment/routes.ts';
import {
  possibleKeysInAuthorization,
  type Source,
  writeKeyFromHeaders,
  writeKeyFromQuery,
} from '../segment/write-key.ts';
import { type Answer, empty } from './answers.ts';
import type { IngestRequest } from './request.ts';

export function findRoute({ method, path }: IngestRequest): Route | 'preflight' {
  const match = matchRoute(path);
  if (match === undefined) {
    throw new InvalidRequestError('path_unknown');
  }
  if (method === 'OPTIONS') return 'preflight';
  if (method === match.method) return match.route;
  const { message, fix } = requestErrors.method_not_allowed;
  const texts = { message: fill(message, match), fix: fill(fix, match) };
  throw new InvalidRequestError('method_not_allowed', texts, { allow: `${match.method}, OPTIONS` });
}

export function preflight({ headers }: IngestRequest, cors: Readonly<Record<string, string>>): Answer {
  if (Object.keys(cors).length === 0) throw originNotAllowed();
  return empty(204, preflightHeaders(headers['access-control-request-headers']));
}

/** A body that may hold the key. */
export interface KeyBearer {
  readonly text: () => string;
  /** The key in it, which takes reading it: a hundred times as much. */
  readonly writeKey: () => string | undefined;
}

/**
 * Finds the source of a request. The key is in a header, else in the body, else in the query; in a header that is not written as
 * it should be only a known key counts. A body is parsed only when a value
 * in it is a key that is known: whoever has none gets nothing done that costs.
 *
 * @throws InvalidRequestError when no known key is found
 */
export function authenticate(
  { headers, query }: IngestRequest,
  route: Route,
  findSource: (writeKey: string) => Source | undefined,
  body: KeyBearer | undefined,
): { source: Source; writeKey: string } {
  const known = (writeKey: string | undefined): { source: Source; writeKey: string } | undefined => {
    const source = writeKey === undefined ? undefined : findSource(writeKey);
    return source && writeKey !== undefined ? { source, writeKey } : undefined;
  };
  const knownOf = (keys: readonly string[]): { source: Source; writeKey: string } | undefined =>
    keys.map(known).find((found) => found !== undefined);
  const header = writeKeyFromHeaders(headers);
  if (route.kind === 'segment-settings' || header !== undefined) {
    const found = known(route.kind === 'segment-settings' ? route.writeKey : header);
    // Jitsu's keys have two parts, of which the first may be the key.
    const [firstPart = ''] = (header ?? '').split(':', 1);
    return (
      found ?? known(firstPart) ?? knownOf(possibleKeysInAuthorization(headers['authorization'])) ?? refuseKey(true)
    );
  }
  const inAuthorization = knownOf(possibleKeysInAuthorization(headers['authorization']));
  if (inAuthorization !== undefined) return inAuthorization;
  const possible = body === undefined ? [] : possibleKeysInBody(body.text());
  const inBody = possible.some((key) => findSource(key)) ? known(body?.writeKey()) : undefined;
  const inQuery = writeKeyFromQuery(query);
  return inBody ?? known(inQuery) ?? refuseKey(possible.length > 0 || inQuery !== undefined);
}

function refuseKey(isGiven: boolean): never {
  const { cases, ...texts } = requestErrors.write_key_unknown;
  throw new InvalidRequestError('write_key_unknown', isGiven ? texts : { ...texts, ...cases.none });
}

/** Who names no origin is no page: a server, an app, or an image. */
export function refuseForeignOrigin(source: Source, { headers }: IngestRequest): void {
  const origin = headers['origin'];
  if (origin !== undefined && !source.allowsOrigin(origin)) throw originNotAllowed();
}

const originNotAllowed = (): InvalidRequestError => new InvalidRequestError('origin_not_allowed');
