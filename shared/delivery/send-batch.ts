import type { RequestNote } from '../queue/destination.ts';
import { mapConcurrently } from '../lib/concurrency.ts';
import { letters } from '../reasons/letters.ts';
import { waits } from '../reasons/waits.ts';
import type { Batch } from './batch.ts';
import type { Circuit, Turn } from './circuit.ts';
import { type DestinationHealth, pauseSeconds } from './destination-health.ts';
import { type Failure, type Outcome, type OwedEvent, ownFailure, type SentRequest, wait } from './outcome.ts';
import { smallerRequest } from './request-size.ts';
import { type Part, partsPerSplit, split } from './split.ts';

export interface SendEffects {
  readonly health: DestinationHealth;
  /** From 0 up to 1, to choose the event that a probe sends. */
  readonly random: () => number;
  /** Whether too little of the invocation is left for another request. */
  readonly isOutOfTime: () => boolean;
}

export interface SendTally {
  requests: number;
  /** Requests that the destination accepted. */
  accepted: number;
  /** Requests that the destination answered with a rate limit. */
  throttled: number;
  /** Events that the destination said it received, against those in accepted requests. */
  received: number;
  sent: number;
  /** Told of every answered request. */
  note?(note: RequestNote | undefined, accepted: boolean): void;
}

const parallelRequests = 8;

/** Requests that may be spent in one try on a batch whose failure may be one event's fault, or not. */
const mostSearchRequests = 64;

/** Level of a search after which events are tried by themselves where everything so far was refused alike. */
const levelOfDoubt = 1;

/** Events that are tried then: one in ten that is good shows up among them in 29 of 30 batches. */
const mostTriedThen = 32;

/** An event that fails alone while others pass is given up after so many tries: several hours. */
export const mostTriesAlone = 20;

/** A destination that took something within this time works. */
const provenMs = 60_000;

/**
 * Sends one batch. A destination refuses a whole request for one bad event without saying which, so a refused request is
 * cut up until the culprit stands alone; every neighbour is delivered once. A failure that may be anybody's fault is
 * treated the same way once it comes back for the same events and the destination is known to work. What is about no event
 * is never split on.
 */
export async function sendBatch(batch: Batch, effects: SendEffects, tally: SendTally): Promise<readonly Outcome[]> {
  const { name, service } = batch.destination;
  const { health } = effects;
  if (health.needsPause(name)) return wait(batch.events, nearlyThrottled);
  if (effects.isOutOfTime()) return wait(batch.events, outOfTime);
  const circuit = health.circuitOf(name);
  const mustProve = batch.events.some(({ retry }) => retry?.heldSince !== undefined) && !health.acceptedLately(name);
  const isSuspect = batch.events[0]?.retry?.largestRequest === 1;
  const turn = await circuit.turn(service, { mustProve, isSuspect });
  if (turn.kind === 'wait') return wait(batch.events, turn.failure);
  const sending = new BatchSending(batch, effects, tally, circuit);
  if (turn.kind === 'pass') return sending.sendAll();
  try {
    return await sending.sendAfterProbe(turn);
  } finally {
    turn.end();
  }
}

/** The destination's usage headers said so: a pause now is shorter than being throttled later. */
const nearlyThrottled = ownFailure('rate_limit_near', { action: 'throttle', retryAfterSeconds: pauseSeconds });

const outOfTime = ownFailure('out_of_time', { action: 'retry', unsent: true });

/** A part of the batch and what became of its request. */
type Answered =
  | { readonly part: Part; readonly kind: 'unsent' }
  | { readonly part: Part; readonly kind: 'accepted'; readonly request: SentRequest }
  | Failed;

interface Failed {
  readonly part: Part;
  readonly kind: 'failed';
  readonly failure: Failure;
}

/** One try at one batch. */
class BatchSending {
  private readonly batch: Batch;
  private readonly effects: SendEffects;
  private readonly tally: SendTally;
  private readonly circuit: Circuit;
  private readonly outcomes: Outcome[] = [];
  /** The destination took something of this batch, or named a fault of one of its events: it works. */
  private isProven = false;
  private searchRequests = 0;

  constructor(batch: Batch, effects: SendEffects, tally: SendTally, circuit: Circuit) {
    this.batch = batch;
    this.effects = effects;
    this.tally = tally;
    this.circuit = circuit;
  }

