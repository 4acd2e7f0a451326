import type { Second } from './wire.ts';

interface Bucket {
  received: number;
  delivered: number;
  latenciesMs: number[];
}

const keptSeconds = 120;
/** Enough for a percentile; a burst of a second may deliver thousands. */
const mostLatencies = 1_000;

/** Throughput and latency of the last two minutes, second by second. */
export class Rates {
  readonly #buckets = new Map<number, Bucket>();

  received(at: number, events: number): void {
    this.#bucket(at).received += events;
  }

  delivered(at: number, latencyMs: number): void {
    const bucket = this.#bucket(at);
    bucket.delivered++;
    if (bucket.latenciesMs.length < mostLatencies) bucket.latenciesMs.push(latencyMs);
  }

  /** Every second of the last two minutes, oldest first, the present one left out: it is not over yet. */
  seconds(now: number): readonly Second[] {
    const last = Math.floor(now / 1_000) - 1;
    return Array.from({ length: keptSeconds }, (_, index) => this.#second(last - keptSeconds + 1 + index));
  }

  #second(at: number): Second {
    const bucket = this.#buckets.get(at);
    if (bucket === undefined) return { at, received: 0, delivered: 0 };
    const { received, delivered } = bucket;
    if (bucket.latenciesMs.length === 0) return { at, received, delivered };
    const sorted = bucket.latenciesMs.toSorted((a, b) => a - b);
    return { at, received, delivered, p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
  }

  #bucket(at: number): Bucket {
    const second = Math.floor(at / 1_000);
    const present = this.#buckets.get(second);
    if (present !== undefined) return present;
    const bucket = { received: 0, delivered: 0, latenciesMs: [] };
    this.#buckets.set(second, bucket);
    for (const old of this.#buckets.keys()) {
      if (old <= second - keptSeconds - 1) this.#buckets.delete(old);
    }
    return bucket;
  }
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
