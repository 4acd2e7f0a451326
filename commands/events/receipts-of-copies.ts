import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import type { PersonDigest } from '../../shared/record/person-digests.ts';
import type { Receipt } from '../../shared/record/receipt.ts';
import { receiptVersion } from '../../shared/record/receipt-version.ts';
import { recordedId } from '../../shared/record/recorded-id.ts';
import { timelinesOf, type Timeline } from '../../shared/record/timeline.ts';
import { isObject } from '../../shared/segment/event.ts';
import type { Target } from '../common/target-options.ts';
import type { QueuedCopy } from './queued-copies.ts';

/** Destination and mapping that a copy of an event is for. */
interface Place {
  readonly d?: string | undefined;
  readonly m?: string | undefined;
}

/**
 * Timelines with what the queues tell beside the receipts. A message that SQS moved after too many receives is the end of its
 * events, and nobody was there to write a receipt of it: it gets one here, for every destination and mapping that it is for. The
 * same for a dead letter and an event on the queue of which a function that was killed could not tell any more.
 */
export async function withCopies(
  timelines: readonly Timeline[],
  copies: readonly QueuedCopy[],
  digest: PersonDigest,
  target: Target,
  now: Date,
): Promise<readonly Timeline[]> {
  if (copies.length === 0) return timelines;
  const receipts = timelines.flatMap((timeline) => timeline.receipts);
  const known = new Map(timelines.map((timeline) => [timeline.messageId, timeline]));
  let placesOf: PlacesOf | undefined;
  for (const copy of copies) {
    const id = recordedId(copy.letter.messageId, digest);
    const timeline = known.get(id);
    if (copy.queue === 'events') {
      if (timeline === undefined) receipts.push(acceptedOf(copy, id, now));
      continue;
    }
    if (copy.isMoved && copy.mappings === undefined) placesOf ??= await plannedPlaces(target, now);
    const places = copy.isMoved && copy.mappings === undefined ? (placesOf?.(copy) ?? []) : placesIn(copy);
    for (const place of places) if (!isEnded(timeline, place)) receipts.push(endOf(copy, id, place, now));
  }
  return timelinesOf(receipts);
}

const placesIn = ({ letter, mappings }: QueuedCopy): Place[] =>
  (mappings ?? [undefined]).map((m) => ({ d: letter.destination, m }));

const isEnded = (timeline: Timeline | undefined, { d, m }: Place): boolean =>
  timeline?.final.some(
    ({ destination, mapping }) => destination === (d ?? null) && (mapping === (m ?? null) || mapping === null),
  ) ?? false;

const factsOf = ({ letter }: QueuedCopy, id: string) => ({
  v: receiptVersion as typeof receiptVersion,
  id,
  ...(letter.source !== undefined && { s: letter.source }),
  e: letter.eventName,
});

const receivedAt = ({ letter: { event } }: QueuedCopy, now: Date): number => {
  const at = isObject(event) ? Date.parse(String(event['receivedAt'])) : Number.NaN;
  return Number.isNaN(at) ? now.getTime() : at;
};

const acceptedOf = (copy: QueuedCopy, id: string, now: Date): Receipt => ({
  ...factsOf(copy, id),
  k: 'accepted',
  t: receivedAt(copy, now),
});

function endOf(copy: QueuedCopy, id: string, place: Place, now: Date): Receipt {
  const { stage, code, lastFailedAt } = copy.letter;
  // Nobody knows when SQS moved it; it was after all that is told of it.
  const t = copy.isMoved || lastFailedAt.getTime() === 0 ? now.getTime() : lastFailedAt.getTime();
  const facts = { ...factsOf(copy, id), t, r: code };
  return stage === 'ingest' ? { ...facts, k: 'rejected' } : { ...facts, ...place, k: 'dead', a: receivedAt(copy, now) };
}

type PlacesOf = (copy: QueuedCopy) => Place[];

/** Destinations and mappings that an event is for by today's configuration: it was moved before any had looked at it. */
async function plannedPlaces(target: Target, now: Date): Promise<PlacesOf> {
  const { loadDeployedConfig } = await import('../common/services.ts');
  const { compileDestinations } = await import('../../shared/meta/compile-destinations.ts');
  const { planEvent } = await import('../../shared/delivery/plan.ts');
  const config = await loadDeployedConfig(target);
  const destinations = await compileDestinations(config, sha256Hex);
  return ({ letter: { source = '', event } }) =>
    (config.sources[source]?.destinations ?? []).flatMap((d): Place[] => {
      const destination = destinations.get(d);
      if (destination === undefined || !isObject(event)) return [{ d }];
      return planEvent(event, destination, now).map(({ mapping: m }) => ({ d, m }));
    });
}
