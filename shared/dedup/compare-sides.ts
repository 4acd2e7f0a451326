import { dedupFaults, type DedupFault } from './dedup-faults.ts';

/** An event as one side gave it to Meta. */
export interface Sighting {
  readonly name: string;
  /** Missing where it went without one. */
  readonly id?: string | undefined;
  /** When Meta got it, in epoch milliseconds. */
  readonly at: number;
  readonly testCode?: string | undefined;
  /** Whose it was, in any form that both sides share; only to tell two visitors apart. */
  readonly visitor?: string | undefined;
}

export interface DedupFinding {
  readonly fault: DedupFault;
  /** Event name: of the browser's side where the two differ. */
  readonly name: string;
  readonly count: number;
  /** Part of the events of that name, 0 to 1. */
  readonly share: number;
  /** Ids, at most three: `browser / server` where they differ. */
  readonly samples: readonly string[];
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
}

/** How many events of a name each side has. */
export interface DedupCounts {
  readonly name: string;
  readonly both: number;
  readonly browserOnly: number;
  readonly serverOnly: number;
}

export interface DedupReport {
  readonly names: readonly DedupCounts[];
  readonly findings: readonly DedupFinding[];
}

const hourMs = 3_600_000;
const windowMs = 48 * hourMs;
/** The same call, noticed twice; and clocks that differ a little. */
const sameMomentMs = 1_500;
/** Two events of one name so close are one thing that was told twice. */
const togetherMs = 5_000;
/** Visitors reload the page of an order, under the same id: that is what ids are for. */
const fewestReuses = { browser: 3, server: 2 } as const;
/** Blockers keep this part of the browser's events away, more or less. */
const usuallyBlocked = 0.5;
/** Of the browser's events, the last of a day may still be on their way to the server. */
const usuallyOnTheWay = 0.02;

/** Compares what the browser's Pixel and the server gave to Meta, by name and id, and names what keeps Meta from counting once. */
export function compareSides(browser: readonly Sighting[], server: readonly Sighting[]): DedupReport {
  const found = new Findings();
  const page = once(browser);
  const there = once(server);
  const browserKeys = group(page);
  const serverKeys = group(there);
  reportReuse(browserKeys, 'browser', found);
  reportReuse(serverKeys, 'server', found);

  const paired = new Set<string>();
  for (const [key, mine] of browserKeys) {
    const theirs = serverKeys.get(key);
    if (theirs === undefined) continue;
    paired.add(key);
    comparePair(...nearestPair(mine, theirs), found);
  }

  const leftServer = new Map(
    [...serverKeys].filter(([key]) => !paired.has(key)).map(([key, [one]]) => [key, one as Sighting]),
  );
  const matchedTimes = timesOf([...browserKeys].filter(([key]) => paired.has(key)).flatMap(([, each]) => each));
  const claimed = new Set<string>();
  const lookup = new ServerLookup([...leftServer.values()]);
  const alone: Sighting[] = [];
  for (const mine of page) {
    if (mine.id !== undefined && paired.has(keyOf(mine))) continue;
    if (isNear(matchedTimes.get(momentOf(mine)), mine.at)) found.add('sent_twice', mine.name, mine.id ?? '(none)');
    else if (mine.id === undefined) {
      found.add('id_missing', mine.name, '(none)');
      const partner = lookup.nearest(mine, claimed);
      if (partner !== undefined) claimed.add(keyOf(partner));
    } else {
      const partner = lookup.similar(mine);
      if (partner === undefined) alone.push(mine);
      else {
        claimed.add(keyOf(partner.event));
        found.add(
          partner.fault,
          mine.name,
          partner.fault === 'name_differs'
            ? `${mine.name} / ${partner.event.name}`
            : `${mine.id} / ${partner.event.id}`,
        );
      }
    }
  }
  const serverAlone = [...leftServer].filter(([key]) => !claimed.has(key)).map(([, event]) => event);
  const names = countNames(page, there, paired, alone, serverAlone);
  const onServer = countBy([...serverKeys.values()].map(([one]) => one as Sighting));
  for (const { name, both, browserOnly, serverOnly } of names) {
    // Ids that stand for several events leave those of the other side without a partner.
    if (found.has('id_reused', name)) continue;
    const ofBrowser = both + browserOnly;
    if (browserOnly > usuallyOnTheWay * ofBrowser) {
      for (const { id = '(none)' } of alone.filter((each) => each.name === name)) found.add('browser_only', name, id);
    }
    // Of all that the server sent: those whose partner goes by another name or id were given to the Pixel.
    if (serverOnly > usuallyBlocked * (onServer.get(name) ?? 0)) {
      for (const { id = '(none)' } of serverAlone.filter((each) => each.name === name))
        found.add('server_only', name, id);
    }
  }
  return { names, findings: found.list(totals(page, there)) };
}

