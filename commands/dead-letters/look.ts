import { withServices, type Services } from '../common/services.ts';
import { findQueues, readQueue } from '../common/find-queues.ts';
import { queueOptions } from '../common/queue-options.ts';
import { type DeploymentName, optionalTargetOptions, targetOf } from '../common/target-options.ts';
import type { CommandEffects } from '../kit/effects.ts';
import { flag, text, wholeNumberFrom } from '../kit/option.ts';
import { plural } from '../kit/plural.ts';
import { CommandError } from '../kit/report-errors.ts';
import { UsageError } from '../kit/usage-error.ts';
import { userHere, whoAmI } from '../common/who-am-i.ts';
import { type AskRecord, withRecord } from '../events/open-record.ts';
import { leaveReceipts, type Operation } from './leave-receipts.ts';
import { letterTally } from './counts.ts';
import { type Filter, matchesFilter } from './filter.ts';
import { type HeldQueue, heldQueue } from './held-queue.ts';
import type { Letter } from './letter.ts';
import type { Kept } from './kept.ts';
import { openMessage, type OpenedMessage, type StoredMessage } from './open-message.ts';
import type { Seen } from './seen.ts';
import { type Outgoing, sendBatch } from './send-batch.ts';

/** A message of the queue of which at least one letter was asked for. */
export interface Selected {
  readonly opened: OpenedMessage;
  /** Those of its letters that were asked for. */
  readonly letters: readonly Letter[];
}

/** Letters that a look into the dead letter queue has found, and what can be done with them while they are held. */
export interface Look {
  /** Oldest first. */
  readonly selected: readonly Selected[];
  readonly seen: Seen;
  readonly now: Date;
  readonly held: Pick<HeldQueue, 'remove'>;
  /** Sends one batch to the events queue. @returns what SQS confirmed */
  readonly send: <Item extends Outgoing>(batch: readonly Item[]) => Promise<readonly Item[]>;
  readonly stopped: AbortSignal;
  /** Writes into the record who did what to which letters, where there is a record. */
  readonly operated: (action: Operation['action'], letters: readonly Letter[]) => Promise<void>;
}

/** SQS hands out no more than 120,000 messages before the first is deleted. */
const largestLimit = 100_000;
/** Of letters that are kept with their events until the command is done. */
const mostBytes = 512 * 1024 * 1024;

/** Options of a command that changes what lies in the queue. */
export const changeOptions = {
  dryRun: flag('counts and warnings, and nothing is changed'),
  yes: flag('goes on in spite of a warning; purge always needs it'),
};

/** Where the queues are, and how much of them is looked at. */
export const lookOptions = {
  ...optionalTargetOptions,
  deadLetterQueue: queueOptions.deadLetterQueue,
  eventsQueue: queueOptions.eventsQueue,
  limit: text(
    '<n>',
    `messages to look at; ${largestLimit} if left out, and at most`,
    wholeNumberFrom(1, largestLimit).default(largestLimit),
  ),
};

export interface LookOptions {
  readonly env: DeploymentName | undefined;
  readonly port: number | undefined;
  readonly deadLetterQueue: string | undefined;
  readonly eventsQueue: string | undefined;
  readonly limit: number;
}

/** Long enough to read all messages and act on each, short enough if the process dies without giving them back. */
const holdSeconds = (messages: number): number => Math.min(43_200, 300 + Math.ceil(messages / 50));

/**
 * Looks through the dead letter queue, hands what matches to `use`, and gives back what is left of it.
 *
 * @param needs `facts`: what a list says of a letter; `events`: the whole event; `send`: the events queue as well
 * @throws CommandError when it is interrupted or SQS fails
 */
