import type { Receipt } from '../../shared/record/receipt.ts';
import { isOpen, type Timeline } from '../../shared/record/timeline.ts';
import { reasonOf } from '../../shared/reasons/reasons.ts';
import { durationText } from '../dead-letters/duration.ts';
import { safeText } from '../kit/safe-text.ts';
import type { QueuedCopy } from './queued-copies.ts';

/** A timeline as `--json` gives it. */
export interface TimelineJson {
  readonly messageId: string;
  readonly source: string | null;
  readonly event: string | null;
  readonly acceptedAt: string | null;
  readonly final: readonly {
    readonly destination: string | null;
    readonly mapping: string | null;
    readonly outcome: string;
    readonly reason: string | null;
  }[];
  readonly waiting: readonly {
    readonly destination: string | null;
    readonly mapping: string | null;
    readonly reason: string | null;
    readonly attempts: number;
    readonly since: string;
  }[];
  /** Where the event is now, and what to do. */
  readonly now: string;
  readonly advice: readonly string[];
  readonly receipts: readonly ReceiptJson[];
}

/** A receipt with its members written out. */
export type ReceiptJson = Readonly<Record<string, string | number>> & { readonly step: string; readonly at: string };

const iso = (ms: number): string => new Date(ms).toISOString();

/** Long names of the members that a timeline tells, in the order in which they are told. */
const names: Readonly<Record<string, string>> = {
  d: 'destination',
  m: 'mapping',
  r: 'reason',
  f: 'failure',
  o: 'action',
  u: 'by',
  n: 'attempt',
  x: 'fbtraceId',
  g: 'messages',
  q: 'eventsInRequest',
  b: 'requestBytes',
  c: 'eventsReceived',
  i: 'eventId',
  mk: 'matchKeys',
  w: 'events',
};

export function receiptJson(receipt: Receipt): ReceiptJson {
  const members = receipt as unknown as Readonly<Record<string, string | number | readonly string[] | undefined>>;
  const written = Object.entries(names).flatMap(([member, name]) => {
    const value = members[member];
    if (value === undefined) return [];
    return [[name, typeof value === 'object' ? value.join(' ') : value] as const];
  });
  return { step: receipt.k, at: iso(receipt.t), ...Object.fromEntries(written) };
}

/**
 * @param asked ids as the user wrote them, by the form in which the record keeps them
 * @param queues that a copy of the event lies on; undefined where nobody has looked
 */
export function timelineJson(
  timeline: Timeline,
  asked: ReadonlyMap<string, string> = new Map(),
  queues?: ReadonlySet<QueuedCopy['queue']>,
): TimelineJson {
  const { messageId, source, event, acceptedAt, final, open, receipts } = timeline;
  return {
    messageId: asked.get(messageId) ?? messageId,
    source: source ?? null,
    event: event ?? null,
    acceptedAt: acceptedAt === undefined ? null : iso(acceptedAt),
    final: final.map(({ destination, mapping, outcome, reason }) => ({ destination, mapping, outcome, reason })),
    waiting: open.map(({ since, destination, mapping, reason, attempts }) => ({
      ...{ destination, mapping, reason, attempts },
      since: iso(since),
    })),
    now: whereabouts(timeline, queues),
    advice: adviceOf(timeline),
    receipts: receipts.map(receiptJson),
  };
}

/** Where an event is now, as its receipts and the queues say. */
function whereabouts(timeline: Timeline, queues: ReadonlySet<QueuedCopy['queue']> | undefined): string {
  if (isPurged(timeline)) return 'purged from the dead letter queue, for good';
  const outcomes = new Set(timeline.final.map(({ outcome }) => outcome));
  if (queues?.has('events')) return 'on the events queue';
  if (isOpen(timeline) && queues !== undefined && queues.size === 0)
    return 'on neither queue: lost, or ended this moment';
  if (isOpen(timeline)) return 'on the events queue';
  if (outcomes.has('dead')) {
    return queues?.size === 0
      ? 'in the dead letter queue no more: it was redriven or purged'
      : 'in the dead letter queue';
  }
  if (outcomes.has('rejected')) return 'refused at the door; kept in the dead letter queue';
  if (outcomes.has('erased')) return 'erased';
  return outcomes.has('delivered') ? 'delivered' : 'left out on purpose';
}

/** Whether the last thing that happened to it is that somebody purged its letter. */
function isPurged({ receipts }: Timeline): boolean {
  const last = receipts.at(-1);
  return last?.k === 'operated' && last.o === 'purge';
}

function adviceOf(timeline: Timeline): string[] {
  if (isPurged(timeline)) return [];
  const { messageId, final, open } = timeline;
  const reasons = [...final, ...open].flatMap(({ reason }) => reason ?? []);
  const fixes = reasons.flatMap((code) => {
    const { fix = '' } = reasonOf(code) ?? {};
    return fix === '' ? [] : [fix];
  });
  const letters = final.some(({ outcome }) => outcome === 'dead' || outcome === 'rejected')
    ? [`npm run dead-letters -- show ${messageId}`]
    : [];
  return [...new Set([...fixes, ...letters])];
}

const place = ({ destination, mapping }: { destination: string | null; mapping: string | null }): string =>
  [destination, mapping].filter((name) => name !== null).join(' · ');

/** Lines for a terminal. */
export function timelineLines(timeline: TimelineJson, now: Date): string[] {
  const { messageId, event, source, receipts, final, waiting, advice } = timeline;
  const head = [messageId, event, source && `from ${source}`].filter((part) => part).join('  ');
  return [
    safeText(head),
    ...receipts.map(receiptLine),
    ...final.map((end) => `  → ${end.outcome} ${safeText(place(end))}${end.reason === null ? '' : ` (${end.reason})`}`),
    ...waiting.map(({ reason, attempts, since, ...where }) => {
      const age = durationText(now.getTime() - Date.parse(since));
      return `  → waiting ${safeText(place(where))} for ${age}, ${attempts} tried${reason === null ? '' : ` (${reason})`}`;
    }),
    `  Now ${timeline.now}.`,
    ...advice.map((line) => `  → ${line}`),
  ];
}

function receiptLine({ step, at, destination = '', mapping = '', ...rest }: ReceiptJson): string {
  const more = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  const where = [destination, mapping].filter((part) => part !== '').join(' · ');
  return `  ${at}  ${safeText([step.padEnd(9), where, more.join(', ')].filter((part) => part !== '').join('  '), 300)}`;
}
