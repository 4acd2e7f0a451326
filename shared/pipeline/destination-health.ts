import type { Clock } from './ports.ts';

/** Long enough to span the waits between tries, short enough to notice that a setting was changed for the worse. */
const memoryMs = 15 * 60_000;

/** Remembers, within one container, which destinations took something lately: their settings cannot be wrong. */
export class DestinationHealth {
  private readonly acceptedAt = new Map<string, number>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  accepted(destination: string): void {
    this.acceptedAt.set(destination, this.clock().getTime());
  }

  acceptedLately(destination: string): boolean {
    const at = this.acceptedAt.get(destination);
    return at !== undefined && this.clock().getTime() - at < memoryMs;
  }
}
