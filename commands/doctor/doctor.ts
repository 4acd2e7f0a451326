import { findingLines } from '../common/finding.ts';
import { namedQueues, queueOptions } from '../common/queue-options.ts';
import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { text } from '../kit/option.ts';
import { plural } from '../kit/plural.ts';
import { safeText } from '../kit/safe-text.ts';
import { type CheckedPart, examine } from './examine.ts';

export type Status = 'ok' | 'warning' | 'failed' | 'skipped';

/** Findings of the doctor, check by check. */
export interface Diagnosis {
  /** `local`, or an environment of `config/`. */
  readonly environment: string;
  /** The worst that was found. */
  readonly status: Exclude<Status, 'skipped'>;
  readonly checks: readonly {
    readonly check: string;
    /** Left out for what concerns the whole deployment. */
    readonly destination?: string;
    readonly status: Status;
    readonly message: string;
    readonly fix?: string;
  }[];
}

export const doctor = defineCommand({
  name: 'doctor',
  summary:
    'Looks at everything that events need on their way, and says what to do about what is not well. It changes nothing.',
  page: 'docs/doctor.md',
  examples: ['npm run doctor', 'npm run doctor -- --env production'],
  options: {
    ...targetOptions,
    testEventCode: text(
      '<code>',
      'sends one event, ConnectionTest, to Test events in Events Manager; test events count like others',
    ),
    ...queueOptions,
  },
  async run({ testEventCode, eventsQueue, deadLetterQueue, ...where }, effects) {
    const target = targetOf(where, effects);
    const parts: CheckedPart[] = [];
    const { fetch, clock, say } = effects;
    const queues = namedQueues({ eventsQueue, deadLetterQueue });
    let destination: string | undefined | null = null;
    await examine({ ...target, fetch, now: clock(), testEventCode, queues }, (part) => {
      parts.push(part);
      if (part.destination !== destination) say(titleOf(target.deployment, part));
      destination = part.destination;
      for (const each of findingLines(part.check, part.finding)) say(`  ${safeText(each, 1_000)}`);
    });
    const result = diagnosisOf(target.deployment, parts);
    return { result, failed: result.status === 'failed' };
  },
  print: ({ checks }, { out }) => out(`\n${summary(checks)}`),
});

const titleOf = (environment: string, { destination }: CheckedPart): string =>
  destination === undefined ? environment : `\n${environment}, destination ${destination}`;

function diagnosisOf(environment: string, parts: readonly CheckedPart[]): Diagnosis {
  const has = (status: Status): boolean => parts.some(({ finding }) => finding.status === status);
  const status = has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok';
  return { environment, status, checks: parts.map(({ finding, ...where }) => ({ ...where, ...finding })) };
}

function summary(checks: Diagnosis['checks']): string {
  const count = (status: Status): number => checks.filter((each) => each.status === status).length;
  return `${count('ok')} ok, ${plural(count('warning'), 'warning')}, ${count('failed')} failed, ${count('skipped')} skipped`;
}
