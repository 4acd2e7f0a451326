import type { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import type { EventMessage } from '../../../shared/queue/message.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { loggedId } from '../../../shared/queue/logged-id.ts';
import { eventNameOf, messageIdOf } from '../../../commands/dead-letters/letter.ts';
import { type Entry, followedEntry, lineOf } from './entry.ts';
import { Ledger } from './ledger.ts';
import type { RefusalLine } from '../../runtime/refusal-line.ts';
import { Rates } from './rates.ts';
import type { EventLine, Fate, LetterFacts, Outcome } from './wire.ts';

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

const defaultCapacity = 5_000;
/** Of the events' own text; the oldest go first. */
const mostTextCharacters = 32 * 1024 * 1024;

/**
 * What became of the latest events, put together from what passes by: messages on the queues and lines of the functions.
 * Bounded: of older events only those are remembered that still have no outcome, since the balance counts them.
 */
export class EventLog {
  readonly rates = new Rates();
  readonly ledger = new Ledger();
  readonly #options: EventLogOptions;
  readonly #capacity: number;
  readonly #shown = new Map<number, Entry>();
  /** By message id, as logs show it. Sent twice under one id, an event is there twice. */
  readonly #byId = new Map<string, Entry[]>();
  readonly #withText = new Set<Entry>();
  readonly #changed = new Set<Entry>();
  #textCharacters = 0;
  #lastSeq = 0;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? defaultCapacity;
  }

  /** A message was put on the events queue: by ingest, or with `retry` what is still owed. */
  queued({ source, events, retry }: EventMessage): void {
    const at = this.#options.now();
    for (const event of events) {
      if (retry === undefined) {
        this.#add({ ...factsOf(event), source, queuedAt: at }, this.#options.destinationsOf(source), event);
        this.rates.received(at);
        continue;
      }
      const { destination, mappings } = retry;
      const entry =
        this.#find(idInLog(event.messageId), destination, 'dead') ?? this.#carryOver(source, event, [destination]);
      entry.retries++;
      for (const mapping of mappings) {
        const before = entry.fates.get(keyOf(destination, mapping));
        const reason = before?.outcome === 'dead' ? 'redriven' : (before?.reason ?? 'put_back');
        this.#settle(entry, { destination, mapping, outcome: 'waiting', reason, at });
      }
    }
  }

  /** A message was handed to the deliver function. */
  taken({ source, events, retry }: EventMessage): void {
    const at = this.#options.now();
    for (const event of events) {
      const known = this.#byId.get(idInLog(event.messageId));
      if (retry !== undefined && known !== undefined) continue;
      const destinations = retry ? [retry.destination] : this.#options.destinationsOf(source);
      const entry = known?.find(({ takenAt }) => takenAt === undefined);
      if (entry === undefined && known !== undefined) continue;
      const taken = entry ?? this.#carryOver(source, event, destinations);
      if (entry !== undefined && retry === undefined) this.ledger.reassign(entry, [...new Set(destinations)]);
      taken.takenAt = at;
      this.#changed.add(taken);
    }
  }

  outcomes(groups: readonly OutcomeGroup[]): void {
    const at = this.#options.now();
    for (const { destination = '', mapping, outcome, reason, messageIds } of groups) {
      for (const messageId of messageIds) {
        const entry = this.#find(messageId, destination);
        if (entry === undefined) continue;
        const before = entry.fates.get(keyOf(destination, mapping));
        // What was put back is on the queue before the line is printed, so it may have arrived by now.
        if (outcome === 'waiting' && before !== undefined && before.outcome !== 'waiting') continue;
        if (outcome === 'delivered' && before?.outcome !== 'delivered') this.rates.delivered(at, at - entry.receivedAt);
        this.#settle(entry, { destination, outcome, at, ...(mapping && { mapping }), ...(reason && { reason }) });
      }
    }
  }

  /** A dead letter was written. */
  letter(letter: DeadLetter): void {
    const at = this.#options.now();
    const { version: _, event, ...told } = letter;
    const { stage, code, source = '', destination, mapping } = told satisfies LetterFacts;
    if (stage === 'ingest') {
      const receivedAt = Date.parse(letter.firstFailedAt) || at;
      const entry = this.#add({ ...factsOf(event), source, receivedAt, settledAt: at, rejected: true }, [], event);
      entry.letters.push(told);
      this.ledger.rejected(code);
      return;
    }
    const messageId = messageIdOf(event);
    const entry =
      messageId === undefined || destination === undefined ? undefined : this.#find(idInLog(messageId), destination);
    if (entry === undefined || destination === undefined) return;
    entry.letters.push(told);
    this.#settle(entry, { destination, outcome: 'dead', reason: code, at, ...(mapping && { mapping }) });
  }

  /** The ingest function refused a whole request, or several alike: one row, which is no event and counts as none. */
  refused({ status, code, reason, fix, source = '', requests }: RefusalLine): void {
    const at = this.#options.now();
    const failedAt = new Date(at).toISOString();
    const name = requests === 1 ? 'Request refused' : `${requests} requests refused`;
    const entry = this.#add({ source, type: `HTTP ${status}`, name, settledAt: at, rejected: true }, [], undefined);
    entry.letters.push({
      stage: 'ingest',
      ...{ code, reason, fix, attempts: 0, firstFailedAt: failedAt, lastFailedAt: failedAt },
    });
  }

  /** The ingest function took an event, but read a member otherwise than it was sent. */
  warned(messageId: string, code: string, path: string): void {
    const entry = this.#byId.get(messageId)?.at(-1);
    if (entry === undefined) return;
    entry.warnings.push(`${code}: ${path}`);
    this.#changed.add(entry);
  }

  /** The queue itself moved an event to the dead letters. Does nothing if that is known. */
  movedByQueue(letter: DeadLetter): void {
    const entry = this.#byId.get(idInLog(messageIdOf(letter.event) ?? ''))?.find((one) => this.ledger.isOpen(one));
    if (entry === undefined) return;
    for (const destination of letter.destination === undefined ? entry.destinations : [letter.destination]) {
      this.letter({ ...letter, destination });
    }
  }

  /** Newest first. */
  lines(): readonly EventLine[] {
    return [...this.#shown.values()].reverse().map(lineOf);
  }

  entry(seq: number): Entry | undefined {
    return this.#shown.get(seq);
  }

  /** The lines that changed since the last call. */
  takeChanges(): readonly EventLine[] {
    const lines = [...this.#changed].filter(({ seq }) => this.#shown.has(seq)).map(lineOf);
    this.#changed.clear();
    return lines;
  }

  #settle(entry: Entry, fate: Fate): void {
    this.ledger.change(entry, () => entry.fates.set(keyOf(fate.destination, fate.mapping), fate));
    entry.settledAt = fate.at;
    this.#changed.add(entry);
  }

  /**
   * The entry that an outcome is about: of events with the same id the first that still lacks one at the destination.
   *
   * @param rather an outcome that is looked for before any other
   */
  #find(id: string, destination: string, rather?: Outcome): Entry | undefined {
    const entries = this.#byId.get(id);
    if (entries === undefined || entries.length < 2) return entries?.[0];
    const fatesOf = (entry: Entry): Fate[] =>
      [...entry.fates.values()].filter((fate) => fate.destination === destination);
    return (
      entries.find((entry) => fatesOf(entry).some(({ outcome }) => outcome === rather)) ??
      entries.find((entry) => fatesOf(entry).every(({ outcome }) => outcome === 'waiting')) ??
      entries.at(-1)
    );
  }

  /** An event from before the start, or one that was forgotten since. */
  #carryOver(source: string, event: unknown, destinations: readonly string[]): Entry {
    return this.#add({ ...factsOf(event), source, queuedAt: this.#options.now() }, destinations, event);
  }

  #add(facts: Partial<Entry> & Pick<Entry, 'source'>, destinations: readonly string[], event: unknown): Entry {
    const entry = followedEntry({
      ...facts,
      seq: ++this.#lastSeq,
      receivedAt: facts.receivedAt ?? this.#options.now(),
      destinations: [...new Set(destinations)],
      text: event === undefined ? undefined : JSON.stringify(event),
    });
    this.#shown.set(entry.seq, entry);
    this.#changed.add(entry);
    if (!entry.rejected) {
      this.ledger.accept(entry);
      const id = idInLog(entry.messageId);
      const others = this.#byId.get(id);
      if (others === undefined) this.#byId.set(id, [entry]);
      else others.push(entry);
    }
    this.#withText.add(entry);
    this.#textCharacters += entry.text?.length ?? 0;
    this.#forgetOld();
    return entry;
  }

  #forgetOld(): void {
    for (const entry of this.#withText) {
      if (this.#textCharacters <= mostTextCharacters) break;
      this.#dropText(entry);
    }
    for (const [seq, entry] of this.#shown) {
      if (this.#shown.size <= this.#capacity) break;
      this.#shown.delete(seq);
      this.#dropText(entry);
    }
    if (this.#byId.size > 2 * this.#capacity) this.#forgetSettled();
  }

  #dropText(entry: Entry): void {
    if (!this.#withText.delete(entry)) return;
    this.#textCharacters -= entry.text?.length ?? 0;
    entry.text = undefined;
  }

  #forgetSettled(): void {
    for (const [messageId, entries] of this.#byId) {
      const kept = entries.filter((entry) => this.#shown.has(entry.seq) || this.ledger.isOpen(entry));
      if (kept.length === 0) this.#byId.delete(messageId);
      else if (kept.length < entries.length) this.#byId.set(messageId, kept);
    }
  }
}

const idInLog = (messageId: string): string => loggedId(messageId, sha256Hex);

const keyOf = (destination: string, mapping: string | undefined): string => `${destination}\n${mapping ?? ''}`;

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
