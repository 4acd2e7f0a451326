import type { Clock } from '../queue/ports.ts';

/** Long enough to span the waits between tries, short enough to notice that a setting was changed for the worse. */
const memoryMs = 15 * 60_000;

/** Meta throttles at 100 per cent; what is sent before that is still taken. */
const fullPercent = 95;
export const pauseSeconds = 60;

/**
 * Remembers, within one container, which destinations took something lately, so that their settings cannot be wrong, and
 * whose rate limit is all but used up, so that they get a pause.
 */
export class DestinationHealth {
  private readonly acceptedAt = new Map<string, number>();
  private readonly fullAt = new Map<string, number>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  accepted(destination: string, usagePercent = 0): void {
    const now = this.clock().getTime();
    this.acceptedAt.set(destination, now);
    if (usagePercent >= fullPercent) this.fullAt.set(destination, now);
  }

  needsPause(destination: string): boolean {
    return this.isWithin(this.fullAt.get(destination), pauseSeconds * 1_000);
  }

  acceptedLately(destination: string): boolean {
    return this.isWithin(this.acceptedAt.get(destination), memoryMs);
  }

  /** A clock that was set back must not prolong anything. */
  private isWithin(at: number | undefined, ms: number): boolean {
    return at !== undefined && Math.abs(this.clock().getTime() - at) < ms;
  }
}
