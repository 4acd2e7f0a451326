import { TokenUnavailableError } from '../../errors.ts';
import type { Answer, Destination, Service, ServiceRequest } from '../../queue/destination.ts';
import type { DestinationToken, TokenSource } from '../../queue/ports.ts';
import type { CompiledDestination } from '../destination.ts';
import { EventsBody } from './events-body.ts';
import { appSecretProof, type SendEvents } from './graph-client.ts';
import { type GraphError, retryAction, tokenUnavailable } from './graph-error.ts';
import { matchKeysOf } from './match-keys-of.ts';
import { versionPicker } from './graph-versions.ts';
import { metaLimits } from '../limits.ts';

export interface GraphEffects {
  readonly tokens: TokenSource;
  readonly sendEvents: SendEvents;
}

interface GraphRequest extends ServiceRequest {
  readonly body: EventsBody;
}

/** Gives every compiled destination the parts that send to its dataset. */
export const graphDestinations = (
  compiled: ReadonlyMap<string, CompiledDestination>,
  effects: GraphEffects,
): ReadonlyMap<string, Destination> =>
  new Map([...compiled].map(([name, destination]) => [name, graphDestination(destination, effects)]));

export const graphDestination = (compiled: CompiledDestination, effects: GraphEffects): Destination => ({
  ...compiled,
  limits: { eventsPerRequest: metaLimits.eventsPerRequest },
  requestBuilder: { open: (isOneOfMany) => new EventsBody(isOneOfMany) },
  service: graphService(compiled, effects),
  retryLogic: { actionFor: (error: GraphError) => retryAction(error) },
  matchKeysOf,
});

/**
 * Sends to one dataset under the token of its secret. A refused token is read again at once: if the secret holds another
 * one by now, the same request goes out under it.
 */
function graphService({ config }: CompiledDestination, { tokens, sendEvents }: GraphEffects): Service {
  const { accessTokenSecret: secret, datasetId, uploadTag, partnerAgent } = config;
  const nextVersion = versionPicker(config);
  /** The token that was refused last, or that the secret gave none; undefined when it was neither. */
  let trouble: { readonly refused: DestinationToken | undefined } | undefined;

  async function readToken(): Promise<DestinationToken | GraphError> {
    try {
      return await tokens.get(secret);
    } catch (error) {
      if (!(error instanceof TokenUnavailableError)) throw error;
      trouble ??= { refused: undefined };
      return tokenUnavailable(error.message);
    }
  }

  async function sendUnder(token: DestinationToken, { body, places, partition }: GraphRequest): Promise<Answer> {
    const proof = appSecretProof(token);
    const bytes = body.part(places, { testEventCode: partition, uploadTag, partnerAgent, appSecretProof: proof });
    const requestBytes = bytes.byteLength;
    const answer = {
      ...(await sendEvents({ datasetId, graphVersion: nextVersion(), token, body: bytes })),
      requestBytes,
    };
    if (answer.accepted || retryAction(answer.error) !== 'hold') {
      trouble = undefined;
      return answer;
    }
    trouble = { refused: token };
    tokens.drop(secret, token);
    return answer;
  }

  return {
    async send(request: GraphRequest) {
      const token = await readToken();
      if ('reason' in token) return { accepted: false, error: token };
      const answer = await sendUnder(token, request);
      if (answer.accepted || !answer.error.aboutCredential) return answer;
      const current = await readToken();
      const isAnother = !('reason' in current) && current.accessToken !== token.accessToken;
      return isAnother ? await sendUnder(current, request) : answer;
    },
    async mayBeMended() {
      if (trouble === undefined) return false;
      const { refused } = trouble;
      tokens.drop(secret);
      const current = await readToken();
      return !('reason' in current) && current.accessToken !== refused?.accessToken;
    },
  };
}
