import type { DestinationConfig } from '../../../shared/config/config.ts';
import { appSecretProof } from '../../../shared/meta/graph/graph-client.ts';
import { requestBody } from '../../../shared/meta/graph/request-body.ts';
import { readToken, type TokenPlace } from './read-token.ts';
import type { SentAnswer } from './wire.ts';

const withinMs = 10_000;

/**
 * Sends one server event, exactly as it is written, under a test event code. The token is read here and never leaves.
 *
 * @throws Error when the secret holds no token or the Graph API does not answer
 */
export async function sendTestEvent(
  json: string,
  testEventCode: string,
  { accessTokenSecret, datasetId, graphVersion }: DestinationConfig,
  place: TokenPlace,
): Promise<SentAnswer> {
  const token = await readToken(accessTokenSecret, place);
  const response = await fetch(`${place.graphApiUrl.replace(/\/+$/, '')}/${graphVersion}/${datasetId}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token.accessToken}` },
    body: requestBody([json], { testEventCode, appSecretProof: appSecretProof(token) }),
    redirect: 'error',
    signal: AbortSignal.timeout(withinMs),
  });
  return { status: response.status, body: readAnswer(await response.text()) };
}

/** JSON as what it says, anything else as text. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
