import type { DeadLetter } from '../queue/dead-letter.ts';
import type { Destination } from '../queue/destination.ts';
import type { RetryState } from '../queue/message.ts';
import { wholeEvent } from '../queue/message-reader.ts';
import type { QueuedEvent } from '../queue/queued-message.ts';
import { letters } from '../reasons/letters.ts';
import { nextHistory } from './history.ts';
import type { Outcome } from './outcome.ts';
import type { Verdict } from './plan.ts';

interface Origin {
  readonly source: string;
  readonly destination: Destination;
  readonly event: QueuedEvent;
  readonly retry: RetryState | undefined;
}

/** An event that a mapping cannot turn into something its destination takes. */
export function deadLetterOfVerdict(
  { mapping, problems }: Extract<Verdict, { status: 'dead' }>,
  { source, destination, event, retry }: Origin,
  now: Date,
): DeadLetter {
  const [{ code }] = problems;
  return {
    version: 1,
    stage: 'deliver',
    code,
    reason: problems.map(({ message }) => message).join(' '),
    fix: (destination.problems[code] ?? letters.undeliverable).fix,
    source,
    destination: destination.name,
    mapping,
    attempts: retry?.attempt ?? 0,
    ...failedAt(retry, now),
    ...(retry?.history && { history: retry.history }),
    event: wholeEvent(event),
  };
}

/** An event that its destination refused for good, or never took. */
export function deadLetterOfOutcome({ owed, failure }: Extract<Outcome, { status: 'dead' }>, now: Date): DeadLetter {
  const { source, destination, mapping, event, retry } = owed;
  const { code, fix, graph } = failure.letter;
  return {
    version: 1,
    stage: 'deliver',
    code,
    reason: failure.reason,
    fix,
    source,
    destination: destination.name,
    mapping,
    attempts: (retry?.attempt ?? 0) + 1,
    ...failedAt(retry, now),
    ...(graph && { graph }),
    // A letter that failed once says it all itself.
    ...(retry?.history && { history: [...nextHistory(retry.history, failure.label, now.toISOString())] }),
    event: wholeEvent(event),
  };
}

const failedAt = (retry: RetryState | undefined, now: Date): Pick<DeadLetter, 'firstFailedAt' | 'lastFailedAt'> => ({
  firstFailedAt: retry?.firstFailedAt ?? now.toISOString(),
  lastFailedAt: now.toISOString(),
});

/** A message that is none of ours, or was damaged: kept whole, as text. */
export const deadLetterOfRecord = (body: string, now: Date): DeadLetter => ({
  version: 1,
  stage: 'deliver',
  code: 'message_undecodable',
  reason: letters.message_undecodable.message,
  fix: letters.message_undecodable.fix,
  attempts: 0,
  firstFailedAt: now.toISOString(),
  lastFailedAt: now.toISOString(),
  event: body,
});