  async sendAll(places: Part = [...this.batch.events.keys()]): Promise<Outcome[]> {
    if (places.length > 0) await this.sendSplitting([places]);
    return this.holdIfAllRefused();
  }

  /** One event first; all others only if that says that the destination works. */
  async sendAfterProbe(turn: Extract<Turn, { kind: 'probe' }>): Promise<readonly Outcome[]> {
    const places = [...this.batch.events.keys()];
    const probe = this.chooseProbe(places);
    const rest = places.filter((place) => place !== probe);
    const answered = await this.sendPart([probe]);
    if (answered.kind === 'unsent') return wait(this.batch.events, turn.failure ?? outOfTime);
    if (answered.kind === 'accepted') {
      this.settle(answered);
      turn.end();
      return [...(await this.sendAll(rest))];
    }
    const { failure } = answered;
    const stillWrong = !failure.aboutEvent && failure.label === turn.failure?.label;
    if (failure.action === 'reject' && !stillWrong) {
      this.circuit.closed();
      this.settle(answered);
      turn.end();
      return this.sendAll(rest);
    }
    const since = this.heldSince();
    if (failure.action === 'hold' || failure.action === 'retry') this.circuit.opened(failure, { isProbe: true, since });
    // A setting that is wrong is refused like a bad event.
    const held = failure.action === 'reject' ? (turn.failure ?? failure) : failure;
    if (failure.action === 'reject') this.circuit.opened(held, { isProbe: true, since });
    // The probe counts as no try of its event either: it would travel alone from now on, one more for each probe.
    return wait(this.batch.events, { ...held, unsent: true });
  }

  private heldSince(): Date | undefined {
    const times = this.batch.events.flatMap(({ retry }) => (retry?.heldSince ? Date.parse(retry.heldSince) : []));
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }

  /** Level by level, so that a batch full of bad events keeps no more than a few requests open. */
  private async sendSplitting(firstParts: readonly Part[]): Promise<void> {
    let parts = firstParts;
    // Sent only if an event by itself shows that a setting is not to blame.
    let inDoubt: readonly Part[] = [];
    let refusedAlike: Failure | undefined;
    for (let level = 0; parts.length > 0; level++) {
      const answers = await mapConcurrently(parts, parallelRequests, (part) => this.sendPart(part));
      const stop = answers.flatMap((each) =>
        each.kind === 'failed' && isStopping(each.failure) ? each.failure : [],
      )[0];
      const next: Part[] = [];
      const unclear: Failed[] = [];
      let tookAny = false;
      for (const answered of answers) {
        if (answered.kind === 'failed' && answered.failure.action === 'retry') unclear.push(answered);
        else {
          next.push(...this.settle(answered, level > 0));
          tookAny ||= answered.kind === 'accepted' || (answered.kind === 'failed' && answered.failure.aboutEvent);
        }
      }
      if (stop !== undefined) {
        if (stop.action === 'hold') this.circuit.opened(stop, { isProbe: false });
        this.outcomes.push(...wait(this.at([...next, ...inDoubt].flat()), stop));
        for (const { part, failure } of unclear) this.outcomes.push(...wait(this.at(part), failure));
        return;
      }
      refusedAlike = level > 0 && refusedAlike === undefined ? undefined : this.refusalOfAll(answers, refusedAlike);
      if (inDoubt.length > 0 && refusedAlike !== undefined) {
        this.outcomes.push(...wait(this.at(inDoubt.flat()), allRefused(refusedAlike)));
        return;
      }
      const smaller = [...next, ...inDoubt, ...(await this.search(unclear, level, tookAny))];
      inDoubt = [];
      if (level === levelOfDoubt && refusedAlike !== undefined && next.flat().length > 2 * mostTriedThen) {
        const tried = new Set(this.spread(next.flat(), mostTriedThen));
        inDoubt = next.map((part) => part.filter((place) => !tried.has(place))).filter(({ length }) => length > 0);
        parts = [...tried].map((place) => [place]);
      } else parts = smaller;
    }
  }

  /** The error of all answers of a level, if they are refusals alike that name no fault of an event, as before: a setting may be wrong. */
  private refusalOfAll(answers: readonly Answered[], before: Failure | undefined): Failure | undefined {
    if (this.isProven || this.effects.health.acceptedLately(this.batch.destination.name)) return undefined;
    const [first] = answers;
    const failure = before ?? (first?.kind === 'failed' ? first.failure : undefined);
    const isAlike = answers.every(
      (each) =>
        each.kind === 'failed' &&
        each.failure.action === 'reject' &&
        !each.failure.aboutEvent &&
        each.failure.index === undefined &&
        each.failure.label === failure?.label,
    );
    return isAlike ? failure : undefined;
  }

