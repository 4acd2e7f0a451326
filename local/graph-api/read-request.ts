import type { IncomingMessage } from 'node:http';
import { readBody } from '../http-api/read-body.ts';
import { type Members, readData, readMembers } from './read-members.ts';
import { type Refusal, refusals } from './refusal.ts';

/** A request that is read and not judged yet. Members hold the token, if it came in the body: they are not to be kept. */
export interface Incoming {
  readonly datasetId: string;
  readonly graphVersion: string;
  readonly bytes: number;
  readonly members: Members;
  /** Undefined when `data` is no list. */
  readonly events: readonly unknown[] | undefined;
  /** What is wrong with the request, whatever its events are. */
  readonly refusal: Refusal | undefined;
}

const maxBodyBytes = 10 * 1024 * 1024;
const eventsPath = /^\/(v\d{2}\.\d)\/([^/]+)\/events\/?$/;

/** Rejects only when the sender goes away before the end. */
export async function readRequest(request: IncomingMessage, accepts: (token: string) => boolean): Promise<Incoming> {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  const [, graphVersion, datasetId = ''] = eventsPath.exec(path) ?? [];
  const { method, headers } = request;
  const body = await readBody(request, maxBodyBytes);
  const compressed = (headers['content-encoding'] ?? 'identity') !== 'identity';
  const members = compressed || !body ? undefined : await readMembers(body, headers['content-type'] ?? '');
  const token =
    bearer(headers.authorization) ?? new URLSearchParams(query).get('access_token') ?? members?.['access_token'];

  /** The first that holds is answered. */
  const faults: readonly (readonly [boolean, Refusal])[] = [
    [graphVersion === undefined, refusals.unknownPath],
    [method !== 'POST', refusals.wrongMethod],
    [body === undefined, refusals.tooLarge],
    [typeof token !== 'string' || token === '', refusals.noToken],
    [typeof token !== 'string' || !accepts(token), refusals.wrongToken],
    [!/^\d+$/.test(datasetId), refusals.unknownAlias],
    [!/^[1-9]\d{0,19}$/.test(datasetId), refusals.unknownDataset],
    [compressed, refusals.compressed],
    [members === undefined, refusals.unreadable],
  ];
  return {
    datasetId,
    graphVersion: graphVersion ?? '',
    bytes: body?.length ?? 0,
    members: members ?? {},
    events: readData(members ?? {}),
    refusal: faults.find(([fault]) => fault)?.[1],
  };
}

const bearer = (authorization: string | undefined): string | undefined =>
  /^(?:Bearer|OAuth) +(\S+) *$/i.exec(authorization ?? '')?.[1];
