import * as z from 'zod';
import { messageText } from '../lib/json/message-text.ts';
import { SegmentEvent } from '../segment/event.ts';

/** Body of a message on the events queue: events of one source, straight from ingest or put back by deliver. */
export const EventMessage = z.strictObject({
  version: z.literal(1),
  source: z.string().min(1),
  events: z.array(SegmentEvent).min(1),
  /** Present on events that are owed to one destination only. */
  retry: z
    .strictObject({
      destination: z.string(),
      /** Mappings still owed, by name; the others of these events already have their outcome. */
      mappings: z.array(z.string()).min(1),
      /** Deliveries tried so far. */
      attempt: z.int().nonnegative(),
      firstFailedAt: z.string(),
    })
    .optional(),
});
export type EventMessage = z.infer<typeof EventMessage>;

const bodyLimitBytes = 64 * 1024;

/** SQS takes no larger body, and no larger batch. */
export const largestMessageBytes = 1024 * 1024;

/** An event, already written as JSON. */
export interface WrittenEvent {
  readonly json: string;
  readonly bytes: number;
}

/** The bodies of messages for the events queue, in order. */
export const packMessages = (
  envelope: Omit<EventMessage, 'version' | 'events'>,
  events: readonly WrittenEvent[],
): string[] => packEvents({ version: 1, ...envelope }, events);

/**
 * Packs events into as few message bodies as possible, each within one 64 KB SQS billing unit (an event that is larger by itself
 * gets a message of its own): objects with the members of the envelope, of which there must be one, and `events`.
 */
export function packEvents(envelope: Readonly<Record<string, unknown>>, events: readonly WrittenEvent[]): string[] {
  const head = `${messageText(envelope).slice(0, -1)},"events":[`;
  // The closing "]}", less the comma that the first event does without.
  const overhead = Buffer.byteLength(head) + 1;
  const bodies: string[] = [];
  let open: string[] = [];
  let openBytes = overhead;
  for (const { json, bytes } of events) {
    if (open.length > 0 && openBytes + bytes + 1 > bodyLimitBytes) {
      bodies.push(`${head}${open.join(',')}]}`);
      open = [];
      openBytes = overhead;
    }
    open.push(json);
    openBytes += bytes + 1;
  }
  if (open.length > 0) bodies.push(`${head}${open.join(',')}]}`);
  return bodies;
}