  /** Places of a count, as far from each other as may be, since bad events often stand together. */
  private spread(places: Part, count: number): Part {
    const first = this.effects.random();
    return Array.from({ length: count }, (_, index) => {
      return places[Math.floor(((index + first) * places.length) / count)] as number;
    });
  }

  /**
   * Requests that failed for a reason that may be an event's or the destination's own.
   *
   * @returns the smaller parts to send next
   */
  private async search(unclear: readonly Failed[], level: number, tookAny: boolean): Promise<readonly Part[]> {
    if (unclear.length === 0) return [];
    const { health } = this.effects;
    const { name } = this.batch.destination;
    // A whole level without anything that was taken, although a probe was: the destination is not well.
    const goesOn = level === 0 || tookAny;
    const next: Part[] = [];
    for (const { part, failure } of unclear) {
      if (failure.isTooLarge) health.sizes.tooLarge(name, part.length);
      if (part.length === 1) this.failAlone(part, failure);
      else if (level === 0 && !this.comesBack(part)) this.waitForNext(part, failure, undefined);
      else if (!goesOn) this.waitForNext(part, failure, part.length);
      else {
        const rest = await this.proveWith(part, failure);
        if (rest === undefined) continue;
        if (this.searchRequests + partsPerSplit > mostSearchRequests) this.waitForNext(rest, failure, rest.length);
        else {
          this.searchRequests += partsPerSplit;
          next.push(...split(rest));
        }
      }
    }
    return next;
  }

  /**
   * Makes sure that the destination works before a request is split: else an outage would be split into thousands.
   *
   * @returns the part, less the event that the proof took; undefined when it does not work and all of them wait
   */
  private async proveWith(part: Part, failure: Failure): Promise<Part | undefined> {
    if (this.isProven) return part;
    if (this.circuit.isOpen) {
      this.waitForNext(part, failure, undefined);
      return undefined;
    }
    const probe = this.chooseProbe(part);
    const answered = await this.sendPart([probe]);
    const rest = part.filter((place) => place !== probe);
    if (answered.kind === 'accepted' || (answered.kind === 'failed' && answered.failure.action === 'reject')) {
      this.settle(answered);
      return rest;
    }
    const why = answered.kind === 'failed' ? answered.failure : failure;
    if (answered.kind === 'failed' && why.action === 'retry' && this.hasOutlasted(probe)) {
      this.failAlone([probe], why);
      this.waitForNext(rest, failure, undefined);
      return undefined;
    }
    if (answered.kind === 'failed' && (why.action === 'retry' || why.action === 'hold')) {
      this.circuit.opened(why, { isProbe: false });
    }
    this.waitForNext(part, why, undefined);
    return undefined;
  }

  /** Not one that is known to fail alone; any of the others, so that a bad one is not chosen twice. */
  private chooseProbe(places: Part): number {
    const { events } = this.batch;
    const good = places.filter((place) => events[place]?.retry?.largestRequest !== 1);
    const from = good.length > 0 ? good : places;
    return from[Math.floor(this.effects.random() * from.length)] as number;
  }

  /** Books an answer that says what to do. @returns the smaller parts to send next */
  private settle(answered: Answered, isSearch = false): Part[] {
    const { part } = answered;
    const events = this.at(part);
    if (answered.kind === 'accepted') {
      this.isProven = true;
      for (const owed of events) this.outcomes.push({ status: 'delivered', owed, request: answered.request });
      return [];
    }
    if (answered.kind === 'unsent') {
      this.outcomes.push(...wait(events, isSearch ? { ...outOfTime, largestRequest: part.length } : outOfTime));
      return [];
    }
    const { failure } = answered;
    this.isProven ||= failure.aboutEvent;
    if (failure.action !== 'reject') {
      this.outcomes.push(...wait(events, failure));
      return [];
    }
    if (part.length > 1) return split(part, failure.index);
    for (const owed of events) this.outcomes.push({ status: 'dead', owed, failure });
    return [];
  }

