import { onTestFinished } from 'vitest';
import { type GraphApiOptions, startGraphApi } from '../../../local/graph-stand-in/graph-api.ts';
import { now, serverEvent } from './server-events.ts';

export const token = 'the-token';
export const datasetId = '1234567890123456';
export const eventsPath = `/v25.0/${datasetId}/events`;
export const json = { 'content-type': 'application/json' };
export const known = { ...json, authorization: `Bearer ${token}` };
export const one = { data: [serverEvent()] };

/** A stand-in that ends with the test, and what speaks to it. */
export async function standIn(options: Partial<GraphApiOptions> = {}) {
  const api = await startGraphApi({ accepts: (sent) => sent === token, now: () => now, ...options });
  onTestFinished(() => api.close());
  const request = async (to: string, init: RequestInit = {}) => {
    const response = await fetch(api.url + to, { method: 'POST', ...init });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  return {
    api,
    request,
    post: (body: unknown, headers: Record<string, string> = known, to = eventsPath) =>
      request(to, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    get: (path: string, headers: Record<string, string> = known) =>
      request(path.startsWith('http') ? path.slice(api.url.length) : path, { method: 'GET', headers }),
    /** Puts a fault on, over HTTP as a person would. */
    break: (fault: unknown) =>
      request('/_stand-in/faults', { headers: json, body: typeof fault === 'string' ? fault : JSON.stringify(fault) }),
  };
}
