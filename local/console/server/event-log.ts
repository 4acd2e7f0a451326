import { eventNameOf, messageIdOf } from '../../../commands/dead-letters/letter.ts';
import { Fifo } from '../../../shared/lib/fifo.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import type { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import { loggedId } from '../../../shared/queue/logged-id.ts';
import type { EventMessage } from '../../../shared/queue/message.ts';
import { type Entry, type EntryFacts, followedEntry, lineOf } from './entry.ts';
import { Ledger } from './ledger.ts';
import { type MessageText, MessageTexts } from './message-texts.ts';
import { Namesakes } from './namesakes.ts';
import type { RefusalLine } from '../../runtime/refusal-line.ts';
import { Rates } from './rates.ts';
import type { DestinationOutcome, EventLine, LetterFacts, Outcome } from './wire.ts';

export interface EventLogOptions {
  /** Destinations that get a source's events, by the configuration of the moment. */
  readonly destinationsOf: (source: string) => readonly string[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Events that are shown. @defaultValue 5000 */
  readonly capacity?: number;
}

/** Outcomes of one destination and mapping, as the deliver function prints them. */
export interface OutcomeGroup {
  /** None when the event's source has no destination any more. */
  readonly destination?: string | undefined;
  readonly mapping?: string | undefined;
  readonly outcome: Outcome;
  readonly reason?: string | undefined;
  readonly messageIds: readonly string[];
}

/** The parts of a message that the log reads; it takes the rest as ingest wrote it. */
export type LoggedMessage = Pick<EventMessage, 'source' | 'events' | 'retry'>;

const defaultCapacity = 5_000;
/** Of the messages' own text; the oldest go first. */
const mostTextCharacters = 32 * 1024 * 1024;
/** Names told of one reason. */
const mostNames = 3;
/** Changed lines handed out at once; a burst of thousands takes its turns. */
const mostChanges = 1_000;

/**
 * Follows the latest events, put together from what passes by: messages on the queues and lines of the functions. Each
 * step costs the same at any backlog. Bounded: of older events only those are remembered that still lack an outcome,
 * since the balance counts them, and as many settled ones as twice those shown, of which a late line may still tell.
 */
export class EventLog {
  readonly rates = new Rates();
  readonly ledger = new Ledger();
  readonly #options: EventLogOptions;
  readonly #capacity: number;
  /** By sequence number, modulo the capacity. */
  readonly #shown: (Entry | undefined)[] = [];
  /** By message id, as logs show it. Sent twice under one id, an event is there twice. */
  readonly #byId = new Map<string, Entry | Namesakes>();
  /** Settled and no longer shown, in the order in which they are forgotten. */
  readonly #settled = new Fifo<Entry>();
  readonly #texts = new MessageTexts(mostTextCharacters);
  readonly #changed = new Set<Entry>();
  /** Names of events that were not delivered, by reason, since they were taken last. */
  #names = new Map<string, string[]>();
  #lastSeq = 0;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? defaultCapacity;
  }

  /**
   * A message was put on the events queue: by ingest, or with `retry` what is still owed.
   *
   * @returns the events that it brought, for `handedOver`
   */
  queued(message: LoggedMessage, body: string = JSON.stringify(message)): readonly Entry[] {
    const { source, events, retry } = message;
    const at = this.#options.now();
    if (retry === undefined) {
      const destinations = this.#options.destinationsOf(source);
      this.rates.received(at, events.length);
      const text = this.#texts.keep(body);
      return events.map((event, position) =>
        this.#add({ ...factsOf(event), source, queuedAt: at }, destinations, text, position),
      );
    }
    let text: MessageText | undefined;
    const { destination, mappings } = retry;
    return events.map((event, position) => {
      const known = this.#find(idInLog(event.messageId), destination, 'dead');
      if (known === undefined) text ??= this.#texts.keep(body);
      const entry = known ?? this.#carryOver(source, event, [destination], text, position);
      entry.retries++;
      for (const mapping of mappings) {
        const before = outcomeOf(entry, destination, mapping);
        const reason = before?.outcome === 'dead' ? 'redriven' : (before?.reason ?? 'put_back');
        this.#settle(entry, { destination, mapping, outcome: 'waiting', reason, at });
      }
      return entry;
    });
  }

