import { jsonOrNothing } from '../../shared/lib/json/json-or-nothing.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import { foreignness } from '../local-hosts.ts';
import { readBody } from '../emulators/http-api/read-body.ts';
import { FaultOptions, type Faults } from './faults.ts';
import type { ReceivedRequests } from './received-requests.ts';

const prefix = '/_stand-in/';
const maxBodyBytes = 64 * 1024;

/** No path of Graph's begins like this: they begin with a version. */
export const isControlPath = (url: string | undefined): boolean => url?.startsWith(prefix) ?? false;

interface Answer {
  readonly status: number;
  readonly body: object;
}

const wrong = (status: number, ...problems: readonly string[]): Answer => ({ status, body: { problems } });

/** Answers requests that steer the stand-in while it runs. */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  faults: Faults,
  requests: ReceivedRequests,
): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  const { status, body: answer } = control(request, body, faults, requests);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(answer, undefined, 2)}\n`);
}

function control(
  { method, url = '', headers }: IncomingMessage,
  body: Buffer | undefined,
  faults: Faults,
  requests: ReceivedRequests,
): Answer {
  const foreign = foreignness({ headers });
  if (foreign !== undefined) return wrong(403, foreign);
  const path = url.split('?', 1)[0]?.slice(prefix.length);
  if (path === 'requests' && method === 'GET') return { status: 200, body: { requests: requests.list() } };
  if (path !== 'faults')
    return wrong(404, 'There are GET /_stand-in/requests and GET, POST, DELETE /_stand-in/faults.');
  if (method === 'POST') return addFault(headers['content-type'], body, faults);
  if (method === 'DELETE') faults.clear();
  else if (method !== 'GET') return wrong(405, 'Faults take GET, POST and DELETE.');
  return { status: 200, body: { faults: faults.list() } };
}

function addFault(contentType: string | undefined, body: Buffer | undefined, faults: Faults): Answer {
  if (!contentType?.startsWith('application/json')) {
    return wrong(415, 'Send a fault as JSON, with the header content-type: application/json.');
  }
  if (body === undefined) return wrong(413, 'A fault has at most 64 KB.');
  const parsed = FaultOptions.safeParse(jsonOrNothing(body.toString('utf8')));
  if (!parsed.success) return wrong(400, ...problemsOf(parsed.error));
  faults.add(parsed.data);
  return { status: 201, body: { faults: faults.list() } };
}

export const problemsOf = ({ issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
