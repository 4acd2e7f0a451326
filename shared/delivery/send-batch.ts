import { TokenUnavailableError } from '../errors.ts';
import { appSecretProof, type SendEvents } from '../meta/graph/graph-client.ts';
import type { Refusal, Remedy } from '../meta/graph/graph-error.ts';
import type { Batch, OwedEvent } from './batch.ts';
import { mapConcurrently } from '../lib/concurrency.ts';
import { type DestinationHealth, pauseSeconds } from './destination-health.ts';
import type { DestinationToken, TokenSource } from '../queue/ports.ts';

/** The end of one try at one server event. */
export type Outcome =
  | { readonly status: 'delivered'; readonly owed: OwedEvent }
  | { readonly status: 'dead'; readonly owed: OwedEvent; readonly refusal: Refusal }
  | { readonly status: 'waiting'; readonly owed: OwedEvent; readonly refusal: Refusal };

export interface SendEffects {
  readonly tokens: TokenSource;
  readonly sendEvents: SendEvents;
  /** What destinations took lately; without it, every batch is judged by itself. */
  readonly health?: DestinationHealth | undefined;
  /** Whether too little of the invocation is left for another request. */
  readonly isOutOfTime: () => boolean;
}

export interface SendTally {
  requests: number;
  /** Requests that Meta accepted. */
  accepted: number;
  /** Requests that Meta answered with a rate limit. */
  throttled: number;
  /** Events that Meta said it received, against those in accepted requests. */
  received: number;
  sent: number;
}

const parallelRequests = 8;

/** Finds one bad event among many with as many requests as halves would, k of them with fewer, in half the rounds. */
const partsPerSplit = 4;

/** Remedies after which another request would be refused as well. */
const stopping: ReadonlySet<Remedy> = new Set<Remedy>(['throttle', 'hold']);

/**
 * Sends one batch. Meta refuses a whole request for one bad event without saying which, so a refused request is cut up
 * until the culprit stands alone; every neighbour is delivered once. What is not about an event is never split on.
 */
export async function sendBatch(batch: Batch, effects: SendEffects, tally: SendTally): Promise<readonly Outcome[]> {
  if (effects.health?.needsPause(batch.destination.name)) return wait(batch.events, nearlyThrottled);
  const token = await readToken(batch, effects.tokens);
  if ('remedy' in token) return wait(batch.events, token);
  const outcomes = await sendSplitting(batch, token, effects, tally);
  return effects.health?.acceptedLately(batch.destination.name) ? outcomes : holdIfAllRefused(outcomes);
}

async function readToken({ destination }: Batch, tokens: TokenSource): Promise<DestinationToken | Refusal> {
  try {
    return await tokens.get(destination.config.accessTokenSecret);
  } catch (error) {
    if (!(error instanceof TokenUnavailableError)) throw error;
    return { remedy: 'hold', reason: error.message, aboutEvent: false };
  }
}

/** Places of events in their batch. */
type Part = readonly number[];

/** What became of a part of the batch: its outcomes, or the smaller parts to send next. */
interface Answered {
  readonly outcomes: readonly Outcome[];
  readonly parts: readonly Part[];
}

/** Level by level, so that a batch full of bad events keeps no more than a few requests open. */
async function sendSplitting(
  batch: Batch,
  firstToken: DestinationToken,
  effects: SendEffects,
  tally: SendTally,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let token = firstToken;
  let parts: readonly Part[] = [[...batch.events.keys()]];
  while (parts.length > 0) {
    const answered = await mapConcurrently(parts, parallelRequests, (part) =>
      sendPart(part, batch, token, effects, tally),
    );
    const level = answered.flatMap((each) => each.outcomes);
    parts = answered.flatMap((each) => each.parts);
    const stop = level.find((outcome) => outcome.status === 'waiting' && stopping.has(outcome.refusal.remedy));
    if (stop?.status !== 'waiting') {
      outcomes.push(...level);
      continue;
    }
    const rotated = stop.refusal.code === refusedToken ? await rotatedToken(batch, token, effects.tokens) : undefined;
    if (rotated === undefined) {
      outcomes.push(...level, ...wait(eventsAt(parts.flat(), batch), stop.refusal));
      break;
    }
    // The secret already holds another token: what was refused for the old one is sent again at once.
    const refused = level.filter((outcome) => outcome.status === 'waiting' && outcome.refusal.code === refusedToken);
    outcomes.push(...level.filter((outcome) => !refused.includes(outcome)));
    parts = [...parts, placesOf(refused, batch)];
    token = rotated;
  }
  return outcomes;
}