export async function withLook<T>(
  options: LookOptions,
  filter: Filter,
  needs: 'facts' | 'events' | 'send',
  effects: CommandEffects,
  use: (look: Look) => Promise<T>,
): Promise<T> {
  const { deadLetterQueue, eventsQueue } = options;
  if (eventsQueue !== undefined && deadLetterQueue === undefined) {
    throw new UsageError('--events-queue needs --dead-letter-queue');
  }
  if (deadLetterQueue !== undefined && eventsQueue === undefined && needs === 'send') {
    throw new UsageError('redrive needs --events-queue beside --dead-letter-queue');
  }
  if (deadLetterQueue !== undefined && options.port !== undefined) {
    throw new UsageError('give --port or --dead-letter-queue, not both');
  }
  const { clock, stopped, err } = effects;
  const target = targetOf({ ...options, env: options.env ?? 'local' }, effects);
  // Queues that are named are an account's, unless it is said otherwise.
  const where =
    options.env === undefined && deadLetterQueue !== undefined ? { ...target, deployment: undefined } : target;
  return withServices(where, async (services) => {
    const queues =
      deadLetterQueue === undefined
        ? await findQueues(services)
        : { deadLetters: deadLetterQueue, events: eventsQueue ?? '' };
    const { waiting } = await readQueue(services.sqs, queues.deadLetters);
    const hold = holdSeconds(Math.min(options.limit, waiting));
    const held = heldQueue({
      client: services.sqs,
      queueUrl: queues.deadLetters,
      pollSeconds: pollSecondsOf(services),
      holdSeconds: hold,
    });
    try {
      const now = clock();
      const collected = collector(filter, now, needs !== 'facts');
      const enough = AbortSignal.any([stopped, collected.full]);
      await held.take(options.limit, enough, collected.add);
      if (stopped.aborted) throw new CommandError({ reason: 'Interrupted: nothing was done.', fix: 'Run it again.' });
      const messages = held.size();
      const limitReached = messages === options.limit || collected.full.aborted;
      return await use({
        selected: collected.selected(),
        seen: { ...collected.seen(), inQueue: Math.max(waiting, messages), messages, limitReached },
        now,
        held,
        send: (batch) => sendBatch(services.sqs, queues.events, batch),
        stopped,
        async operated(action, letters) {
          const { deployment, aws } = services;
          if (deployment === undefined || letters.length === 0) return;
          const who = deployment === 'local' ? userHere() : await whoAmI(aws);
          const ask: AskRecord = (use) => withRecord(target, use);
          await leaveReceipts({ action, who, at: clock(), letters }, { deployment, aws, ask, onError: err });
        },
      });
    } finally {
      const hidden = await held.release();
      if (hidden > 0) {
        const minutes = Math.ceil(hold / 60);
        err(`${plural(hidden, 'message')} could not be given back; SQS shows what is left within ${minutes} minutes.`);
      }
    }
  });
}

/** The embedded queue has one server, which knows at once that it is empty. */
const pollSecondsOf = ({ deployment }: Services): number => (deployment === 'local' ? 0 : 1);

/** Chooses among messages as they come, and keeps no more of each than is needed. */
function collector(filter: Filter, now: Date, keepEvents: boolean) {
  const selected: Selected[] = [];
  const tally = letterTally();
  const full = new AbortController();
  let bytes = 0;
  return {
    full: full.signal,
    add(stored: StoredMessage): void {
      const opened = openMessage(stored);
      for (const letter of opened.letters) tally.add(letter);
      const letters = opened.letters.filter((letter) => matchesFilter(letter, filter, now));
      if (letters.length === 0) return;
      if (keepEvents) {
        selected.push({ opened, letters });
        bytes += stored.body.length;
        if (bytes > mostBytes) full.abort();
      } else {
        const facts = letters.map((letter) => ({ ...letter, event: undefined }));
        selected.push({
          opened: { ...opened, body: '', content: { kind: 'unreadable' }, letters: facts },
          letters: facts,
        });
      }
    },
    selected: () => selected.toSorted((a, b) => firstFailure(a) - firstFailure(b)),
    seen: () => ({ lookedAt: tally.counts().total, counts: tally.counts() }),
  };
}

const firstFailure = ({ letters }: Selected): number => letters[0]?.firstFailedAt.getTime() ?? 0;

/** Letters of what went: of everything that was selected, without what stayed. */
export function lettersThatWent(selected: readonly Selected[], kept: readonly Kept[]): Letter[] {
  const stayed = new Set(kept.map(({ id }) => id));
  return selected.flatMap(({ opened }) => (stayed.has(opened.id) ? [] : opened.letters));
}
