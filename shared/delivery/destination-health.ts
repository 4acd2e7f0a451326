import type { Clock } from '../queue/ports.ts';
import { Circuit, type CircuitOptions } from './circuit.ts';
import { RequestSizes } from './request-size.ts';
import { SourceConduct } from './source-conduct.ts';

/** Long enough to span the waits between tries, short enough to notice that a setting was changed for the worse. */
const memoryMs = 15 * 60_000;

/** Destinations throttle at 100 per cent; what is sent before that is still taken. */
const fullPercent = 95;
export const pauseSeconds = 60;

/** Memory of one container about its destinations: what they took, what they could not take, and whether they work. */
export class DestinationHealth {
  readonly sizes = new RequestSizes();
  readonly conduct = new SourceConduct();
  private readonly acceptedAt = new Map<string, number>();
  private readonly fullAt = new Map<string, number>();
  private readonly circuits = new Map<string, Circuit>();
  private readonly clock: Clock;
  private readonly options: CircuitOptions;

  constructor(clock: Clock, options: Partial<CircuitOptions> = {}) {
    this.clock = clock;
    this.options = { clock, random: () => 0.5, ...options };
  }

  circuitOf(destination: string): Circuit {
    let circuit = this.circuits.get(destination);
    if (circuit === undefined) {
      circuit = new Circuit(this.options);
      this.circuits.set(destination, circuit);
    }
    return circuit;
  }

  accepted(destination: string, usagePercent = 0): void {
    const now = this.clock().getTime();
    this.acceptedAt.set(destination, now);
    if (usagePercent >= fullPercent) this.fullAt.set(destination, now);
  }

  needsPause(destination: string): boolean {
    return this.isWithin(this.fullAt.get(destination), pauseSeconds * 1_000);
  }

  /** Whether the destination took something in the last while, so that its settings cannot be wrong. */
  acceptedLately(destination: string, withinMs: number = memoryMs): boolean {
    return this.isWithin(this.acceptedAt.get(destination), withinMs);
  }

  /** Whether the destination took something after that time, as far as this container knows. */
  acceptedSince(destination: string, at: Date): boolean {
    return (this.acceptedAt.get(destination) ?? -Infinity) > at.getTime();
  }

  /** A clock that was set back must not prolong anything. */
  private isWithin(at: number | undefined, ms: number): boolean {
    return at !== undefined && Math.abs(this.clock().getTime() - at) < ms;
  }
}