const keyOf = ({ name, id }: Sighting): string => `${name}\n${id ?? ''}`;

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Without what was noticed twice: hooks, retries and beacons tell the same call again. */
function once(sightings: readonly Sighting[]): Sighting[] {
  const last = new Map<string, number>();
  return [...sightings]
    .sort((one, other) => one.at - other.at)
    .filter((each) => {
      const key = keyOf(each);
      const before = last.get(key);
      const isSame = each.id !== undefined && before !== undefined && each.at - before <= sameMomentMs;
      last.set(key, each.at);
      return !isSame;
    });
}

function group(sightings: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const each of sightings) {
    if (each.id === undefined) continue;
    push(groups, keyOf(each), each);
  }
  return groups;
}

function reportReuse(
  groups: ReadonlyMap<string, readonly Sighting[]>,
  side: 'browser' | 'server',
  found: Findings,
): void {
  for (const each of groups.values()) {
    const [first] = each;
    if (first !== undefined && each.length >= fewestReuses[side])
      found.add('id_reused', first.name, first.id ?? '', each.length);
  }
}

/** Of several with one key, those two that are closest in time: what is sent again later is not what the other side told. */
function nearestPair(mine: readonly Sighting[], theirs: readonly Sighting[]): [Sighting, Sighting] {
  let nearest: [Sighting, Sighting] = [mine[0] as Sighting, theirs[0] as Sighting];
  // Both are in the order of time.
  for (let [a, b] = [0, 0]; a < mine.length && b < theirs.length; ) {
    const [one, other] = [mine[a] as Sighting, theirs[b] as Sighting];
    if (Math.abs(one.at - other.at) < Math.abs(nearest[0].at - nearest[1].at)) nearest = [one, other];
    if (one.at < other.at) a++;
    else b++;
  }
  return nearest;
}

function comparePair(mine: Sighting, theirs: Sighting, found: Findings): void {
  const { name, id = '' } = mine;
  if (Math.abs(mine.at - theirs.at) > windowMs) found.add('gap_too_long', name, id);
  else if (mine.at - theirs.at > sameMomentMs) found.add('server_first', name, id);
  if ((mine.testCode === undefined) !== (theirs.testCode === undefined)) found.add('test_code_one_side', name, id);
}

/** Events that may be one thing told twice: of one name and one visitor. */
const momentOf = ({ name, visitor = '' }: Sighting): string => `${name}\n${visitor}`;

function timesOf(sightings: readonly Sighting[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const each of sightings) push(times, momentOf(each), each.at);
  for (const list of times.values()) list.sort((one, other) => one - other);
  return times;
}

/** Whether a sorted list has a time close to one, found by halving. */
function isNear(times: readonly number[] = [], at: number): boolean {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] as number) < at - togetherMs) from = middle + 1;
    else to = middle;
  }
  return from < times.length && (times[from] as number) <= at + togetherMs;
}

const numberForm = /^0*(\d+?)(?:\.0+)?$/;
const plainNumber = (id: string): string | undefined => numberForm.exec(id)?.[1];
/** Parts of an id that stay whole when something is put around it. */
const partsOf = (id: string): string[] => [
  ...new Set([...(id.match(/[A-Za-z0-9]{3,}/g) ?? []), ...(id.match(/\d{3,}|[A-Za-z]{3,}/g) ?? [])]),
];
/** Ids that share a part are looked at one by one, up to so many. */
const mostAlike = 1_000;

type Similar = { readonly fault: DedupFault; readonly event: Sighting };

