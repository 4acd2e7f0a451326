import type { ReceivedRequest } from '../graph-api/received-requests.ts';
import { type LabelledEvent, labelledEvent } from './labelled-event.ts';

/** A server event that Meta's stand-in stored, or a request that it refused, with the first of its events. */
export interface Arrival {
  readonly at: Date;
  readonly title: string;
  readonly detail: string;
  readonly refused: boolean;
  readonly events: readonly LabelledEvent[];
}

const mostArrivals = 50;
const shownOfRefused = 3;

/** Newest first. Stored events stand alone; a refused request is one line, so that it does not crowd them out. */
export function arrivals(requests: readonly ReceivedRequest[]): readonly Arrival[] {
  const list: Arrival[] = [];
  for (const request of requests.toReversed()) {
    const left = mostArrivals - list.length;
    if (left <= 0) break;
    if (request.error) list.push(refusedRequest(request, request.error));
    else
      list.push(
        ...request.events
          .slice(-left)
          .toReversed()
          .map((event) => stored(request, event)),
      );
  }
  return list;
}

function stored(request: ReceivedRequest, sent: unknown): Arrival {
  const event = labelledEvent(sent);
  return { at: request.at, title: event.name, detail: placeOf(request), refused: false, events: [event] };
}

function refusedRequest(request: ReceivedRequest, error: NonNullable<ReceivedRequest['error']>): Arrival {
  const count = request.events.length;
  const code = error.subcode === undefined ? error.code : `${error.code}/${error.subcode}`;
  return {
    at: request.at,
    title: `Refused: ${error.message}`,
    detail: `${code}, ${count === 1 ? '1 event' : `${count} events`}, ${placeOf(request)}`,
    refused: true,
    events: request.events.slice(0, shownOfRefused).map(labelledEvent),
  };
}

const placeOf = ({ datasetId, graphVersion, testEventCode, duplicates, events }: ReceivedRequest): string =>
  [
    datasetId === '' ? 'no dataset' : `dataset ${datasetId}`,
    graphVersion,
    testEventCode === undefined ? '' : `test code ${testEventCode}`,
    duplicates === 0 ? '' : `${duplicates} of ${events.length} sent before`,
  ]
    .filter((part) => part !== '')
    .join(', ');
