import type { Timeline } from '../../../shared/record/timeline.ts';
import { jsonOrNothing } from '../../../shared/lib/json/json-or-nothing.ts';
import { type DetailsSource, explain, waitsOf } from './event-details.ts';
import { worstOutcome } from './event-line.ts';
import type { DestinationOutcome, EventDetails, EventLine, GraphAnswer, Outcome } from './wire.ts';

/**
 * Details of an event that only the record knows: when what happened to it, what Meta said, and, where the record keeps events, the
 * event with an explanation by the configuration of now.
 */
export function detailsOfTimeline(timeline: Timeline, source: DetailsSource, now: Date): EventDetails {
  const line = lineOfTimeline(timeline);
  const event = eventOf(timeline);
  const destinations = [...new Set(line.outcomes.map(({ destination }) => destination))];
  const at = line.stage === 'delivered' && line.settledAt !== undefined ? new Date(line.settledAt) : now;
  return {
    ...{ line, from: 'record', others: [], letters: [], isStandIn: source.isStandIn },
    ...(event !== undefined && { event }),
    explanations: line.stage === 'rejected' ? [] : explain(event, destinations, source, at),
    waiting: waitsOf(line, source),
    graph: graphOf(timeline, source),
    receipts: timeline.receipts.map((receipt) =>
      Object.fromEntries(Object.entries(receipt).filter(([name]) => name !== 'p' && name !== 'ev')),
    ),
  };
}

/** Undefined where the record holds receipts alone, or nothing that can be read. */
function eventOf({ receipts }: Timeline): unknown {
  const [json] = receipts.flatMap((receipt) => (receipt.k === 'accepted' ? (receipt.ev ?? []) : []));
  return json === undefined ? undefined : jsonOrNothing(json);
}

function lineOfTimeline({
  messageId,
  source = '',
  event = '',
  acceptedAt,
  final,
  open,
  receipts,
}: Timeline): EventLine {
  const outcomes = [
    ...final.flatMap(({ destination, mapping, outcome, reason, at }): DestinationOutcome[] =>
      outcome === 'rejected' || outcome === 'erased'
        ? []
        : [
            {
              destination: destination ?? '',
              ...(mapping !== null && { mapping }),
              outcome,
              ...reasonPart(reason),
              at,
            },
          ],
    ),
    ...open.map(
      ({ destination, mapping, reason, since }): DestinationOutcome => ({
        ...{ destination: destination ?? '', ...(mapping !== null && { mapping }), outcome: 'waiting' as Outcome },
        ...reasonPart(reason),
        at: since,
      }),
    ),
  ];
  const rejected = final.find(({ outcome }) => outcome === 'rejected');
  const last = Math.max(0, ...outcomes.map(({ at }) => at));
  return {
    ...{ seq: 0, id: messageId, messageId, source, type: '', name: event || '(no name)', outcomes },
    stage: rejected === undefined ? (worstOutcome(outcomes) ?? 'queued') : 'rejected',
    receivedAt: acceptedAt ?? receipts[0]?.t ?? 0,
    ...(acceptedAt !== undefined && { queuedAt: acceptedAt }),
    ...(last > 0 && { settledAt: last }),
    ...(rejected !== undefined && { settledAt: rejected.at, notes: [rejected.reason ?? 'rejected'] }),
    retries: receipts.filter(({ k }) => k === 'attempt').length,
  };
}

const reasonPart = (reason: string | null) => (reason === null ? {} : { reason });

/** Answers of Meta, as far as receipts hold them. */
const graphOf = ({ receipts }: Timeline, { destinations }: DetailsSource): GraphAnswer[] =>
  receipts.flatMap((receipt): GraphAnswer[] => {
    if (receipt.k !== 'delivered' && receipt.k !== 'attempt') return [];
    const { t, d, q, x, g } = receipt;
    const code = receipt.k === 'attempt' ? /^graph_(\d+)(?:_(\d+))?$/.exec(receipt.r) : undefined;
    if (receipt.k === 'attempt' && code === null && x === undefined) return [];
    return [
      {
        ...{ at: t, datasetId: destinations.get(d)?.config.datasetId ?? d, events: q ?? 1 },
        status: receipt.k === 'delivered' ? 200 : 0,
        ...(x !== undefined && { traceId: x }),
        ...(g !== undefined && { messages: g }),
        ...(receipt.k === 'attempt' && {
          error: {
            code: Number(code?.[1] ?? 0),
            ...(code?.[2] !== undefined && { subcode: Number(code[2]) }),
            message: receipt.r,
          },
        }),
      },
    ];
  });