  /** Events that `queued` gave were handed to the deliver function. */
  handedOver(entries: readonly Entry[]): void {
    const at = this.#options.now();
    for (const entry of entries) if (entry.takenAt === undefined) this.#take(entry, at);
  }

  /** A message was handed to the deliver function that did not pass `queued`: it is from before the start, or comes again. */
  taken({ source, events, retry }: LoggedMessage, body?: string): void {
    const at = this.#options.now();
    let text: MessageText | undefined;
    events.forEach((event, position) => {
      const id = idInLog(event.messageId);
      const known = this.#byId.get(id);
      if (known === undefined) {
        text ??= body === undefined ? undefined : this.#texts.keep(body);
        const destinations = retry ? [retry.destination] : this.#options.destinationsOf(source);
        this.#take(this.#carryOver(source, event, destinations, text, position), at);
        return;
      }
      if (retry !== undefined) return;
      const entry = known instanceof Namesakes ? known.untaken() : known;
      if (entry?.takenAt === undefined && entry !== undefined) this.#take(entry, at);
    });
  }

  outcomes(groups: readonly OutcomeGroup[]): void {
    const at = this.#options.now();
    for (const { destination = '', mapping, outcome, reason, messageIds } of groups) {
      const next = { destination, outcome, at, ...(mapping && { mapping }), ...(reason && { reason }) };
      for (const messageId of messageIds) {
        const entry = this.#find(messageId, destination);
        if (entry === undefined) continue;
        const before = outcomeOf(entry, destination, mapping);
        // What was put back is on the queue before the line is printed, so it may have arrived by now.
        if (outcome === 'waiting' && before !== undefined && before.outcome !== 'waiting') continue;
        if (outcome === 'delivered' && before?.outcome !== 'delivered') this.rates.delivered(at, at - entry.receivedAt);
        this.#settle(entry, next);
        if (reason !== undefined && outcome !== 'delivered') this.#note(reason, entry.name);
      }
    }
  }

  /** Some names of the events that were not delivered since the last call, by reason. */
  takeNames(): ReadonlyMap<string, readonly string[]> {
    const names = this.#names;
    this.#names = new Map();
    return names;
  }

