import type { Config } from '../config/config.ts';
import type { ErrorCode } from '../errors.ts';
import type { Clock, MessageQueue } from '../queue/ports.ts';
import type { Recorder } from '../record/recorder.ts';
import type { IngestWarning } from '../segment/ingest-warning.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { Answer } from './answers.ts';
import type { Counted } from './first-of-many.ts';

export interface IngestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The sender's address as the gateway vouches for it, past proxies of ours; asked for only where it is needed. */
  readonly clientAddress: () => string | undefined;
  /** The body as text, inflated. @throws InvalidRequestError when it is too large or cannot be decoded */
  readonly readBody: () => string;
}

export interface IngestEffects {
  readonly config: Config;
  /** Where clients send, such as `https://events.shop.example`; without it, the host that a request names is believed. */
  readonly endpoint?: string | undefined;
  readonly events: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly clock: Clock;
  readonly randomId: () => string;
  /** Source of the script that pages ask for. Without it there is none. */
  readonly pixel?: PixelSource;
  /** Gets a receipt of every event; without it there are none. */
  readonly record?: Recorder | undefined;
}

/** Loaded when first asked for. */
export interface PixelSource {
  readonly script: () => Promise<PixelScript>;
  /** Program with which the pages of a source mirror its events; undefined where none are mirrored. */
  readonly programOf: (source: string) => Promise<unknown>;
}

export interface PixelScript {
  readonly text: string;
  /** The same in gzip, base64. */
  readonly gzip: string;
  readonly etag: string;
}

export interface IngestResult {
  readonly answer: Answer;
  readonly facts: IngestFacts;
}

/** For metrics and the log. */
export interface IngestFacts {
  /** Missing when the request carried no events of a known source. */
  readonly source?: string;
  /** Message ids: a sender's own texts, to be logged with care. */
  readonly accepted?: readonly string[];
  readonly rejected?: Counted<Rejection>;
  readonly warnings?: Counted<IngestWarning>;
  /** Events that the sender still owns. */
  readonly notQueued?: number;
  /** Kind of the error behind a 503, such as `QueueDoesNotExist`. */
  readonly cause?: string;
  /** Why the request as a whole was refused. */
  readonly refusal?: Refusal;
}

export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly fix: string;
  /** If the key was one of a source. */
  readonly source?: string | undefined;
}
