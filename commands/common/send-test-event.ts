import { hash } from 'node:crypto';
import { appSecretProof, type EventsAnswer, graphClient } from '../../shared/meta/graph/graph-client.ts';

import type { ServerEvent } from '../../shared/meta/event/server-event.ts';
import { retryAction } from '../../shared/meta/graph/graph-error.ts';
import { requestBody } from '../../shared/meta/graph/request-body.ts';
import { type Finding, failed, ok } from './finding.ts';
import { type GraphAccess, type GraphProblem, problemOf } from './graph-reader.ts';

/** An event that no campaign optimises for: test events count too. */
const testEvent = (now: Date): ServerEvent => ({
  event_name: 'ConnectionTest',
  event_time: Math.floor(now.getTime() / 1_000),
  event_id: `connection-test-${now.getTime()}`,
  action_source: 'system_generated',
  user_data: { external_id: [hash('sha256', 'connection-test')] },
});

/** Sends one event with a test event code, through the client that delivers. */
export async function sendTestEvent(access: GraphAccess, datasetId: string, code: string, now: Date): Promise<Finding> {
  const answer = await post(access, datasetId, [JSON.stringify(testEvent(now))], code);
  if (answer.accepted) return ok(`Meta took a ConnectionTest event; Events Manager shows it under ${code}.`);
  const { reason, fix } = problemOf(answer.error);
  return failed(reason, fix);
}

/**
 * Asks whether a token may send to a dataset without sending anything: Meta looks at token and dataset first, and then
 * refuses a request without events as an invalid parameter.
 *
 * @returns undefined when it may
 */
export async function probeEvents(access: GraphAccess, datasetId: string): Promise<GraphProblem | undefined> {
  const answer = await post(access, datasetId, []);
  if (answer.accepted) return undefined;
  const { code, subcode } = answer.error;
  const isOnlyEmpty = code === 100 && subcode === undefined && retryAction(answer.error) === 'reject';
  return isOnlyEmpty ? undefined : problemOf(answer.error);
}

function post(
  { fetch, graphApiUrl, graphVersion, token, appSecret }: GraphAccess,
  datasetId: string,
  events: readonly string[],
  testEventCode?: string,
): Promise<EventsAnswer> {
  const credentials = { accessToken: token, appSecret };
  const body = requestBody(events, { testEventCode, appSecretProof: appSecretProof(credentials) });
  return graphClient(graphApiUrl, fetch)({ datasetId, graphVersion, token: credentials, body });
}