  private failAlone(part: Part, failure: Failure): void {
    const { health } = this.effects;
    const { name } = this.batch.destination;
    const isWell = this.isProven || health.acceptedLately(name, provenMs);
    for (const place of part) {
      const owed = this.batch.events[place] as OwedEvent;
      const wasAlone = owed.retry?.largestRequest === 1;
      // Else it may be the destination that is away.
      if (!isWell && !this.hasOutlasted(place) && !wasAlone) {
        this.outcomes.push({ status: 'waiting', owed, failure });
        continue;
      }
      const triesAlone = (owed.retry?.triesAlone ?? 0) + 1;
      const alone = { ...failure, alone: true, largestRequest: 1 } as const;
      if (triesAlone < mostTriesAlone) this.outcomes.push({ status: 'waiting', owed, failure: alone });
      else
        this.outcomes.push({
          status: 'dead',
          owed,
          failure: { ...alone, letter: { ...failure.letter, ...triesEnded } },
        });
    }
  }

  /** Whether the destination took others since the event failed first: then it is not away for good. */
  private hasOutlasted(place: number): boolean {
    const { events, destination } = this.batch;
    const firstFailedAt = events[place]?.retry?.firstFailedAt;
    return firstFailedAt !== undefined && this.effects.health.acceptedSince(destination.name, new Date(firstFailedAt));
  }

  /** @param largestRequest known from a search; a request that was too large is made smaller in any case */
  private waitForNext(part: Part, failure: Failure, largestRequest: number | undefined): void {
    const size = failure.isTooLarge && part.length > 1 ? smallerRequest(part.length, this.isProven) : part.length;
    const largest = Math.min(size, largestRequest ?? size);
    const isLess = largestRequest !== undefined || size < part.length;
    this.outcomes.push(...wait(this.at(part), isLess ? { ...failure, largestRequest: largest } : failure));
  }

  private comesBack(part: Part): boolean {
    return part.some((place) => (this.batch.events[place]?.retry?.attempt ?? 0) > 0);
  }

  private async sendPart(part: Part): Promise<Answered> {
    const { batch, effects, tally } = this;
    const { name, limits, service, retryLogic } = batch.destination;
    if (effects.isOutOfTime()) return { part, kind: 'unsent' };
    tally.requests++;
    const answer = await service.send({ body: batch.body, places: part, partition: batch.partition });
    if (answer.accepted) {
      tally.accepted++;
      tally.sent += part.length;
      tally.received += answer.received;
      tally.note?.(answer.note, true);
      effects.health.accepted(name, answer.usagePercent);
      effects.health.sizes.taken(name, part.length, limits.eventsPerRequest);
      this.circuit.closed();
      const { received, requestBytes: bytes, note } = answer;
      const request = { events: part.length, bytes, traceId: note?.traceId, messages: note?.messages, received };
      return { part, kind: 'accepted', request };
    }
    const { error } = answer;
    const request = { events: part.length, bytes: answer.requestBytes, traceId: error.note?.traceId };
    const failure: Failure = { ...error, action: retryLogic.actionFor(error), request };
    tally.note?.(error.note, false);
    if (failure.action === 'throttle') tally.throttled++;
    return { part, kind: 'failed', failure };
  }

  private at(part: Part): OwedEvent[] {
    return part.map((place) => this.batch.events[place] as OwedEvent);
  }

  /**
   * Events that were all refused with one error that names no fault of an event mean a wrong setting, not a queue of bad
   * events: unless the destination took others lately. Also when time ran out before the last of them was tried.
   */
  private holdIfAllRefused(): Outcome[] {
    const { outcomes, effects, batch } = this;
    if (effects.health.acceptedLately(batch.destination.name)) return outcomes;
    const dead = outcomes.filter((outcome) => outcome.status === 'dead');
    const [first, second] = dead;
    if (first === undefined || second === undefined || outcomes.some(({ status }) => status === 'delivered')) {
      return outcomes;
    }
    const { aboutEvent, label } = first.failure;
    if (aboutEvent || dead.some(({ failure }) => failure.label !== label)) return outcomes;
    const failure = allRefused(first.failure);
    this.circuit.opened(failure, { isProbe: false });
    return outcomes.map((outcome) =>
      outcome.status === 'dead' ? { status: 'waiting', owed: outcome.owed, failure } : outcome,
    );
  }
}

const allRefused = (failure: Failure): Failure => ({ ...failure, action: 'hold', reason: waits.all_refused });

/** After these another request would fail as well. */
const isStopping = ({ action }: Failure): boolean => action === 'throttle' || action === 'hold';

const triesEnded = { code: 'tries_ended', fix: letters.tries_ended.fix } as const;
