import type { Explanation } from '../../../shared/explain/explanation.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { isObject } from '../../../shared/segment/event.ts';
import type { ReceivedRequest } from '../../graph-stand-in/received-requests.ts';
import { explainEvent } from '../../../shared/explain/explain-event.ts';
import { type Entry, lineOf } from './entry.ts';
import { eventIn } from './message-texts.ts';
import { reasonOf } from '../../../shared/reasons/reasons.ts';
import type { EventDetails, EventLine, GraphAnswer, LetterView, WaitAdvice } from './wire.ts';

export interface DetailsSource {
  readonly destinations: ReadonlyMap<string, CompiledDestination>;
  /** Requests that the stand-in saw lately; nothing of an outside Graph API. */
  readonly requests: () => readonly ReceivedRequest[];
  readonly isStandIn: boolean;
  /** Options of a command that name the deployment. */
  readonly target: string;
}

/**
 * All that is known of one event. The explanation is of the time when it was delivered, or of now.
 *
 * @param namesakes events that came under the same message id
 */
export function eventDetails(
  entry: Entry,
  namesakes: readonly Entry[],
  source: DetailsSource,
  now: Date,
): EventDetails {
  const line = lineOf(entry);
  const event: unknown = eventIn(entry.text, entry.position);
  const at = line.stage === 'delivered' && line.settledAt !== undefined ? new Date(line.settledAt) : now;
  const explanations = entry.rejected ? [] : explain(event, entry.destinations, source, at);
  return {
    ...{ line, from: 'stream', letters: entry.letters },
    others: namesakes.filter((other) => other !== entry).map(({ receivedAt }) => receivedAt),
    waiting: waitsOf(line, source),
    ...known(event, explanations, source),
  };
}

/** Why the event waits, and what to do: what a person has to mend, or nothing. */
export const waitsOf = ({ outcomes }: EventLine, { target }: DetailsSource): WaitAdvice[] =>
  outcomes.flatMap(({ outcome, destination, mapping, reason: code }) => {
    const reason = code === undefined ? undefined : reasonOf(code);
    if (outcome !== 'waiting' || code === undefined || reason === undefined) return [];
    const fix = reason.fix.replaceAll('`', '');
    const command = /npm run (token:set|datasets)/.exec(fix)?.[1];
    return [
      {
        ...{ destination, ...(mapping && { mapping }), code, message: reason.message, fix },
        ...(command && { command: `npm run ${command} -- ${target} --destination ${destination}` }),
      },
    ];
  });

/** The same of an event that only the dead letter queue knows, as after a restart. */
export function detailsOfLetters(
  letters: readonly LetterView[],
  source: DetailsSource,
  now: Date,
): EventDetails | undefined {
  const [latest] = letters;
  if (latest === undefined) return undefined;
  const { key, messageId = '', eventName: name, event, stage } = latest;
  const { type, receivedAt } = isObject(event) ? event : { type: undefined, receivedAt: undefined };
  const failedAt = Date.parse(latest.lastFailedAt);
  const given = letters.flatMap(({ destination = '', mapping, code, lastFailedAt, stage: one }) =>
    one === 'ingest'
      ? []
      : [
          {
            destination,
            ...(mapping && { mapping }),
            outcome: 'dead',
            reason: code,
            at: Date.parse(lastFailedAt),
          } as const,
        ],
  );
  const destinations = [...new Set(given.map(({ destination }) => destination))];
  const explanations = stage === 'ingest' ? [] : explain(event, destinations, source, now);
  return {
    line: {
      ...{ seq: 0, id: messageId || key, messageId, source: latest.source ?? '', name, retries: latest.attempts },
      type: typeof type === 'string' ? type : '',
      stage: stage === 'ingest' ? 'rejected' : 'dead',
      receivedAt: (typeof receivedAt === 'string' && Date.parse(receivedAt)) || Date.parse(latest.firstFailedAt),
      settledAt: failedAt,
      outcomes: given,
      ...(stage === 'ingest' && { notes: [latest.code] }),
    },
    ...{ from: 'dead-letters', others: [] },
    letters: letters.map(({ messageId: _, eventName: __, events: ___, event: ____, ...facts }) => facts),
    waiting: [],
    ...known(event, explanations, source),
  };
}

const known = (event: unknown, explanations: readonly Explanation[], { requests, isStandIn }: DetailsSource) => ({
  ...(event !== undefined && { event }),
  explanations,
  graph: requests().flatMap((request) => answerTo(request, eventIdsOf(explanations))),
  isStandIn,
});

export function explain(
  event: unknown,
  names: readonly string[],
  { destinations }: DetailsSource,
  now: Date,
): readonly Explanation[] {
  if (!isObject(event)) return [];
  return names.flatMap((name) => {
    const destination = destinations.get(name);
    return destination === undefined ? [] : [explainEvent(event, destination, { now })];
  });
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
  const { traceId, warnings = [] } = request;
  return [
    {
      at: at.getTime(),
      datasetId,
      status,
      events: events.length,
      ...(testEventCode !== undefined && { testEventCode }),
      ...(traceId !== undefined && { traceId }),
      ...(warnings.length > 0 && { messages: warnings }),
      ...(error && { error }),
    },
  ];
}
