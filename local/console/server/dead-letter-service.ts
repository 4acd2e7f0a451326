import { SQSClient } from '@aws-sdk/client-sqs';
import {
  type Command,
  type CommandContext,
  countEvents,
  type Kept,
  type Selected,
} from '../../../commands/dead-letters/command.ts';
import { heldQueue } from '../../../commands/dead-letters/held-queue.ts';
import type { Letter } from '../../../commands/dead-letters/letter.ts';
import { type OpenedMessage, openMessage } from '../../../commands/dead-letters/open-message.ts';
import { purge } from '../../../commands/dead-letters/purge.ts';
import { redrive } from '../../../commands/dead-letters/redrive.ts';
import { sendBatch } from '../../../commands/dead-letters/send-batch.ts';
import type { LetterList, LettersMoved, LetterView } from './wire.ts';

export interface DeadLetterServiceOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly queues: { readonly events: string; readonly deadLetters: string };
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

export function deadLetterService({ endpoint, region, queues }: DeadLetterServiceOptions): DeadLetterService {
  const client = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const stopped = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  /** Messages are hidden from everyone while they are looked at, so two looks at once would each see a part. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  }

  const withHeld = <T>(
    use: (messages: readonly OpenedMessage[], held: CommandContext['held']) => Promise<T>,
  ): Promise<T> =>
    inTurn(async () => {
      const held = heldQueue({ client, queueUrl: queues.deadLetters, pollSeconds: 0 });
      try {
        await held.take(mostLetters, stopped.signal);
        return await use(held.messages().map(openMessage), held);
      } finally {
        await held.release();
      }
    });

  const run = (command: Command, { ids, event, confirmed }: Change): Promise<LettersMoved> =>
    withHeld(async (messages, held) => {
      const wanted = new Set(ids);
      const selected = messages
        .filter(({ id }) => wanted.has(id))
        .map((opened): Selected => {
          const changed = event === undefined ? opened : withEvent(opened, event);
          return { opened: changed, letters: changed.letters };
        });
      const gone = ids.filter((id) => !selected.some(({ opened }) => opened.id === id));
      const { json } = await command({
        options: { ...options, yes: confirmed },
        selected,
        lookedAt: countEvents(messages),
        now: new Date(),
        held,
        send: (batch) => sendBatch(client, queues.events, batch),
        stopped: stopped.signal,
        say: () => {},
      });
      const { redriven, purged, kept, warnings } = json as unknown as CommandResult;
      const done = redriven ?? purged ?? 0;
      const notThere = gone.map((id) => ({ id, why: 'It is no longer in the dead letter queue.' }));
      return {
        done,
        kept: [...kept, ...notThere],
        warnings: confirmed || done > 0 ? [] : (warnings ?? []).map(({ message }) => message),
      };
    });

  return {
    list: () =>
      withHeld(async (messages) => ({
        letters: messages
          .flatMap(({ letters }) => letters)
          .toSorted((a, b) => b.lastFailedAt.getTime() - a.lastFailedAt.getTime())
          .map(letterView),
        limitReached: messages.length === mostLetters,
      })),
    redrive: (change) => run(redrive, change),
    purge: (change) => run(purge, change),
    close() {
      stopped.abort();
      client.destroy();
    },
  };
}

/** What both commands say. */
interface CommandResult {
  readonly redriven?: number;
  readonly purged?: number;
  readonly kept: readonly Kept[];
  readonly warnings?: readonly { readonly message: string }[];
}

const options = {
  command: 'redrive',
  filter: {},
  place: { port: '' },
  limit: mostLetters,
  json: true,
  dryRun: false,
  reveal: false,
} as const;

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
