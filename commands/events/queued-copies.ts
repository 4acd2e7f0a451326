import * as z from 'zod';
import { mayHold } from '../../shared/queue/may-hold.ts';
import type { Timeline } from '../../shared/record/timeline.ts';
import type { Target } from '../common/target-options.ts';
import type { CommandEffects } from '../kit/effects.ts';
import type { Letter } from '../dead-letters/letter.ts';
import { openMessage, type StoredMessage } from '../dead-letters/open-message.ts';

/** A copy of an event that lies on a queue right now. */
export interface QueuedCopy {
  readonly queue: 'events' | 'deadLetters';
  /** SQS itself gave it up, so that no function has told of its end. */
  readonly isMoved: boolean;
  /** Mappings that it is for; undefined for all that its event matches. */
  readonly mappings: readonly string[] | undefined;
  readonly letter: Letter & { readonly messageId: string };
}

/** Copies that were found, and which queues could be looked into. */
export interface QueuedCopies {
  readonly copies: readonly QueuedCopy[];
  readonly lookedInto: ReadonlySet<QueuedCopy['queue']>;
}

/** Messages of a dead letter queue in AWS that are looked at; they are hidden from others while it takes. */
const mostMessages = 10_000;
const holdSeconds = 120;
const longestWaitMs = 5_000;

const Held = z.object({
  events: z.record(z.string(), z.string()),
  deadLetters: z.record(z.string(), z.string()),
});

/**
 * Looks for events on the queues of a deployment. Nothing is changed there: in AWS only the dead letter queue can be looked into,
 * since a message of the events queue that is received counts as tried.
 *
 * @param texts that the events hold: message ids, addresses
 * @returns nothing where no `npm start` runs
 */
export async function queuedCopies(
  target: Target,
  texts: readonly string[],
  { fetch, stopped }: Pick<CommandEffects, 'fetch' | 'stopped'>,
): Promise<QueuedCopies> {
  const wanted = texts.filter((text) => text !== '').map((text) => JSON.stringify(text).slice(1, -1));
  if (wanted.length === 0) return nowhere;
  if (target.deployment !== 'local') return inAws(target, wanted, stopped);
  try {
    const response = await fetch(`http://127.0.0.1:${target.port}/messages`, {
      method: 'POST',
      body: JSON.stringify(wanted),
      signal: AbortSignal.timeout(longestWaitMs),
    });
    const held = Held.parse(await response.json());
    const copies = (['events', 'deadLetters'] as const).flatMap((queue) =>
      Object.entries(held[queue]).flatMap(([id, body]) => copiesIn(queue, { id, body, sentAt: new Date(0) })),
    );
    return { copies, lookedInto: new Set(['events', 'deadLetters'] as const) };
  } catch {
    return nowhere;
  }
}

const nowhere: QueuedCopies = { copies: [], lookedInto: new Set() };

async function inAws(target: Target, wanted: readonly string[], stopped: AbortSignal): Promise<QueuedCopies> {
  const { withServices } = await import('../common/services.ts');
  const { findQueues } = await import('../common/find-queues.ts');
  const { heldQueue } = await import('../dead-letters/held-queue.ts');
  return withServices(target, async (services) => {
    const { deadLetters: queueUrl } = await findQueues(services);
    const held = heldQueue({ client: services.sqs, queueUrl, pollSeconds: 1, holdSeconds });
    const copies: QueuedCopy[] = [];
    try {
      await held.take(mostMessages, stopped, (stored) => {
        if (mayHold(stored.body, wanted)) copies.push(...copiesIn('deadLetters', stored));
      });
    } finally {
      await held.release();
    }
    return { copies, lookedInto: new Set(['deadLetters'] as const) };
  });
}

function copiesIn(queue: QueuedCopy['queue'], stored: StoredMessage): QueuedCopy[] {
  const { content, letters } = openMessage(stored);
  const isMoved = content.kind === 'moved';
  // Letters of a moved message are in the order of its events.
  const owed = isMoved ? content.messages.flatMap(({ events, retry }) => events.map(() => retry?.mappings)) : [];
  return letters.flatMap(({ messageId, ...letter }, index) => {
    if (messageId === undefined) return [];
    const named = letter.mapping === undefined ? undefined : [letter.mapping];
    return [{ queue, isMoved, mappings: isMoved ? owed[index] : named, letter: { ...letter, messageId } }];
  });
}

/** Whether the queues can say more of an event than its receipts do. */
export const isUnsettled = ({ final, open }: Timeline): boolean =>
  final.length === 0 || open.length > 0 || final.some(({ outcome }) => outcome === 'dead' || outcome === 'rejected');