  #note(reason: string, name: string): void {
    const names = this.#names.get(reason) ?? [];
    if (names.length > mostNames || names.includes(name)) return;
    this.#names.set(reason, [...names, names.length === mostNames ? '…' : name]);
  }

  /**
   * A dead letter was written.
   *
   * @param key its name in the dead letter queue
   */
  letter(letter: DeadLetter, body: string = JSON.stringify(letter), key?: string): void {
    const at = this.#options.now();
    const { version: _, event, ...facts } = letter;
    const { stage, code, source = '', destination, mapping } = facts satisfies LetterFacts;
    if (stage === 'ingest') {
      const receivedAt = Date.parse(letter.firstFailedAt) || at;
      const own = factsOf(event);
      const id = own.messageId === '' && key !== undefined ? { id: key } : {};
      const rejected = { ...own, ...id, source, receivedAt, settledAt: at, rejected: true };
      this.#add(rejected, [], this.#texts.keep(body), undefined).letters = [facts];
      this.ledger.rejected(code);
      return;
    }
    const messageId = messageIdOf(event);
    const entry =
      messageId === undefined || destination === undefined ? undefined : this.#find(idInLog(messageId), destination);
    if (entry === undefined || destination === undefined) return;
    entry.letters = [...entry.letters, facts];
    this.#settle(entry, { destination, outcome: 'dead', reason: code, at, ...(mapping && { mapping }) });
  }

  /** The ingest function refused a whole request, or several alike: one row, which is no event and counts as none. */
  refused({ status, code, reason, fix, source = '', requests }: RefusalLine): void {
    const at = this.#options.now();
    const failedAt = new Date(at).toISOString();
    const name = requests === 1 ? 'Request refused' : `${requests} requests refused`;
    const row = { source, type: `HTTP ${status}`, name, settledAt: at, rejected: true };
    const facts = { code, reason, fix, attempts: 0, firstFailedAt: failedAt, lastFailedAt: failedAt };
    this.#add(row, [], undefined, undefined).letters = [{ stage: 'ingest', ...facts }];
  }

  /** The ingest function took an event, but read a member otherwise than it was sent. */
  warned(messageId: string, code: string, path: string): void {
    const known = this.#byId.get(messageId);
    const entry = known instanceof Namesakes ? known.latest : known;
    if (entry === undefined) return;
    entry.warnings = [...entry.warnings, `${code}: ${path}`];
    this.#change(entry);
  }

  /** The queue itself moved an event to the dead letters. Does nothing if that is known. */
  movedByQueue(letter: DeadLetter): void {
    const known = this.#byId.get(idInLog(messageIdOf(letter.event) ?? ''));
    const entry = known instanceof Namesakes ? known.open(this.ledger.isOpen) : known;
    if (entry === undefined || !this.ledger.isOpen(entry)) return;
    for (const destination of letter.destination === undefined ? entry.destinations : [letter.destination]) {
      this.letter({ ...letter, destination });
    }
  }

  /** Newest first. */
  lines(): readonly EventLine[] {
    const lines: EventLine[] = [];
    for (let seq = this.#lastSeq; seq > Math.max(0, this.#lastSeq - this.#capacity); seq--) {
      const entry = this.entry(seq);
      if (entry !== undefined) lines.push(lineOf(entry));
    }
    return lines;
  }

  /** Number of the event that came last. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Events that are shown and came under an id, the latest first. */
  entriesOf(id: string): readonly Entry[] {
    return this.#shown.filter((entry) => entry?.id === id).toSorted((a, b) => (b?.seq ?? 0) - (a?.seq ?? 0)) as Entry[];
  }

  /** Events that are shown with numbers above one and up to another, oldest first. */
  *entriesAfter(since: number, upTo: number): Generator<Entry> {
    for (let seq = Math.max(since, upTo - this.#capacity) + 1; seq <= upTo; seq++) {
      const entry = this.entry(seq);
      if (entry !== undefined) yield entry;
    }
  }

  entry(seq: number): Entry | undefined {
    const entry = this.#shown[seq % this.#capacity];
    return entry?.seq === seq ? entry : undefined;
  }

  /** The lines that changed since they were taken last, the first thousand of them. */
  takeChanges(): readonly EventLine[] {
    const lines: EventLine[] = [];
    for (const entry of this.#changed) {
      if (lines.length === mostChanges) break;
      this.#changed.delete(entry);
      lines.push(lineOf(entry));
    }
    return lines;
  }

  #take(entry: Entry, at: number): void {
    // An event that was put back is owed to one destination, whatever its source has by now.
    if (entry.retries === 0) this.ledger.reassign(entry, this.#options.destinationsOf(entry.source));
    entry.takenAt = at;
    this.#change(entry);
  }

  #settle(entry: Entry, next: DestinationOutcome): void {
    const wasOpen = this.ledger.isOpen(entry);
    this.ledger.settle(entry, next);
    entry.settledAt = next.at;
    this.#change(entry);
    const isOpen = this.ledger.isOpen(entry);
    if (!wasOpen && isOpen) {
      const known = this.#byId.get(idInLog(entry.messageId));
      if (known instanceof Namesakes) known.reopened();
    } else if (wasOpen && !isOpen && this.entry(entry.seq) !== entry) this.#forgetLater(entry);
  }

  #change(entry: Entry): void {
    if (this.entry(entry.seq) === entry) this.#changed.add(entry);
  }

  /**
   * The entry that an outcome is about: of events with the same id the first that still lacks one at the destination.
   *
   * @param rather an outcome that is looked for before any other
   */
  #find(id: string, destination: string, rather?: Outcome): Entry | undefined {
    const known = this.#byId.get(id);
    if (!(known instanceof Namesakes)) return known;
    const at = (entry: Entry): readonly DestinationOutcome[] =>
      entry.outcomes.filter((outcome) => outcome.destination === destination);
    return (
      (rather && known.recent((entry) => at(entry).some(({ outcome }) => outcome === rather))) ??
      known.open(this.ledger.isOpen, (entry) => at(entry).every(({ outcome }) => outcome === 'waiting')) ??
      known.latest
    );
  }

  /** An event from before the start, or one that was forgotten since. */
  #carryOver(
    source: string,
    event: unknown,
    destinations: readonly string[],
    text: MessageText | undefined,
    position: number,
  ): Entry {
    return this.#add({ ...factsOf(event), source, queuedAt: this.#options.now() }, destinations, text, position);
  }

  #add(
    facts: Partial<EntryFacts> & Pick<EntryFacts, 'source'>,
    destinations: readonly string[],
    text: MessageText | undefined,
    position: number | undefined,
  ): Entry {
    const entry = followedEntry({
      ...facts,
      seq: ++this.#lastSeq,
      receivedAt: facts.receivedAt ?? this.#options.now(),
      destinations: destinations.length > 1 ? [...new Set(destinations)] : destinations,
      text,
      position,
    });
    const slot = entry.seq % this.#capacity;
    const oldest = this.#shown[slot];
    if (oldest !== undefined) this.#hide(oldest);
    this.#shown[slot] = entry;
    this.#changed.add(entry);
    if (entry.rejected) return entry;
    this.ledger.accept(entry);
    const id = idInLog(entry.messageId);
    const known = this.#byId.get(id);
    if (known === undefined) this.#byId.set(id, entry);
    else if (known instanceof Namesakes) known.add(entry);
    else this.#byId.set(id, new Namesakes([known, entry]));
    return entry;
  }

  #hide(entry: Entry): void {
    entry.text = undefined;
    this.#changed.delete(entry);
    if (!entry.rejected && !this.ledger.isOpen(entry)) this.#forgetLater(entry);
  }

  #forgetLater(entry: Entry): void {
    this.#settled.push(entry);
    while (this.#settled.size > 2 * this.#capacity) this.#forget(this.#settled.shift());
  }

  #forget(entry: Entry | undefined): void {
    // A redriven event is open again, and comes back here when it is settled.
    if (entry === undefined || entry.isForgotten || this.ledger.isOpen(entry)) return;
    entry.isForgotten = true;
    const id = idInLog(entry.messageId);
    const known = this.#byId.get(id);
    if (known instanceof Namesakes) {
      known.forgot();
      if (!known.isEmpty) return;
    }
    this.#byId.delete(id);
  }
}

const idInLog = (messageId: string): string => loggedId(messageId, sha256Hex);

const outcomeOf = (entry: Entry, destination: string, mapping: string | undefined): DestinationOutcome | undefined =>
  entry.outcomes.find((one) => one.destination === destination && one.mapping === mapping);

function factsOf(event: unknown): Pick<Entry, 'messageId' | 'type' | 'name'> & { receivedAt?: number } {
  const { type, receivedAt } = (event ?? {}) as { readonly type?: unknown; readonly receivedAt?: unknown };
  const received = typeof receivedAt === 'string' ? Date.parse(receivedAt) : Number.NaN;
  return {
    messageId: messageIdOf(event) ?? '',
    type: typeof type === 'string' ? type : '',
    name: eventNameOf(event),
    ...(!Number.isNaN(received) && { receivedAt: received }),
  };
}
