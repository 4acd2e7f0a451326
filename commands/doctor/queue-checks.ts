import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import type { Check } from '../common/check.ts';
import { failed, ok, skipped, warning } from '../common/finding.ts';
import type { QueueAttributes } from '../common/find-queues.ts';
import { plural } from '../kit/plural.ts';

export interface QueueContext {
  /** `local`, or an environment of `config/`. */
  readonly deployment: string;
  readonly events: QueueAttributes;
  readonly deadLetters: QueueAttributes;
  /** Settings that the environment is deployed with. */
  readonly settings: EnvironmentSettings;
}

const redeploy = 'Deploy again, `npm run deploy -- --env …`; somebody changed the queue by hand.';

/** Whether the queues are as they were deployed. A new check is an entry here. */
export const queueChecks: readonly Check<QueueContext>[] = [
  {
    name: 'events queue',
    run: ({ events }) => {
      const { waiting, inFlight, delayed } = events;
      return ok(`Messages: ${waiting} waiting, ${inFlight} being delivered, ${delayed} to come later.`);
    },
  },
  {
    name: 'visibility',
    run: ({ events: { visibilitySeconds }, settings: { deliver } }) => {
      const wanted = 6 * deliver.timeoutSeconds;
      const message = `${visibilitySeconds} seconds, for a function that may run ${deliver.timeoutSeconds}.`;
      return visibilitySeconds >= wanted
        ? ok(message)
        : failed(`${message} Below ${wanted}, batches are delivered twice.`, redeploy);
    },
  },
  {
    name: 'redrive',
    run: ({ events: { redrive }, deadLetters, settings }) => {
      if (redrive === undefined) return failed('A message that cannot be handled is tried until it expires.', redeploy);
      if (redrive.targetArn !== deadLetters.arn)
        return failed(`It goes to another queue: ${redrive.targetArn}`, redeploy);
      const { maxReceiveCount: wanted } = settings.eventsQueue;
      const message = `To the dead letter queue after ${redrive.maxReceiveCount} tries.`;
      return redrive.maxReceiveCount === wanted
        ? ok(message)
        : warning(`${message} Configured are ${wanted}.`, redeploy);
    },
  },
  {
    name: 'sending',
    run: () =>
      skipped(
        'Whether the functions may send cannot be seen without sending: their role is not yours.',
        'Send an event as docs/deploy.md shows; an answer of 200 says that the queue has it.',
      ),
  },
  {
    name: 'dead letters',
    run: ({ deadLetters: { waiting }, deployment }) =>
      waiting === 0
        ? ok('None.')
        : warning(
            `${plural(waiting, 'message waits', 'messages wait')}.`,
            `See why: \`npm run dead-letters -- list${deployment === 'local' ? '' : ` --env ${deployment}`}\`.`,
          ),
  },
];
