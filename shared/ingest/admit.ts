import { InvalidRequestError } from '../errors.ts';
import { allowsOrigin, preflightHeaders } from '../segment/origins.ts';
import { matchRoute, type Route } from '../segment/routes.ts';
import { type Source, writeKeyFromAuthorization, writeKeyFromBody } from '../segment/write-key.ts';
import { type Answer, empty } from './answers.ts';
import type { IngestRequest } from './ingest.ts';

export function findRoute({ method, path }: IngestRequest): Route | 'preflight' {
  const match = matchRoute(path);
  if (match === undefined) {
    throw new InvalidRequestError(
      404,
      'path_unknown',
      'There is nothing at this path.',
      'Send events to /v1/batch, or to /v1/track and its siblings.',
    );
  }
  if (method === 'OPTIONS') return 'preflight';
  if (method === match.method) return match.route;
  const message = `This path takes ${match.method} requests.`;
  throw new InvalidRequestError(405, 'method_not_allowed', message, `Send a ${match.method} request.`, {
    allow: `${match.method}, OPTIONS`,
  });
}

export function preflight({ headers }: IngestRequest, cors: Readonly<Record<string, string>>): Answer {
  if (Object.keys(cors).length === 0) throw originNotAllowed();
  return empty(204, preflightHeaders(headers['access-control-request-headers']));
}

export function authenticate(
  { headers, query }: IngestRequest,
  route: Route,
  findSource: (writeKey: string) => Source | undefined,
  body: (() => unknown) | undefined,
): { source: Source; writeKey: string } {
  const writeKey =
    route.kind === 'segment-settings'
      ? route.writeKey
      : (writeKeyFromAuthorization(headers['authorization']) ?? writeKeyFromBody(body?.()) ?? query['writeKey']);
  const source = writeKey === undefined || writeKey === '' ? undefined : findSource(writeKey);
  if (source !== undefined && writeKey !== undefined) return { source, writeKey };
  throw new InvalidRequestError(
    401,
    'write_key_unknown',
    writeKey === undefined ? 'The request carries no write key.' : 'The write key is not known here.',
    'Set the write key of a source in your library, or send it as the user name of HTTP Basic authentication.',
  );
}

/** What only a browser asks for needs a source that lists its origins. */
const browserOnly: ReadonlySet<Route['kind']> = new Set(['segment-settings', 'rudderstack-settings', 'pixel']);

export function refuseForeignOrigin(source: Source, { headers }: IngestRequest, { kind }: Route): void {
  const origin = headers['origin'];
  if (
    origin === undefined ? browserOnly.has(kind) && source.allowedOrigins === undefined : !allowsOrigin(source, origin)
  ) {
    throw originNotAllowed();
  }
}

const originNotAllowed = (): InvalidRequestError =>
  new InvalidRequestError(
    403,
    'origin_not_allowed',
    'Pages of this origin may not send here.',
    'Add the origin of the page to allowedOrigins of the source in the configuration, or send from a server.',
  );
