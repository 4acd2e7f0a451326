import type { Duplicates } from './duplicates.ts';
import { judge } from './judge.ts';
import type { Members } from './read-members.ts';
import type { Incoming } from './read-request.ts';
import { type StandInError, standInErrors } from './stand-in-error.ts';
import { warningsOf } from './warnings.ts';
import { mayReceive, type TokenFacts, type World } from './world.ts';

export interface EventsEdge {
  readonly world: World;
  readonly factsOf: (token: string) => TokenFacts;
  readonly duplicates: Duplicates;
}

/** Outcome of the events of one request. */
export interface Outcome {
  readonly error?: StandInError;
  readonly stored: boolean;
  /** Events stored before under the same name and event id. */
  readonly duplicates: number;
  readonly warnings: readonly string[];
}

export const notStored: Outcome = { stored: false, duplicates: 0, warnings: [] };

/**
 * Stores all events of a request, or none.
 *
 * @param early what is wrong with the caller, if anything is
 */
export function takeEvents(incoming: Incoming, early: StandInError | undefined, now: Date, edge: EventsEdge): Outcome {
  const { datasetId, members } = incoming;
  const error = refuseRequest(incoming, early, edge) ?? judge(members, incoming.events, now);
  if (error !== undefined) return { ...notStored, error };
  const events = incoming.events as readonly Members[];
  const duplicates = events.filter((event) => edge.duplicates.add(datasetId, event, now)).length;
  return { stored: true, duplicates, warnings: warningsOf(events) };
}

const sendingScopes = ['ads_management', 'business_management'];

/** In the order in which the edge looks at a request; the body comes last. */
function refuseRequest(
  { datasetId, method, graphVersion, path, unreadable, token }: Incoming,
  early: StandInError | undefined,
  { world, factsOf }: EventsEdge,
): StandInError | undefined {
  if (graphVersion === '' || path.length !== 2 || path[1] !== 'events') return standInErrors.unknownPath;
  if (method !== 'POST') return standInErrors.wrongMethod;
  if (unreadable === standInErrors.tooLarge) return unreadable;
  if (early !== undefined) return early;
  if (!/^\d+$/.test(datasetId)) return standInErrors.unknownAlias;
  const facts = factsOf(String(token));
  if (!/^[1-9]\d{0,19}$/.test(datasetId) || !mayReceive(world, facts, datasetId)) return standInErrors.unknownDataset;
  return sendingScopes.some((scope) => facts.scopes.includes(scope)) ? unreadable : standInErrors.mayNotSend;
}
