import { SQSClient } from '@aws-sdk/client-sqs';
import { heldQueue } from '../../../commands/dead-letters/held-queue.ts';
import type { Kept } from '../../../commands/dead-letters/kept.ts';
import type { Letter } from '../../../commands/dead-letters/letter.ts';
import type { Look, Selected } from '../../../commands/dead-letters/look.ts';
import { type OpenedMessage, openMessage } from '../../../commands/dead-letters/open-message.ts';
import { purgeLetters } from '../../../commands/dead-letters/purge.ts';
import { redriveLetters } from '../../../commands/dead-letters/redrive.ts';
import { sendBatch } from '../../../commands/dead-letters/send-batch.ts';
import type { Warning } from '../../../commands/dead-letters/warnings.ts';
import type { RulesOfSource } from '../../../shared/segment/source-rules.ts';
import type { LetterList, LettersMoved, LetterView } from './wire.ts';

export interface DeadLetterServiceOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly queues: { readonly events: string; readonly deadLetters: string };
  /** Of the configuration that runs now. */
  readonly rules: () => RulesOfSource;
}

export interface Change {
  /** SQS's ids of the messages that are meant. */
  readonly ids: readonly string[];
  /** Takes the place of the event, when one letter is redriven. */
  readonly event?: unknown;
  /** Go on in spite of warnings. */
  readonly confirmed: boolean;
}

/** The dead letters, looked at and moved with the same parts as `npm run dead-letters`. One thing at a time. */
export interface DeadLetterService {
  list(): Promise<LetterList>;
  redrive(change: Change): Promise<LettersMoved>;
  purge(change: Omit<Change, 'event'>): Promise<LettersMoved>;
  close(): void;
}

const mostLetters = 1_000;
const holdSeconds = 300;

export function deadLetterService({ endpoint, region, queues, rules }: DeadLetterServiceOptions): DeadLetterService {
  const client = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const stopped = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  /** Messages are hidden from everyone while they are looked at, so two looks at once would each see a part. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  }

  const withHeld = <T>(use: (messages: readonly OpenedMessage[], held: Look['held']) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      const held = heldQueue({ client, queueUrl: queues.deadLetters, pollSeconds: 0, holdSeconds });
      const messages: OpenedMessage[] = [];
      try {
        await held.take(mostLetters, stopped.signal, (message) => messages.push(openMessage(message)));
        return await use(messages, held);
      } finally {
        await held.release();
      }
    });

  const run = (move: (look: Move) => Promise<Moved>, { ids, event, confirmed }: Change): Promise<LettersMoved> =>
    withHeld(async (messages, held) => {
      const wanted = new Set(ids);
      const selected = messages
        .filter(({ id }) => wanted.has(id))
        .map((opened): Selected => {
          const changed = event === undefined ? opened : withEvent(opened, event);
          return { opened: changed, letters: changed.letters };
        });
      const gone = ids.filter((id) => !selected.some(({ opened }) => opened.id === id));
      const { done, kept, warnings } = await move({
        selected,
        now: new Date(),
        held,
        send: (batch) => sendBatch(client, queues.events, batch),
        stopped: stopped.signal,
      });
      const notThere = gone.map((id) => ({ id, why: 'It is no longer in the dead letter queue.' }));
      return {
        done,
        kept: [...kept, ...notThere],
        warnings: confirmed || done > 0 ? [] : warnings.map(({ message }) => message),
      };
    });

  const redrive = (change: Change): Promise<LettersMoved> =>
    run(async (look) => {
      const {
        redriven: done,
        kept,
        warnings,
      } = await redriveLetters(look, {
        dryRun: false,
        yes: change.confirmed,
        rules: rules(),
      });
      return { done, kept, warnings };
    }, change);

  const purge = (change: Omit<Change, 'event'>): Promise<LettersMoved> =>
    run(async (look) => {
      const { purged: done, kept } = await purgeLetters(look, { dryRun: false, yes: change.confirmed });
      return { done, kept, warnings: [] };
    }, change);

  return {
    list: () =>
      withHeld(async (messages) => ({
        letters: messages
          .flatMap(({ letters }) => letters)
          .toSorted((a, b) => b.lastFailedAt.getTime() - a.lastFailedAt.getTime())
          .map(letterView),
        limitReached: messages.length === mostLetters,
      })),
    redrive,
    purge,
    close() {
      stopped.abort();
      client.destroy();
    },
  };
}

type Move = Pick<Look, 'selected' | 'now' | 'held' | 'send' | 'stopped'>;

interface Moved {
  /** Events that were redriven or purged. */
  readonly done: number;
  readonly kept: readonly Kept[];
  readonly warnings: readonly Warning[];
}

/** Only a letter that says why it is dead holds a single event. */
function withEvent(opened: OpenedMessage, event: unknown): OpenedMessage {
  const { content } = opened;
  if (content.kind !== 'letter') throw new Error('Only an event of its own dead letter can be edited.');
  return { ...opened, content: { kind: 'letter', letter: { ...content.letter, event } } };
}

function letterView({ firstFailedAt, lastFailedAt, ...letter }: Letter): LetterView {
  const view = { ...letter, firstFailedAt: firstFailedAt.toISOString(), lastFailedAt: lastFailedAt.toISOString() };
  // Members without a value go, as they would over the wire.
  return JSON.parse(JSON.stringify(view)) as LetterView;
}
