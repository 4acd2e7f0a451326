import type { FaultRates } from './fault-deck.ts';
import type { GraphFaultName } from './graph-faults.ts';
import type { HandOverFaultName } from './hand-over.ts';
import type { EventMix } from './plan-events.ts';
import type { QueueFaultName } from './queue-faults.ts';

/** Steps that the harness takes, one after the other, while the pipeline works. */
export type Step =
  /** A share of all events, to the last answer. */
  | { readonly do: 'send'; readonly share: number }
  /** Resets every connection to the Graph API for as long as `--outage-seconds` says. */
  | { readonly do: 'beginOutage' }
  | { readonly do: 'awaitOutageEnd' }
  /** Makes the Graph API refuse the token that the secret of a destination holds. */
  | { readonly do: 'killToken'; readonly destination: string }
  /** Puts the token that the Graph API takes into the secret. */
  | { readonly do: 'rotateToken'; readonly destination: string }
  /** Has the next request to the Graph API meet a fault. */
  | { readonly do: 'arm'; readonly fault: GraphFaultName }
  /** Waits until a fault has happened since the step began to be possible. */
  | { readonly do: 'awaitFault'; readonly fault: GraphFaultName }
  /** Makes the queue refuse messages for a moment. */
  | { readonly do: 'stopQueue' }
  /** Waits until a destination has all that it is to get of what was sent. */
  | { readonly do: 'awaitArrivals'; readonly destination: string }
  /** Waits until nothing is owed. */
  | { readonly do: 'drain' };

export interface Scenario {
  readonly title: string;
  /** Instead of `--events`. */
  readonly events?: number;
  readonly perRequest: number;
  readonly mix: EventMix;
  readonly destinations: readonly string[];
  readonly graph?: FaultRates<GraphFaultName>;
  readonly queue?: FaultRates<QueueFaultName>;
  readonly handOver?: FaultRates<HandOverFaultName>;
  readonly steps: readonly Step[];
  readonly expect?: {
    readonly mostGraphRequests?: number;
    /** The median delay of this destination is the same before and after the first `drain`. */
    readonly undelayed?: string;
  };
}
