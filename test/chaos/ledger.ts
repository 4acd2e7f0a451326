import type { Expected } from './event-kinds.ts';
import type { DestinationEvidence, Evidence } from './evidence.ts';

/** Something that does not add up, and the event it is about. */
export interface Discrepancy {
  readonly destination: string;
  readonly id: string;
  readonly problem: string;
}

export interface Account {
  readonly destination: string;
  readonly accepted: number;
  readonly deliveredOnce: number;
  /** Events that arrived more than once; Meta counts each once, by its event id. */
  readonly deliveredAgain: number;
  /** Arrivals beyond the first of each event. */
  readonly extraArrivals: number;
  readonly skipped: number;
  /** Events by the code of their dead letter. */
  readonly dead: Readonly<Record<string, number>>;
  readonly waiting: number;
  /** Accepted less all outcomes: 0 when none is missing and none has two. */
  readonly balance: number;
}

export interface Ledger {
  readonly accounts: readonly Account[];
  /** Refused when they were sent, and kept as dead letters. */
  readonly rejected: number;
  readonly discrepancies: readonly Discrepancy[];
}

/**
 * Holds what was accepted against what was seen of it.
 *
 * @param sent what must become of each event that was answered with 200, by event id
 */
export function ledger(sent: ReadonlyMap<string, Expected>, evidence: Evidence): Ledger {
  const accepted = [...sent].filter(([, { outcome }]) => outcome !== 'rejected');
  const found = [...evidence.destinations].map(([name, seen]) => settle(name, seen, accepted, sent, evidence));
  const rejected = [...sent].filter(([, { outcome }]) => outcome === 'rejected');
  const accounts = found.map(({ account }) => account);
  return {
    accounts,
    rejected: rejected.length,
    discrepancies: [
      ...found.flatMap(({ discrepancies }) => discrepancies),
      ...rejected.flatMap(([id, expected]) => unkept(id, expected, evidence)),
      ...strange(evidence),
      ...unreportedSkips(accounts, evidence),
    ],
  };
}

function unkept(id: string, expected: Expected, { rejections }: Evidence): Discrepancy[] {
  const kept = rejections.get(id);
  if (kept !== undefined && 'code' in expected && kept === expected.code) return [];
  return [{ destination: 'ingest', id, problem: kept === undefined ? 'missing' : `rejected with ${kept}` }];
}

const strange = ({ unreadable }: Evidence): Discrepancy[] =>
  unreadable === 0 ? [] : [{ destination: 'dead letters', id: '?', problem: `extra: ${unreadable} hold no event` }];

/** An event that is skipped leaves no trace but a count in the pipeline's reports. */
function unreportedSkips(accounts: readonly Account[], { reportedSkips }: Evidence): Discrepancy[] {
  const missing = accounts.reduce((sum, { skipped }) => sum + skipped, 0) - reportedSkips;
  return missing <= 0 ? [] : [{ destination: 'reports', id: '?', problem: `missing: ${missing} skipped events` }];
}

function settle(
  destination: string,
  seen: DestinationEvidence,
  accepted: readonly (readonly [string, Expected])[],
  sent: ReadonlyMap<string, Expected>,
  { handled, unanswered }: Evidence,
): { account: Account; discrepancies: Discrepancy[] } {
  const ends = accepted.map(([id, expected]) => endsOf(id, expected, seen, handled));
  const count = (holds: (end: Ends) => boolean): number => ends.filter(holds).length;
  const dead = Object.groupBy(
    ends.filter(({ letters }) => letters.length > 0),
    ({ letters: [code = ''] }) => code,
  );
  const counts = {
    deliveredOnce: count(({ arrivals }) => arrivals === 1),
    deliveredAgain: count(({ arrivals }) => arrivals > 1),
    skipped: count(({ isSkipped }) => isSkipped),
    waiting: count(({ isWaiting }) => isWaiting),
  };
  const outcomes = Object.values(counts).reduce(
    (sum, each) => sum + each,
    count(({ letters }) => letters.length > 0),
  );
  const found = new Set([...seen.arrivals.keys(), ...seen.letters.keys()]);
  const strangers = [...found].filter((id) =>
    sent.has(id) ? sent.get(id)?.outcome === 'rejected' : !unanswered.has(id),
  );
  return {
    account: {
      destination,
      accepted: accepted.length,
      ...counts,
      extraArrivals: ends.reduce((sum, { arrivals }) => sum + Math.max(0, arrivals - 1), 0),
      dead: Object.fromEntries(Object.entries(dead).map(([code, all = []]) => [code, all.length])),
      balance: accepted.length - outcomes,
    },
    discrepancies: [
      ...ends.flatMap((end) => {
        const problem = problemOf(end);
        return problem === undefined ? [] : [{ destination, id: end.id, problem }];
      }),
      ...strangers.map((id) => ({ destination, id, problem: 'extra: never accepted' })),
    ],
  };
}

/** Sightings of one event. */
interface Ends {
  readonly id: string;
  readonly expected: Expected;
  readonly arrivals: number;
  readonly letters: readonly string[];
  readonly excuses: number;
  readonly isWaiting: boolean;
  readonly isSkipped: boolean;
}

function endsOf(id: string, expected: Expected, seen: DestinationEvidence, handled: ReadonlySet<string>): Ends {
  const arrivals = seen.arrivals.get(id)?.count ?? 0;
  const letters = seen.letters.get(id) ?? [];
  const isOpen = arrivals === 0 && letters.length === 0;
  const isWaiting = isOpen && seen.waiting.has(id);
  const isSkipped = isOpen && !isWaiting && expected.outcome === 'skipped' && handled.has(id);
  return { id, expected, arrivals, letters, excuses: seen.excuses.get(id) ?? 0, isWaiting, isSkipped };
}

function problemOf({ expected, arrivals, letters, excuses, isWaiting, isSkipped }: Ends): string | undefined {
  if (isWaiting) return undefined;
  const ends = [
    ...(arrivals > 0 ? ['delivered'] : []),
    ...[...new Set(letters)].map((code) => `dead with ${code}`),
    ...(isSkipped ? ['skipped'] : []),
  ];
  const wanted = expected.outcome === 'dead' ? `dead with ${expected.code}` : expected.outcome;
  if (ends.length === 0) return `missing: not ${wanted}`;
  if (ends.length > 1 || ends[0] !== wanted) return `${ends.join(' and ')}, not ${wanted}`;
  const extra = arrivals + letters.length - 1;
  return extra > excuses ? `extra: ${extra} more than once, and faults explain ${excuses}` : undefined;
}
