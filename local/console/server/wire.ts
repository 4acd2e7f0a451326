import type { Quality } from '../../../commands/quality/quality-result.ts';
import type { MappingConfig } from '../../../shared/config/config.ts';
import type { DedupReport } from '../../../shared/dedup/compare-sides.ts';
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
  /** The message id; where there is none, an id that its dead letter has too. */
  readonly id: string;
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

/** Something that a person should know of, whatever view is open. */
export interface HealthNotice {
  readonly kind:
    | 'held'
    | 'token_refused'
    | 'gap'
    | 'requests_refused'
    | 'throttled'
    | 'version_warned'
    | 'record_missing'
    | 'counts_changed';
  readonly tone: 'dead' | 'waiting';
  /** Cause and consequence in a sentence. */
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  /** Line to type that mends it, or that says more. */
  readonly command?: string;
  /** Place in the console that says more. */
  readonly link?: string;
  readonly since?: number;
  readonly destination?: string;
  /** Events that wait for it. */
  readonly events?: number;
  readonly code?: string;
}

export interface Status {
  readonly health: readonly HealthNotice[];
  readonly balance: Balance;
  readonly queues: { readonly events: QueueDepth; readonly deadLetters: QueueDepth };
  /** Letters as of the last look, one per event, and the number of the one that came last. */
  readonly deadLetters: { readonly letters: number; readonly lastNumber: number };
  /** The last two minutes, oldest first. */
  readonly seconds: readonly Second[];
}

/** Messages of the event stream. `reset` begins each connection. */
export interface StreamMessages {
  readonly reset: {
    /** Differs after a restart: the events are others. */
    readonly run: string;
  };
  /** New and changed ones, oldest first; after a `reset` at first all that are kept. */
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
  /** The deployment that is looked at: `local`, or an environment in AWS. */
  readonly deployment: string;
  /** Actions that change something are offered. */
  readonly mayChange: boolean;
  /** Whether there is a record to ask for the past. */
  readonly hasHistory: boolean;
  /** Which configuration explains events, where it is not the one that runs here. */
  readonly explainedBy?: string;

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
  /** Names this letter alone, also where several share an SQS message. */
  readonly key: string;
  readonly messageId?: string;
  readonly eventName: string;
  /** How many events it stands for: more than one where a request held so many that they were only counted. */
  readonly events: number;
  readonly event?: unknown;
}

/** Dead letters with the same reason. */
export interface LetterGroup {
  readonly code: string;
  readonly stage: LetterFacts['stage'];
  /** Of the latest. */
  readonly reason: string;
  readonly fix: string;
  readonly events: number;
  readonly letters: number;
  /** Events in equal stretches of time, the last of which ends now. */
  readonly trend: readonly number[];
  readonly barMs: number;
  readonly firstFailedAt: string;
  readonly lastFailedAt: string;
  readonly sample: { readonly key: string; readonly messageId?: string };
  /** The most frequent. */
  readonly eventNames: readonly { readonly name: string; readonly count: number }[];
}

/** Contents of the dead letter queue at a moment. */
export interface LetterList {
  /** Differs after a restart: numbers are others. */
  readonly run: string;
  /** The list holds what had come by then; what came later has higher numbers. */
  readonly upTo: number;
  /** How many letters fit, and how many events they stand for. */
  readonly matching: number;
  readonly events: number;
  /** Letters of the whole queue. */
  readonly all: number;
  /** By reason, of all that fit but for the reason that is asked for. */
  readonly groups: readonly LetterGroup[];
  /** Some of those that fit, the latest first. */
  readonly letters: readonly LetterView[];
  /** Gives the next page; none where this is the last. */
  readonly before?: number;
}

/** Letters that an action is about: some by their keys, or all of a list that fit. */
export type LettersChosen =
  | { readonly keys: readonly string[] }
  | { readonly query: Readonly<Record<string, string>>; readonly upTo: number; readonly run: string };

/** Counts of what a redrive or purge did, or would do. */
export interface LettersMoved {
  /** Events that were redriven or purged. */
  readonly done: number;
  /** The same by reason code. */
  readonly doneBy: Readonly<Record<string, number>>;
  /** Keys of the letters that went. */
  readonly keys: readonly string[];
  /** Letters that stay, by reason. */
  readonly kept: readonly { readonly why: string; readonly events: number; readonly keys: readonly string[] }[];
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
  /** Words beside taking the events. */
  readonly messages?: readonly string[];
  readonly error?: { readonly code: number; readonly subcode?: number; readonly message: string };
}

export interface WaitAdvice {
  readonly destination: string;
  readonly mapping?: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly command?: string;
}

/** How an event stands at one destination and mapping, by the record. */
export interface HistoryRow {
  /** As the record keeps it: of some ids a digest. */
  readonly messageId: string;
  readonly source: string;
  readonly event: string;
  readonly destination?: string;
  readonly mapping?: string;
  readonly outcome: Outcome | 'rejected' | 'erased';
  readonly reason?: string;
  readonly at: number;
}

export interface HistoryAnswer {
  readonly rows: readonly HistoryRow[];
  /** There may be more rows in the range. */
  readonly limitReached: boolean;
  readonly from: number;
  readonly to: number;
}

/** Events of the stream that hold a text. */
export interface SearchAnswer {
  readonly seqs: readonly number[];
  /** The last event that was looked at. */
  readonly upTo: number;
  /** How many of those looked at are no longer kept whole. */
  readonly unread: number;
}

export interface EventDetails {
  readonly line: EventLine;
  /** Where it is known from: the events of this run, the dead letter queue, or the record. */
  readonly from: 'stream' | 'dead-letters' | 'record';
  /** When other events came under the same message id. */
  readonly others: readonly number[];
  /** As it was queued; undefined when it is too long ago. */
  readonly event?: unknown;
  readonly letters: readonly (LetterFacts & { readonly key?: string })[];
  /** Lines of the record about it. */
  readonly receipts?: readonly Readonly<Record<string, unknown>>[];
  /** Why it waits, where it does, and what to do. */
  readonly waiting: readonly WaitAdvice[];
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

/** Something that is not well, and what to do next. */
export interface ProblemView {
  readonly reason: string;
  readonly fix: string;
}

/** Comparison of the events that browser and server gave to Meta between two times. */
export interface DuplicatesAnswer {
  readonly from: number;
  readonly to: number;
  readonly report?: DedupReport;
  readonly problem?: ProblemView;
}

/** Quality of the events of one destination. */
export interface QualityAnswer {
  /** Of all destinations. */
  readonly names: readonly string[];
  readonly quality?: Quality;
  readonly problem?: ProblemView;
}
