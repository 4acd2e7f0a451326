import type { IncomingMessage } from 'node:http';
import { readBody } from '../emulators/http-api/read-body.ts';
import { type Members, readData, readMembers } from './read-members.ts';
import { type StandInError, standInErrors } from './stand-in-error.ts';
import { isVersion } from './versions.ts';

/** A request that is read and not judged yet. It holds the token: it is not to be kept. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  /** Empty when the path begins with none that there is. */
  readonly graphVersion: string;
  /** Parts of the path behind the version. */
  readonly path: readonly string[];
  /** Of a path to the events edge, else empty. */
  readonly datasetId: string;
  readonly token: unknown;
  readonly proof: unknown;
  readonly members: Members;
  /** Undefined when `data` is no list. */
  readonly events: readonly unknown[] | undefined;
  /** Why the body cannot be read, if it cannot. */
  readonly unreadable: StandInError | undefined;
}

const maxBodyBytes = 10 * 1024 * 1024;
const readableTypes = /^(?:application\/json|application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** Rejects only when the sender goes away before the end. */
export async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const { method = 'GET', headers } = request;
  const url = urlOf(request);
  const [version = '', ...path] = url.pathname.slice(1).replace(/\/$/, '').split('/');
  const graphVersion = isVersion(version) ? version : '';
  const isEvents = graphVersion !== '' && path.length === 2 && path[1] === 'events';
  const body = await readBody(request, maxBodyBytes);
  const { members = {}, unreadable } = await membersOf(method, headers, body);
  return {
    method,
    url,
    graphVersion,
    path,
    datasetId: isEvents ? (path[0] ?? '') : '',
    token: bearer(headers.authorization) ?? url.searchParams.get('access_token') ?? members['access_token'],
    proof: url.searchParams.get('appsecret_proof') ?? members['appsecret_proof'],
    members,
    events: readData(members),
    unreadable,
  };
}

/** The authority is what the caller called, so that links lead back here. */
function urlOf({ url = '/', headers }: IncomingMessage): URL {
  const path = url.replace(/^\/+/, '/');
  const origin = `http://${headers.host ?? '127.0.0.1'}`;
  return URL.canParse(path, origin) ? new URL(path, origin) : new URL(path, 'http://127.0.0.1');
}

async function membersOf(
  method: string,
  headers: IncomingMessage['headers'],
  body: Buffer | undefined,
): Promise<{ members?: Members; unreadable?: StandInError }> {
  if (method !== 'POST') return {};
  if (body === undefined) return { unreadable: standInErrors.tooLarge };
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return { unreadable: standInErrors.compressed };
  const contentType = headers['content-type'] ?? 'application/json';
  if (!readableTypes.test(contentType)) return { unreadable: standInErrors.contentType };
  const members = await readMembers(body, contentType);
  return members === undefined ? { unreadable: standInErrors.unreadable } : { members };
}

const bearer = (authorization: string | undefined): string | undefined =>
  /^(?:Bearer|OAuth) +(.+?) *$/i.exec(authorization ?? '')?.[1];
