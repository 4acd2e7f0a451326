import * as z from 'zod';
import { receiptVersion } from './receipt-version.ts';

/** Steps of an event of which there are receipts. */
export const steps = [
  'accepted',
  'rejected',
  'skipped',
  'attempt',
  'delivered',
  'dead',
  'redriven',
  'replayed',
  'operated',
  'erased',
] as const;
export type Step = (typeof steps)[number];

/**
 * Members of every receipt. Their names are short, since there are two receipts of each event, and they do not change: files of
 * many months are read by the names that are in them.
 */
const common = {
  v: z.literal(receiptVersion),
  /** When it happened, in epoch milliseconds. */
  t: z.int(),
  /** Source. */
  s: z.string().optional(),
  /** Event name of a track call; of any other call, its type. */
  e: z.string().optional(),
};

/** The message id as {@link recordedId} writes it. */
const id = z.string();
const destination = { d: z.string(), m: z.string() };
/** When the event was received, in epoch milliseconds. */
const receivedAt = { a: z.int() };
const eventOf = { id, ...receivedAt };
/** Digests of the person's identifiers, as {@link personDigests} makes them. */
const persons = { p: z.array(z.string()).optional() };
/** The Segment event as JSON, where the record keeps events. */
const segmentEvent = { ev: z.string().optional() };

/** Facts of the request that an event was in. */
const request = {
  /** Number of the attempt, from 1. */
  n: z.int(),
  /** Meta's id of the request, `fbtrace_id`. */
  x: z.string().optional(),
  /** Words of Meta beside taking the request, without what it quotes. */
  g: z.array(z.string()).optional(),
  /** Events in the request. */
  q: z.int().optional(),
  /** Bytes of its body. */
  b: z.int().optional(),
};

/** Taken in and queued: from here on the pipeline owes the event its end. */
const Accepted = z.object({ ...common, k: z.literal('accepted'), id, ...persons, ...segmentEvent });

/** Refused at the door; `w` are the events that the line stands for, 1 if left out. */
const Rejected = z.object({
  ...common,
  k: z.literal('rejected'),
  id: id.optional(),
  r: z.string(),
  w: z.int().optional(),
  ...persons,
});

/** Left out on purpose. Without a mapping, the destination as a whole gets nothing of the event. */
const Skipped = z.object({
  ...common,
  k: z.literal('skipped'),
  ...eventOf,
  d: z.string().optional(),
  m: z.string().optional(),
  r: z.string(),
});

/** Tried, or looked at, without an end: it waits. `r` is the failure as reports count it, `o` what is done about it. */
const Attempt = z.object({
  ...common,
  k: z.literal('attempt'),
  ...eventOf,
  ...destination,
  r: z.string(),
  o: z.string(),
  ...request,
});

/** Taken by the destination. */
const Delivered = z.object({
  ...common,
  k: z.literal('delivered'),
  ...eventOf,
  ...destination,
  ...request,
  /** Events of the request that the destination says it received, where these are not all of them. */
  c: z.int().optional(),
  /** The event id that was sent, where it is not the message id. */
  i: z.string().optional(),
  /** Match keys that were sent, with blanks between them. */
  mk: z.string().optional(),
});

/** Given up and kept as a dead letter: `r` is its code, `f` the failure as reports count it. */
const Dead = z.object({
  ...common,
  k: z.literal('dead'),
  id: id.optional(),
  a: z.int().optional(),
  d: z.string().optional(),
  m: z.string().optional(),
  r: z.string(),
  f: z.string().optional(),
  ...request,
  n: z.int().optional(),
});

/** Owed once more: a dead letter that went back on the queue, or a past event that is sent again. */
const again = { ...common, ...eventOf, d: z.string().optional(), m: z.string().optional(), ...persons };
const Redriven = z.object({ ...again, k: z.literal('redriven') });
const Replayed = z.object({ ...again, k: z.literal('replayed') });

/** An operator moved its dead letter: `o` is what was done, `u` who did it, `r` the code of the letter. */
const Operated = z.object({
  ...common,
  k: z.literal('operated'),
  id: id.optional(),
  d: z.string().optional(),
  m: z.string().optional(),
  r: z.string().optional(),
  o: z.enum(['redrive', 'purge']),
  u: z.string(),
  w: z.int().optional(),
});

/** Removed on a person's request; the id is one that was made up for it. */
const Erased = z.object({ ...common, k: z.literal('erased'), id });

export const Receipt = z.discriminatedUnion('k', [
  Accepted,
  Rejected,
  Skipped,
  Attempt,
  Delivered,
  Dead,
  Redriven,
  Replayed,
  Operated,
  Erased,
]);
export type Receipt = z.infer<typeof Receipt>;
