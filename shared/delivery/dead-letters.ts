import { fixes } from '../meta/event/problem.ts';
import type { DeadLetter } from '../queue/dead-letter.ts';
import type { Verdict } from './plan.ts';
import type { Outcome } from './send-batch.ts';

interface Origin {
  readonly source: string;
  readonly destination: string;
  readonly event: unknown;
  readonly attempt: number;
  readonly firstFailedAt: string | undefined;
}

/** An event that a mapping cannot turn into something Meta takes. */
export function deadLetterOfVerdict(
  { mapping, problems }: Extract<Verdict, { status: 'dead' }>,
  { source, destination, event, attempt, firstFailedAt }: Origin,
  now: Date,
): DeadLetter {
  const [{ code }] = problems;
  return {
    version: 1,
    stage: 'deliver',
    code,
    reason: problems.map(({ message }) => message).join(' '),
    fix: fixes[code],
    source,
    destination,
    mapping,
    attempts: attempt,
    firstFailedAt: firstFailedAt ?? now.toISOString(),
    lastFailedAt: now.toISOString(),
    event,
  };
}

/** An event that Meta refused for good. */
export function deadLetterOfOutcome({ owed, refusal }: Extract<Outcome, { status: 'dead' }>, now: Date): DeadLetter {
  const { status, code, subcode, traceId, userTexts } = refusal;
  return {
    version: 1,
    stage: 'deliver',
    code: 'meta_rejected',
    reason: refusal.reason,
    fix: 'Look the code and subcode up in the operations guide, mend the mapping or the source, then redrive.',
    source: owed.source,
    destination: owed.destination.name,
    mapping: owed.mapping,
    attempts: owed.attempt + 1,
    firstFailedAt: owed.firstFailedAt ?? now.toISOString(),
    lastFailedAt: now.toISOString(),
    graph: {
      ...(code !== undefined && { code }),
      ...(subcode !== undefined && { subcode }),
      ...(status !== undefined && { status }),
      ...(traceId !== undefined && { traceId }),
      ...userTexts,
    },
    event: owed.event,
  };
}

/** A message that is none of ours, or was damaged: kept whole, as text. */
export const deadLetterOfRecord = (body: string, now: Date): DeadLetter => ({
  version: 1,
  stage: 'deliver',
  code: 'message_undecodable',
  reason: 'The message on the events queue is not one that this version writes.',
  fix: 'Find who else sends to the queue, or deploy the version that wrote the message and redrive.',
  attempts: 0,
  firstFailedAt: now.toISOString(),
  lastFailedAt: now.toISOString(),
  event: body,
});
