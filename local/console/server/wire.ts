import type { MappingConfig } from '../../../shared/config/config.ts';
import type { Explanation } from '../../../shared/explain/explanation.ts';
import type { DeadLetter } from '../../../shared/queue/dead-letter.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import type { ConfigurationProblem } from '../../configuration/reading.ts';

/** Messages between the console's server and its page. Times are epoch milliseconds. Holds only types. */

export type Outcome = 'delivered' | 'skipped' | 'dead' | 'waiting';

/** How far an event has come. `rejected`: at the endpoint, so that it was never queued. */
export type Stage = 'queued' | 'mapping' | 'rejected' | Outcome;

/** Outcome of an event at one destination, for one of its mappings. */
export interface DestinationOutcome {
  readonly destination: string;
  /** None where the destination as a whole decides, as when no mapping matches. */
  readonly mapping?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly at: number;
}

/** One row of the stream. */
export interface EventLine {
  /** Rises with each event of this run. */
  readonly seq: number;
  readonly messageId: string;
  readonly source: string;
  readonly type: string;
  readonly name: string;
  readonly stage: Stage;
  readonly receivedAt: number;
  readonly queuedAt?: number;
  /** When it was handed to the deliver function first. */
  readonly takenAt?: number;
  /** When its last outcome so far came. */
  readonly settledAt?: number;
  /** Times that it was put back on the queue. */
  readonly retries: number;
  readonly outcomes: readonly DestinationOutcome[];
  /** From the endpoint: why it was refused, or what of it was read otherwise than it was sent. */
  readonly notes?: readonly string[];
}

/** Counts within one second. */
export interface Second {
  /** Epoch seconds. */
  readonly at: number;
  readonly received: number;
  readonly delivered: number;
  /** From receiving to delivery, of the events delivered in this second; none when there was no such event. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

export type Reasons = Readonly<Partial<Record<Outcome | 'rejected', Readonly<Record<string, number>>>>>;

/** Every event and destination is counted once, whatever the number of mappings that match. */
export interface Balance {
  /** Events on the queue since the start, those found there included. */
  readonly accepted: number;
  /** Events that the ingest function says it accepted. */
  readonly acceptedByIngest: number;
  readonly rejected: number;
  /** Events × destinations of their source. */
  readonly owed: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
  readonly waiting: number;
  /** Of those waiting: on no queue and in no function. */
  readonly missing: number;
  /** `settling` while anything is queued or being delivered. */
  readonly state: 'balanced' | 'settling' | 'gap';
  readonly reasons: Reasons;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Status {
  readonly balance: Balance;
  readonly queues: { readonly events: QueueDepth; readonly deadLetters: QueueDepth };
  /** The last two minutes, oldest first. */
  readonly seconds: readonly Second[];
}

/** Messages of the event stream. `reset` begins each connection. */
export interface StreamMessages {
  readonly reset: {
    /** Differs after a restart: the events are others. */
    readonly run: string;
    readonly lines: readonly EventLine[];
  };
  readonly lines: readonly EventLine[];
  readonly status: Status;
  /** At each connection and whenever it changes. */
  readonly configuration: ConfigurationNews;
}

/** Which configuration runs, and why the file's own does not. */
export interface ConfigurationNews {
  /** 0 at the start, then one more with each change. */
  readonly version: number;
  /** How much it holds, such as `7 mappings in 1 destination`. */
  readonly summary: string;
  /** Set while the file on disk is not valid: what ran before goes on. */
  readonly problem?: ConfigurationProblem;
}

export interface DestinationView {
  readonly name: string;
  readonly datasetId: string;
  readonly graphVersion: string;
  readonly testEventCode?: string;
  readonly personalData: 'remove' | 'hash' | 'send';
  readonly mappings: readonly MappingConfig[];
}

export interface ExampleView {
  readonly title: string;
  readonly event: JsonObject;
}

/** Facts that change with the configuration only. */
export interface Setup {
  /** Of the configuration; see `ConfigurationNews`. */
  readonly version: number;
  /** Where to change it, such as `config/local.ts`. */
  readonly configFile: string;
  readonly endpoint: string;
  readonly writeKey: string;
  readonly graph: string;
  readonly isStandIn: boolean;
  readonly curl: string;
  readonly sources: readonly { readonly name: string; readonly destinations: readonly string[] }[];
  readonly destinations: readonly DestinationView[];
  readonly examples: readonly ExampleView[];
}

/** Dead letter without its event. */
export type LetterFacts = Omit<DeadLetter, 'version' | 'event'>;

/** A dead letter as the console shows it. */
export interface LetterView extends LetterFacts {
  /** Of the SQS message; several events may share one. */
  readonly id: string;
  readonly messageId?: string;
  readonly eventName: string;
  readonly event?: unknown;
}

export interface LetterList {
  readonly letters: readonly LetterView[];
  /** Whether there may be more than were looked at. */
  readonly limitReached: boolean;
}

/** Counts of what a redrive or purge did, or would do. */
export interface LettersMoved {
  readonly done: number;
  readonly kept: readonly { readonly id: string; readonly why: string }[];
  /** Set when nothing was done because of these. */
  readonly warnings: readonly string[];
}

/** One request in which the Graph API saw the event; known of the stand-in only. */
export interface GraphAnswer {
  readonly at: number;
  readonly datasetId: string;
  readonly status: number;
  /** Events that the request held. */
  readonly events: number;
  readonly testEventCode?: string;
  readonly traceId?: string;
  readonly error?: { readonly code: number; readonly subcode?: number; readonly message: string };
}

export interface EventDetails {
  readonly line: EventLine;
  /** As it was queued; undefined when it is too long ago. */
  readonly event?: unknown;
  readonly letters: readonly LetterFacts[];
  readonly explanations: readonly Explanation[];
  readonly graph: readonly GraphAnswer[];
  /** Whether the server knows what the Graph API answered to events that it took. */
  readonly isStandIn: boolean;
}

/** Answer of an endpoint to something sent from the tester. */
export interface SentAnswer {
  readonly status: number;
  /** JSON where it is JSON, else text. */
  readonly body: unknown;
}

export interface DatasetsView {
  readonly destinations: readonly {
    readonly name: string;
    readonly datasetId: string;
    readonly datasets: readonly {
      readonly id: string;
      readonly name?: string;
      readonly business?: string;
      readonly lastFiredAt?: string;
    }[];
    /** Why they could not be listed. */
    readonly problem?: string;
  }[];
}
