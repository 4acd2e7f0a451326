import { type Command, countEvents, type Selected } from './command.ts';
import { plural } from './counts.ts';
import { type Filter, matchesFilter } from './filter.ts';
import { findQueues, type Queues } from './find-queues.ts';
import { heldQueue, holdSeconds } from './held-queue.ts';
import { list } from './list.ts';
import { type OpenedMessage, openMessage } from './open-message.ts';
import { type CommandName, type Options, readOptions, UsageError, usage } from './options.ts';
import { purge } from './purge.ts';
import { redrive } from './redrive.ts';
import { safeJson, safeText } from './safe-text.ts';
import { sendBatch } from './send-batch.ts';
import { show } from './show.ts';

export interface RunEffects {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: () => Date;
  /** Aborted on Ctrl-C: what is under way is finished, and everything held is given back. */
  readonly stopped: AbortSignal;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** How long a look into the queue waits for a first message, in seconds. @defaultValue 1 */
  readonly pollSeconds?: number;
}

const commands: Readonly<Record<CommandName, Command>> = { list, show, redrive, purge };

/**
 * Runs one command line.
 *
 * @returns the exit code: 0, 1 when something could not be done, 2 when the command line makes no sense
 */
export async function run(args: readonly string[], effects: RunEffects): Promise<0 | 1 | 2> {
  const { environment, out, err } = effects;
  if (args.includes('--help')) {
    out(usage);
    return 0;
  }
  try {
    const options = readOptions(args, environment);
    const queues = await findQueues(options.place);
    try {
      return await runCommand(options, queues, effects);
    } finally {
      queues.client.destroy();
    }
  } catch (error) {
    const message = safeText((error as Error).message, 1_000);
    if (!(error instanceof UsageError)) {
      err(message);
      return 1;
    }
    err(`dead-letters: ${message}; usage: ${usage}`);
    return 2;
  }
}

async function runCommand(options: Options, queues: Queues, effects: RunEffects): Promise<0 | 1> {
  const { clock, stopped, out, err, pollSeconds = 1 } = effects;
  const held = heldQueue({ client: queues.client, queueUrl: queues.deadLetters, pollSeconds });
  try {
    await held.take(options.limit, stopped);
    if (stopped.aborted) {
      err('Interrupted: nothing was done.');
      return 1;
    }
    const messages = held.messages().map(openMessage);
    const limitReached = messages.length === options.limit;
    const now = clock();
    const { json, failed } = await commands[options.command]({
      options,
      selected: select(messages, options.filter, now),
      lookedAt: countEvents(messages),
      now,
      held,
      send: (batch) => sendBatch(queues.client, queues.events ?? '', batch),
      stopped,
      say: options.json ? () => {} : out,
    });
    if (options.json) out(safeJson({ ...json, limitReached }));
    else if (limitReached) err(`Looked at ${options.limit} messages only; --limit looks at more.`);
    return failed ? 1 : 0;
  } finally {
    const hidden = await held.release();
    if (hidden > 0) {
      const minutes = Math.ceil(holdSeconds(options.limit) / 60);
      err(`${plural(hidden, 'message')} could not be given back; SQS shows what is left within ${minutes} minutes.`);
    }
  }
}

function select(messages: readonly OpenedMessage[], filter: Filter, now: Date): Selected[] {
  return messages
    .map((opened) => ({ opened, letters: opened.letters.filter((letter) => matchesFilter(letter, filter, now)) }))
    .filter(({ letters }) => letters.length > 0)
    .toSorted((a, b) => firstFailure(a) - firstFailure(b));
}

const firstFailure = ({ letters }: Selected): number => letters[0]?.firstFailedAt.getTime() ?? 0;