/** Finds the server's event that an event of the browser is meant to be. */
class ServerLookup {
  private readonly byId = new Map<string, Sighting>();
  private readonly byCase = new Map<string, Sighting>();
  private readonly byNumber = new Map<string, Sighting>();
  private readonly byPart = new Map<string, Sighting[]>();
  private readonly byName = new Map<string, Sighting[]>();

  constructor(events: readonly Sighting[]) {
    for (const event of events) {
      const { name, id } = event;
      push(this.byName, name, event);
      if (id === undefined) continue;
      this.byId.set(id, event);
      this.byCase.set(`${name}\n${id.toLowerCase()}`, event);
      const number = plainNumber(id);
      if (number !== undefined) this.byNumber.set(`${name}\n${number}`, event);
      for (const part of partsOf(id)) push(this.byPart, `${name}\n${part}`, event);
    }
  }

  similar({ name, id = '' }: Sighting): Similar | undefined {
    const same = this.byId.get(id);
    if (same !== undefined) return { fault: 'name_differs', event: same };
    const cased = this.byCase.get(`${name}\n${id.toLowerCase()}`);
    if (cased !== undefined) return { fault: 'id_case', event: cased };
    const number = plainNumber(id);
    const typed = number === undefined ? undefined : this.byNumber.get(`${name}\n${number}`);
    if (typed !== undefined) return { fault: 'id_type', event: typed };
    const around = this.around(name, id);
    return around === undefined ? undefined : { fault: 'id_prefix', event: around };
  }

  /** The event whose id is this one with something around it, or the other way round. */
  private around(name: string, id: string): Sighting | undefined {
    const alike = partsOf(id).flatMap((part) => {
      const events = this.byPart.get(`${name}\n${part}`);
      return events === undefined ? [] : [events];
    });
    // What most ids have in common tells none of them apart.
    const [rarest = []] = alike.sort((one, other) => one.length - other.length);
    return rarest
      .slice(0, mostAlike)
      .find((event) => event.id !== undefined && (event.id.includes(id) || id.includes(event.id)));
  }

  /** The event of the same name that happened at about the same time and has no partner yet. */
  nearest({ name, at }: Sighting, claimed: ReadonlySet<string>): Sighting | undefined {
    return this.byName.get(name)?.find((event) => Math.abs(event.at - at) < 5 * 60_000 && !claimed.has(keyOf(event)));
  }
}

/** Collects faults by kind and event name. */
class Findings {
  private readonly found = new Map<string, { fault: DedupFault; name: string; count: number; samples: string[] }>();

  add(fault: DedupFault, name: string, sample: string, count = 1): void {
    const key = `${fault}\n${name}`;
    const entry = this.found.get(key) ?? { fault, name, count: 0, samples: [] };
    entry.count += count;
    if (entry.samples.length < 3) entry.samples.push(sample);
    this.found.set(key, entry);
  }

  has(fault: DedupFault, name: string): boolean {
    return this.found.has(`${fault}\n${name}`);
  }

  /** @param totals events by name, of the side that has more */
  list(totals: ReadonlyMap<string, number>): DedupFinding[] {
    return [...this.found.values()]
      .map((entry) => ({
        ...entry,
        share: Math.min(1, entry.count / Math.max(1, totals.get(entry.name) ?? 1)),
        ...dedupFaults[entry.fault],
      }))
      .sort((one, other) => other.count - one.count || one.fault.localeCompare(other.fault));
  }
}

function totals(...sides: readonly (readonly Sighting[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const side of sides) {
    for (const [name, count] of countBy(side)) counts.set(name, Math.max(count, counts.get(name) ?? 0));
  }
  return counts;
}

function countBy(sightings: readonly Sighting[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of sightings) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function countNames(
  page: readonly Sighting[],
  there: readonly Sighting[],
  paired: ReadonlySet<string>,
  alone: readonly Sighting[],
  serverAlone: readonly Sighting[],
): DedupCounts[] {
  const names = [...new Set([...page, ...there].map(({ name }) => name))].sort();
  const countOf = (list: readonly Sighting[], name: string): number => list.filter((each) => each.name === name).length;
  return names.map((name) => ({
    name,
    both: [...paired].filter((key) => key.startsWith(`${name}\n`)).length,
    browserOnly: countOf(alone, name),
    serverOnly: countOf(serverAlone, name),
  }));
}
