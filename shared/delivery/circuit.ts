import type { Service } from '../queue/destination.ts';
import type { Clock } from '../queue/ports.ts';
import type { Failure } from './outcome.ts';

/** Waits between probes, in seconds: soon at first, in case the trouble was short. The last one repeats. */
const probeSeconds = { hold: [2, 4, 8, 15, 30, 60, 120, 240], retry: [2, 4, 8, 15, 30] } as const;

/** So long others have the first turn at a destination that was away. */
const suspectMs = 60_000;

/** Asking whether a held destination may be mended costs a read of its secret. */
const longestAskSeconds = 30;

/**
 * Who may send: everybody (`pass`), one event that finds out whether the destination works again (`probe`), or nobody
 * (`wait`). Whoever probes tells the circuit how it ended with `closed` or `opened`, and then calls `end`.
 */
export type Turn =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly failure: Failure }
  | { readonly kind: 'probe'; readonly failure: Failure | undefined; end(): void };

/** Facts about the events that ask for a turn. */
export interface Asking {
  /** Their destination was held elsewhere, and nothing else is known of it here. */
  readonly mustProve: boolean;
  /** They failed alone while others were taken. */
  readonly isSuspect: boolean;
}

interface Open {
  readonly failure: Failure;
  probes: number;
  probeAt: number;
  askedAt: number;
}

export interface CircuitOptions {
  readonly clock: Clock;
  /** From 0 up to 1: containers that broke off together do not probe together. */
  readonly random: () => number;
  /** Longest wait between two looks at whether a held destination may be mended. */
  readonly askSeconds?: number | undefined;
}

/**
 * Circuit breaker of one destination in one container. Opened by a refusal that a person has to mend, or by an outage.
 * While it is open a single event now and then asks whether it may close; all others go back unsent.
 */
export class Circuit {
  private open: Open | undefined;
  private probing: Promise<void> | undefined;
  private readonly clock: Clock;
  private readonly random: () => number;
  private readonly askMs: number;

  constructor({ clock, random, askSeconds = longestAskSeconds }: CircuitOptions) {
    this.clock = clock;
    this.random = random;
    this.askMs = Math.min(askSeconds, longestAskSeconds) * 1_000;
  }

  async turn(service: Service, { mustProve, isSuspect }: Asking): Promise<Turn> {
    while (this.probing !== undefined) await this.probing;
    if (this.open === undefined) return mustProve ? this.probe(undefined) : { kind: 'pass' };
    // An event that fails by itself says nothing of the destination; but where nobody else asks, it must not wait for ever.
    if (isSuspect && this.open.failure.action === 'retry') {
      return this.isDue(this.open.probeAt + suspectMs)
        ? { kind: 'pass' }
        : { kind: 'wait', failure: this.open.failure };
    }
    // Before anything is awaited: of many batches, one asks.
    const { failure } = this.open;
    if (this.isDue(this.open.probeAt)) return this.probe(failure);
    if (this.mayAsk(this.open, service)) {
      this.open.askedAt = this.nowMs();
      const turn = this.probe(failure);
      if (await service.mayBeMended()) return turn;
      turn.end();
    }
    return { kind: 'wait', failure };
  }

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  /** The failure for which all have to wait; undefined when one of them may find out more. */
  async waitingFor(service: Service): Promise<Failure | undefined> {
    const { open } = this;
    if (open === undefined || this.isDue(open.probeAt)) return undefined;
    if (!this.mayAsk(open, service)) return open.failure;
    open.askedAt = this.nowMs();
    if (!(await service.mayBeMended())) return open.failure;
    open.probeAt = this.nowMs();
    return undefined;
  }

  /** The destination took something. */
  closed(): void {
    this.open = undefined;
  }

  /**
   * @param failure `hold`, or `retry` for an outage
   * @param since when another container found that first
   */
  opened(failure: Failure, { isProbe, since }: { readonly isProbe: boolean; readonly since?: Date | undefined }): void {
    // A request that was under way already says nothing new.
    if (this.open !== undefined && !isProbe) return;
    const waits = probeSeconds[failure.action === 'hold' ? 'hold' : 'retry'];
    const probes = Math.max(this.open?.probes ?? 0, since === undefined ? 0 : this.probesSince(since, waits));
    const seconds = waits[Math.min(probes, waits.length - 1)] as number;
    const now = this.nowMs();
    this.open = {
      failure: { ...failure, unsent: true },
      probes: probes + 1,
      probeAt: now + seconds * 1_000 * (0.75 + this.random() / 2),
      askedAt: now,
    };
  }

  private mayAsk(
    { failure, askedAt }: Open,
    service: Service,
  ): service is Service & Required<Pick<Service, 'mayBeMended'>> {
    return failure.action === 'hold' && service.mayBeMended !== undefined && this.isDue(askedAt + this.askMs);
  }

  private probe(failure: Failure | undefined): Extract<Turn, { kind: 'probe' }> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.probing = promise;
    return {
      kind: 'probe',
      failure,
      end: () => {
        if (this.probing === promise) this.probing = undefined;
        resolve();
      },
    };
  }

  /** As many as there would have been by now. */
  private probesSince(since: Date, waits: readonly number[]): number {
    let leftSeconds = (this.nowMs() - since.getTime()) / 1_000;
    let probes = 0;
    for (const seconds of waits.slice(0, -1)) {
      leftSeconds -= seconds;
      if (leftSeconds < 0) break;
      probes++;
    }
    return probes;
  }

  private nowMs(): number {
    return this.clock().getTime();
  }

  /** A clock that was set back must not prolong anything: no wait is longer than the longest one. */
  private isDue(at: number): boolean {
    const left = at - this.nowMs();
    return left <= 0 || left > 400_000;
  }
}
