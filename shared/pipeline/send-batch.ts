import { TokenUnavailableError } from '../errors.ts';
import { appSecretProof, type SendEvents } from '../meta/graph-client.ts';
import type { Refusal } from '../meta/graph-error.ts';
import type { Batch, OwedEvent } from './batch.ts';
import type { DestinationToken, TokenSource } from './ports.ts';
import { requestBody } from './request-body.ts';

/** The end of one try at one server event. */
export type Outcome =
  | { readonly status: 'delivered'; readonly owed: OwedEvent }
  | { readonly status: 'dead'; readonly owed: OwedEvent; readonly refusal: Refusal }
  | { readonly status: 'waiting'; readonly owed: OwedEvent; readonly refusal: Refusal };

export interface SendEffects {
  readonly tokens: TokenSource;
  readonly sendEvents: SendEvents;
  /** Whether too little of the invocation is left for another request. */
  readonly isOutOfTime: () => boolean;
}

export interface SendTally {
  requests: number;
  /** Events that Meta said it received, against those in accepted requests. */
  received: number;
  sent: number;
}

/**
 * Sends one batch. Meta refuses a whole request for one bad event without saying which, so a refused request is halved
 * until the culprit stands alone; every neighbour is delivered once. What is not about an event is never split on.
 */
export async function sendBatch(batch: Batch, effects: SendEffects, tally: SendTally): Promise<Outcome[]> {
  const token = await readToken(batch, effects.tokens);
  if ('remedy' in token) return batch.events.map((owed) => ({ status: 'waiting', owed, refusal: token }));
  const outcomes = await sendSplitting(batch.events, batch, token, effects, tally);
  return holdIfAllRefused(outcomes);
}

async function readToken({ destination }: Batch, tokens: TokenSource): Promise<DestinationToken | Refusal> {
  try {
    return await tokens.get(destination.config.accessTokenSecret);
  } catch (error) {
    if (!(error instanceof TokenUnavailableError)) throw error;
    return { remedy: 'hold', reason: error.message, aboutEvent: false };
  }
}

async function sendSplitting(
  events: readonly OwedEvent[],
  batch: Batch,
  token: DestinationToken,
  effects: SendEffects,
  tally: SendTally,
): Promise<Outcome[]> {
  if (effects.isOutOfTime()) return events.map((owed) => ({ status: 'waiting', owed, refusal: outOfTime }));
  const { config } = batch.destination;
  tally.requests++;
  const answer = await effects.sendEvents({
    datasetId: config.datasetId,
    graphVersion: config.graphVersion,
    token,
    body: requestBody(
      events.map(({ json }) => json),
      { testEventCode: batch.testEventCode, uploadTag: config.uploadTag, appSecretProof: appSecretProof(token) },
    ),
  });
  if (answer.accepted) {
    tally.sent += events.length;
    tally.received += answer.received ?? events.length;
    return events.map((owed) => ({ status: 'delivered', owed }));
  }
  const { refusal } = answer;
  if (refusal.remedy === 'hold') effects.tokens.drop(config.accessTokenSecret);
  if (refusal.remedy !== 'reject') return events.map((owed) => ({ status: 'waiting', owed, refusal }));
  if (events.length === 1) return events.map((owed) => ({ status: 'dead', owed, refusal }));
  const parts = await Promise.all(
    split(events, refusal.index).map((part) => sendSplitting(part, batch, token, effects, tally)),
  );
  return parts.flat();
}

const outOfTime: Refusal = { remedy: 'retry', reason: 'The invocation ran out of time.', aboutEvent: false };

function split(events: readonly OwedEvent[], culprit: number | undefined): (readonly OwedEvent[])[] {
  if (culprit !== undefined && culprit < events.length) {
    return [events.slice(culprit, culprit + 1), events.toSpliced(culprit, 1)];
  }
  const middle = Math.ceil(events.length / 2);
  return [events.slice(0, middle), events.slice(middle)];
}

/** Every single event refused with one error that names no fault of an event is a wrong setting, not a queue of bad events. */
function holdIfAllRefused(outcomes: Outcome[]): Outcome[] {
  const [first] = outcomes;
  if (outcomes.length < 2 || first?.status !== 'dead' || first.refusal.aboutEvent) return outcomes;
  const { code, subcode } = first.refusal;
  const same = outcomes.every(({ status, ...rest }) => {
    const refusal = 'refusal' in rest ? rest.refusal : undefined;
    return status === 'dead' && refusal?.code === code && refusal?.subcode === subcode;
  });
  if (!same) return outcomes;
  const refusal: Refusal = {
    ...first.refusal,
    remedy: 'hold',
    reason: 'Meta refused every event of the request alike: a setting is wrong.',
  };
  return outcomes.map(({ owed }) => ({ status: 'waiting', owed, refusal }));
}
