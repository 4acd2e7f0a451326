import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import { foreignness } from '../../local-hosts.ts';
import { sendProblem } from './respond.ts';

/** No simple cross-site request can carry it. */
export const consoleHeader = 'x-console';

/** Why a request is not answered; undefined lets it through. */
export function refusalOf({ headers, method }: Pick<IncomingMessage, 'headers' | 'method'>): string | undefined {
  const foreign = foreignness({ headers });
  if (foreign !== undefined) return foreign;
  const site = headers['sec-fetch-site'];
  const isNavigation = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) {
    return 'Another site sent this request. Use the page of the console.';
  }
  if (method !== 'GET' && headers[consoleHeader] === undefined) {
    return `The header ${consoleHeader}: 1 is missing. Use the page of the console, or npm run dead-letters.`;
  }
  return undefined;
}

/** A route for the console's own page on this machine, and for nobody else. */
export const guarded =
  (route: LocalRoute): LocalRoute =>
  (request: IncomingMessage, response: ServerResponse) => {
    const refusal = refusalOf(request);
    if (refusal === undefined) return route(request, response);
    request.resume();
    sendProblem(response, 403, refusal);
  };
