import type { Destination } from '../queue/destination.ts';
import type { EventMessage, RetryState } from '../queue/message.ts';
import { wholeEvent } from '../queue/message-reader.ts';
import type { QueuedEvent } from '../queue/queued-message.ts';
import { eventNameOf } from '../record/event-name.ts';
import { receiptVersion } from '../record/receipt-version.ts';
import type { Recorder } from '../record/recorder.ts';
import type { Outcome, OwedEvent, SentFacts, SentRequest } from './outcome.ts';
import type { Verdict } from './plan.ts';

interface Origin {
  readonly source: string;
  readonly event: QueuedEvent;
}

const alwaysLooked = 20;
const oneIn = 64;

/** Writes what delivery decides and does as receipts. */
export class DeliveryReceipts {
  private readonly recorder: Pick<Recorder, 'add' | 'addLine' | 'idOf' | 'personsOf'>;

  constructor(recorder: Pick<Recorder, 'add' | 'addLine' | 'idOf' | 'personsOf'>) {
    this.recorder = recorder;
  }

  /** @param destination undefined when the source has none any more */
  verdict(verdict: Verdict, { destination, ...origin }: Origin & { destination: string | undefined }, now: Date): void {
    if (verdict.status === 'ready') return;
    const facts = { ...this.factsOf(origin, now), d: destination, m: verdict.mapping };
    if (verdict.status === 'skipped') this.recorder.add({ ...facts, k: 'skipped', r: verdict.reason });
    else this.recorder.add({ ...facts, k: 'dead', r: verdict.problems[0].code });
  }

  outcome(outcome: Outcome, now: Date): void {
    const { destination, mapping, retry, sent } = outcome.owed;
    const tries = retry?.attempt ?? 0;
    if (outcome.status === 'delivered' && sent === undefined && outcome.request !== undefined) {
      this.recorder.addLine(this.deliveredLine(outcome.owed, outcome.request, now));
      return;
    }
    const facts = { ...this.factsOf(outcome.owed, now), d: destination.name, m: mapping };
    if (outcome.status === 'delivered') {
      const { request } = outcome;
      this.recorder.add({
        ...facts,
        k: 'delivered',
        n: tries + 1,
        ...requestFacts(request),
        c: receivedOtherwise(request),
        i: sent?.eventId === undefined ? undefined : this.recorder.idOf(sent.eventId),
        mk: sent?.matchKeys,
      });
      return;
    }
    const { failure } = outcome;
    const { label, letter, request, unsent, action } = failure;
    if (outcome.status === 'dead') {
      this.recorder.add({ ...facts, k: 'dead', n: tries + 1, r: letter.code, f: label, ...requestFacts(request) });
      return;
    }
    const isTry = !unsent && action !== 'defer';
    // Of what waits untried for days, the first look says it all.
    if (!isTry && retry !== undefined) return;
    const n = isTry ? tries + 1 : tries;
    this.recorder.add({ ...facts, k: 'attempt', n, r: label, o: action, ...requestFacts(isTry ? request : undefined) });
  }

  /**
   * Facts about what is sent for an event, where there are any to tell. Match keys are looked at of the first events of an
   * invocation, and of every sixty-fourth after them: their shares are as true for it, and looking costs as much as all the rest of
   * a receipt.
   */
  sentOf(
    eventId: string | undefined,
    json: string,
    { members: { messageId } }: QueuedEvent,
    { matchKeysOf }: Pick<Destination, 'matchKeysOf'>,
  ): SentFacts | undefined {
    const number = this.looked++;
    const looks = number < alwaysLooked || number % oneIn === 0;
    const other = eventId === messageId ? undefined : eventId;
    return looks || other !== undefined
      ? { eventId: other, matchKeys: looks ? matchKeysOf?.(json) : undefined }
      : undefined;
  }

  private looked = 0;
  /** End of the last line, which most events of a request share, and what it was made of. */
  private ending = '';
  private lastRequest: SentRequest | undefined;
  private lastSource: string | undefined;
  private lastType: unknown;
  private lastName: unknown;
  private lastMapping: string | undefined;
  private lastRetry: RetryState | undefined;
  private lastReceivedAt = '';
  private lastReceivedMs = 0;

  /** The receipt of a usual delivery as `JSON.stringify` would write it, but for the order of its members. */
  private deliveredLine(
    { event: { members: event }, source, destination, mapping, retry }: OwedEvent,
    request: SentRequest,
    now: Date,
  ): string {
    const { type, event: name, receivedAt } = event;
    const isSame =
      this.lastRequest === request &&
      this.lastName === name &&
      this.lastSource === source &&
      this.lastType === type &&
      this.lastMapping === mapping &&
      this.lastRetry === retry;
    if (!isSame) {
      const n = (retry?.attempt ?? 0) + 1;
      const facts = { s: source, e: eventNameOf(event), d: destination.name, m: mapping, n };
      const rest = { ...facts, ...requestFacts(request), c: receivedOtherwise(request) };
      this.ending = `${JSON.stringify(rest).slice(1)}\n`;
      this.lastRequest = request;
      this.lastSource = source;
      this.lastType = type;
      this.lastName = name;
      this.lastMapping = mapping;
      this.lastRetry = retry;
    }
    // Events of one call were received together.
    if (receivedAt !== this.lastReceivedAt) {
      this.lastReceivedAt = receivedAt;
      this.lastReceivedMs = Date.parse(receivedAt);
    }
    // No character of an id in the record needs an escape.
    const id = this.recorder.idOf(event.messageId);
    return `{"v":${receiptVersion},"k":"delivered","t":${now.getTime()},"id":"${id}","a":${this.lastReceivedMs},${this.ending}`;
  }

  /** A message that could not be read: which events were in it, nobody knows. */
  undecodable(now: Date): void {
    this.recorder.add({ v: receiptVersion, k: 'dead', t: now.getTime(), r: 'message_undecodable' });
  }

  /** An event that was put on the queue once more by a person. */
  again(
    origin: NonNullable<EventMessage['origin']>,
    { retry, ...event }: Origin & { readonly retry: RetryState | undefined },
    now: Date,
  ): void {
    const facts = { ...this.factsOf(event, now), k: origin === 'replay' ? 'replayed' : 'redriven' } as const;
    // It may have been refused before, so that no earlier receipt names the person.
    const p = this.recorder.personsOf(wholeEvent(event.event));
    if (retry === undefined) this.recorder.add({ ...facts, p });
    else for (const mapping of retry.mappings) this.recorder.add({ ...facts, d: retry.destination, m: mapping, p });
  }

  private factsOf({ source, event: { members } }: Origin, now: Date) {
    return {
      v: receiptVersion,
      t: now.getTime(),
      id: this.recorder.idOf(members.messageId),
      s: source,
      e: eventNameOf(members),
      a: Date.parse(members.receivedAt),
    } as const;
  }
}

/** Events received, where it is not as many as were sent. */
const receivedOtherwise = (request: SentRequest | undefined): number | undefined =>
  request?.received === request?.events ? undefined : request?.received;

const requestFacts = (request: SentRequest | undefined) =>
  request && { x: request.traceId, g: request.messages?.slice(), q: request.events, b: request.bytes };
