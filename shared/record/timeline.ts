import type { Receipt, Step } from './receipt.ts';

/** End of an event at a destination and mapping; null where it ended before there was one. */
export interface End {
  readonly destination: string | null;
  readonly mapping: string | null;
  readonly outcome: 'delivered' | 'skipped' | 'dead' | 'rejected' | 'erased';
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Destination and mapping that an event has not come to an end at, as far as the record knows. */
export interface Open {
  readonly destination: string | null;
  readonly mapping: string | null;
  /** Of its last failure. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly since: number;
}

/** Everything that the record knows of one event. */
export interface Timeline {
  /** As the record keeps it. */
  readonly messageId: string;
  readonly source: string | undefined;
  readonly event: string | undefined;
  /** When the pipeline began to owe it an end: it was accepted, or a refused one was redriven. Undefined when no receipt says so. */
  readonly acceptedAt: number | undefined;
  /** One for each destination and mapping, whatever was told twice. */
  readonly final: readonly End[];
  readonly open: readonly Open[];
  /** In the order in which things happened. */
  readonly receipts: readonly Receipt[];
}

/** Of what happened within one millisecond, this comes first. */
const order = {
  rejected: 0,
  operated: 1,
  accepted: 1,
  redriven: 2,
  replayed: 2,
  attempt: 3,
  skipped: 4,
  dead: 4,
  delivered: 5,
  erased: 6,
} as const satisfies Record<Step, number>;

const inOrder = (one: Receipt, other: Receipt): number => one.t - other.t || order[one.k] - order[other.k];

/** Timelines of all events that receipts tell of, newest first. Receipts without a message id belong to no event. */
export function timelinesOf(receipts: readonly Receipt[]): Timeline[] {
  const byId = Map.groupBy(receipts, ({ id }) => id);
  byId.delete(undefined);
  return [...byId.values()].map(timelineOf).toSorted((one, other) => startOf(other) - startOf(one));
}

const startOf = ({ receipts: [first] }: Timeline): number => first?.t ?? 0;

type State = (End & { readonly kind: 'end' }) | (Open & { readonly kind: 'open' });

/**
 * The timeline of one event. Answers that were lost and messages that came twice leave several receipts of one end: what was
 * delivered stays delivered, whatever is told later; of the others the last one counts, and being redriven or replayed
 * opens an end again.
 */
export function timelineOf(receipts: readonly Receipt[]): Timeline {
  const sorted = receipts.toSorted(inOrder);
  const states = new Map<string, State>();
  let acceptedAt: number | undefined;
  let erasedAt: number | undefined;
  for (const receipt of sorted) {
    if (receipt.k === 'accepted') {
      acceptedAt ??= receipt.t;
      // Sent once more after a refusal, and let in.
      states.delete(keyOf(null, null));
    } else if (receipt.k === 'erased') erasedAt = receipt.t;
    // Tells who did it: what comes of it other receipts tell.
    else if (receipt.k === 'operated') continue;
    else {
      const { destination, mapping } = placeOf(receipt);
      const isAgain = receipt.k === 'redriven' || receipt.k === 'replayed';
      if (isAgain && destination === null) acceptedAt ??= receipt.t;
      if (mapping !== null) states.delete(keyOf(destination, null));
      if (destination !== null) states.delete(keyOf(null, null));
      const key = keyOf(destination, mapping);
      const before = states.get(key);
      if (before?.kind === 'end' && before.outcome === 'delivered') continue;
      states.set(key, stateAfter(receipt, before));
    }
  }
  const all = [...states.values()];
  const ended = all.flatMap((state) => (state.kind === 'end' ? [endOf(state)] : []));
  const open = all.flatMap((state) => (state.kind === 'open' ? [openOf(state)] : []));
  const first = sorted.find(({ id }) => id !== undefined);
  return {
    messageId: first?.id ?? '',
    source: sorted.find(({ s }) => s !== undefined)?.s,
    event: sorted.find(({ e }) => e !== undefined)?.e,
    acceptedAt,
    final: erasedAt === undefined ? ended : [...ended, ...erasedEnds(ended, open, erasedAt)],
    open: erasedAt === undefined ? open : [],
    receipts: sorted,
  };
}

const keyOf = (destination: string | null, mapping: string | null): string => JSON.stringify([destination, mapping]);

function placeOf(receipt: Receipt): { readonly destination: string | null; readonly mapping: string | null } {
  return {
    destination: 'd' in receipt ? (receipt.d ?? null) : null,
    mapping: 'm' in receipt ? (receipt.m ?? null) : null,
  };
}

function stateAfter(
  receipt: Exclude<Receipt, { k: 'accepted' | 'operated' | 'erased' }>,
  before: State | undefined,
): State {
  const place = placeOf(receipt);
  const { t } = receipt;
  switch (receipt.k) {
    case 'delivered':
      return { kind: 'end', ...place, outcome: 'delivered', reason: null, at: t };
    case 'skipped':
    case 'dead':
    case 'rejected':
      return { kind: 'end', ...place, outcome: receipt.k, reason: receipt.r, at: t };
    case 'attempt': {
      const since = before?.kind === 'open' ? before.since : t;
      return { kind: 'open', ...place, reason: receipt.r, attempts: receipt.n, since };
    }
    case 'redriven':
    case 'replayed':
      return { kind: 'open', ...place, reason: null, attempts: 0, since: t };
  }
}

const endOf = ({ destination, mapping, outcome, reason, at }: End): End => ({
  destination,
  mapping,
  outcome,
  reason,
  at,
});

const openOf = ({ destination, mapping, reason, attempts, since }: Open): Open => ({
  destination,
  mapping,
  reason,
  attempts,
  since,
});

/** Ends everything that an erased event still waited for. */
function erasedEnds(ended: readonly End[], open: readonly Open[], at: number): End[] {
  const places = open.length > 0 || ended.length > 0 ? open : [{ destination: null, mapping: null }];
  return places.map(({ destination, mapping }) => ({ destination, mapping, outcome: 'erased', reason: null, at }));
}

/** Whether the pipeline owes an event an end: it was taken in, and the record tells of none, or of a destination that waits. */
export const isOpen = ({ acceptedAt, final, open }: Timeline): boolean =>
  open.length > 0 || (acceptedAt !== undefined && final.length === 0);
