import type { InvalidRequestCode } from './reasons/request-errors.ts';

/** Every failure the pipeline names. The class says whose turn it is; that of requests is beside what reads them. */
export type ErrorCode = InvalidRequestCode | 'queue_unavailable' | 'token_unavailable' | 'configuration_invalid';

/** A problem found in something the user wrote: where, what, and what to do next. Holds no personal data. */
export interface Issue {
  /** Place of the problem, e.g. `destinations.main.mappings[2].trigger`. */
  readonly path: string;
  readonly message: string;
}

export class PipelineError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
  }
}

/** The queue did not confirm every message: the sender keeps the events and tries again. Becomes 503. */
export class QueueUnavailableError extends PipelineError {
  /** Places of the messages that the queue did not confirm; all of them where it is not known. */
  readonly unconfirmed: readonly number[] | undefined;

  constructor(message: string, cause?: unknown, unconfirmed?: readonly number[]) {
    super('queue_unavailable', message, cause);
    this.unconfirmed = unconfirmed;
  }
}

/** The system user token could not be read: the destination is held, its events wait. */
export class TokenUnavailableError extends PipelineError {
  constructor(message: string, cause?: unknown) {
    super('token_unavailable', message, cause);
  }
}

/** A configuration file is wrong. Lists every problem at once; fails the build, the synth and the cold start. */
export class ConfigurationError extends PipelineError {
  readonly issues: readonly Issue[];

  constructor(title: string, issues: readonly Issue[]) {
    super('configuration_invalid', [title, ...issues.map(describeIssue)].join('\n'));
    this.issues = issues;
  }
}

const describeIssue = ({ path, message }: Issue): string => `  ✖ ${path === '' ? '(root)' : path}: ${message}`;