const eventsAt = (part: Part, { events }: Batch): OwedEvent[] => part.map((place) => events[place] as OwedEvent);

function placesOf(outcomes: readonly Outcome[], { events }: Batch): Part {
  const wanted = new Set(outcomes.map(({ owed }) => owed));
  return events.flatMap((event, place) => (wanted.has(event) ? [place] : []));
}

/** Graph's code for a token that is not valid any more. */
export const refusedToken = 190;

async function rotatedToken(
  batch: Batch,
  refused: DestinationToken,
  tokens: TokenSource,
): Promise<DestinationToken | undefined> {
  const current = await readToken(batch, tokens);
  return 'remedy' in current || current.accessToken === refused.accessToken ? undefined : current;
}

async function sendPart(
  part: Part,
  batch: Batch,
  token: DestinationToken,
  effects: SendEffects,
  tally: SendTally,
): Promise<Answered> {
  const events = eventsAt(part, batch);
  if (effects.isOutOfTime()) return { outcomes: wait(events, outOfTime), parts: [] };
  const { config } = batch.destination;
  tally.requests++;
  const answer = await effects.sendEvents({
    datasetId: config.datasetId,
    graphVersion: config.graphVersion,
    token,
    body: batch.body.part(part, {
      testEventCode: batch.testEventCode,
      uploadTag: config.uploadTag,
      appSecretProof: appSecretProof(token),
    }),
  });
  if (answer.accepted) {
    tally.accepted++;
    effects.health?.accepted(batch.destination.name, answer.usagePercent);
    tally.sent += events.length;
    tally.received += answer.received;
    return { outcomes: events.map((owed) => ({ status: 'delivered', owed })), parts: [] };
  }
  const { refusal } = answer;
  if (refusal.remedy === 'throttle') tally.throttled++;
  if (refusal.remedy === 'hold') effects.tokens.drop(config.accessTokenSecret);
  if (refusal.remedy !== 'reject') return { outcomes: wait(events, refusal), parts: [] };
  if (events.length > 1) return { outcomes: [], parts: split(part, refusal.index) };
  return { outcomes: events.map((owed) => ({ status: 'dead', owed, refusal })), parts: [] };
}

/** All of them wait, for one reason. */
export const wait = (events: readonly OwedEvent[], refusal: Refusal): Outcome[] =>
  events.map((owed) => ({ status: 'waiting', owed, refusal }));

/** Meta's usage headers said so: a pause now is shorter than being throttled later. */
const nearlyThrottled: Refusal = {
  remedy: 'throttle',
  reason: 'The rate limit of the destination is nearly used up.',
  aboutEvent: false,
  retryAfterSeconds: pauseSeconds,
};

const outOfTime: Refusal = { remedy: 'retry', reason: 'The invocation ran out of time.', aboutEvent: false };

function split(part: Part, culprit: number | undefined): Part[] {
  if (culprit !== undefined && culprit < part.length) {
    return [part.slice(culprit, culprit + 1), part.toSpliced(culprit, 1)];
  }
  const count = Math.min(partsPerSplit, part.length);
  const startOf = (index: number): number => Math.round((index * part.length) / count);
  return Array.from({ length: count }, (_, index) => part.slice(startOf(index), startOf(index + 1)));
}

/**
 * Events that were all refused with one error that names no fault of an event mean a wrong setting, not a queue of bad
 * events: unless the destination took others lately. Also when time ran out before the last of them was tried.
 */
function holdIfAllRefused(outcomes: readonly Outcome[]): readonly Outcome[] {
  const dead = outcomes.filter((outcome) => outcome.status === 'dead');
  const [first, second] = dead;
  if (first === undefined || second === undefined || outcomes.some(({ status }) => status === 'delivered')) {
    return outcomes;
  }
  const { aboutEvent, code, subcode } = first.refusal;
  if (aboutEvent || dead.some(({ refusal }) => refusal.code !== code || refusal.subcode !== subcode)) return outcomes;
  const refusal: Refusal = {
    ...first.refusal,
    remedy: 'hold',
    reason: 'Meta refused every event of the request alike: a setting is wrong.',
  };
  return outcomes.map((outcome) =>
    outcome.status === 'dead' ? { status: 'waiting', owed: outcome.owed, refusal } : outcome,
  );
}
