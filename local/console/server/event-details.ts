import type { Explanation } from '../../../shared/explain/explanation.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { isObject } from '../../../shared/segment/event.ts';
import type { ReceivedRequest } from '../../graph-stand-in/received-requests.ts';
import { explainEvent } from '../../../shared/explain/explain-event.ts';
import { type Entry, lineOf } from './entry.ts';
import { eventIn } from './message-texts.ts';
import type { EventDetails, GraphAnswer } from './wire.ts';

export interface DetailsSource {
  readonly destinations: ReadonlyMap<string, CompiledDestination>;
  /** Requests that the stand-in saw lately; nothing of an outside Graph API. */
  readonly requests: () => readonly ReceivedRequest[];
  readonly isStandIn: boolean;
}

/** All that is known of one event. The explanation is of the time when it was delivered, or of now. */
export function eventDetails(
  entry: Entry,
  { destinations, requests, isStandIn }: DetailsSource,
  now: Date,
): EventDetails {
  const line = lineOf(entry);
  const event: unknown = eventIn(entry.text, entry.position);
  const at = line.stage === 'delivered' && line.settledAt !== undefined ? new Date(line.settledAt) : now;
  const explanations =
    entry.rejected || !isObject(event)
      ? []
      : entry.destinations.flatMap((name) => {
          const destination = destinations.get(name);
          return destination === undefined ? [] : [explainEvent(event, destination, { now: at })];
        });
  return {
    line,
    ...(event !== undefined && { event }),
    letters: entry.letters,
    explanations,
    graph: requests().flatMap((request) => answerTo(request, eventIdsOf(explanations))),
    isStandIn,
  };
}

function eventIdsOf(explanations: readonly Explanation[]): ReadonlySet<unknown> {
  const ids = explanations.flatMap(({ mappings }) =>
    mappings.map(({ outcome }) => (outcome?.status === 'ready' ? outcome.serverEvent['event_id'] : undefined)),
  );
  return new Set(ids.filter((id) => id !== undefined));
}

function answerTo(request: ReceivedRequest, eventIds: ReadonlySet<unknown>): GraphAnswer[] {
  const { at, events, datasetId, status, testEventCode, error } = request;
  if (!events.some((event) => isObject(event) && eventIds.has(event['event_id']))) return [];
  const { traceId } = request as { readonly traceId?: string };
  return [
    {
      at: at.getTime(),
      datasetId,
      status,
      events: events.length,
      ...(testEventCode !== undefined && { testEventCode }),
      ...(traceId !== undefined && { traceId }),
      ...(error && { error }),
    },
  ];
}
