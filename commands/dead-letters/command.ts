import type { HeldQueue } from './held-queue.ts';
import { totalOf } from './counts.ts';
import type { Letter } from './letter.ts';
import type { OpenedMessage } from './open-message.ts';
import type { Options } from './options.ts';
import type { Outgoing } from './send-batch.ts';

/** A message of the queue of which at least one letter was asked for. */
export interface Selected {
  readonly opened: OpenedMessage;
  /** Those of its letters that were asked for. */
  readonly letters: readonly Letter[];
}

export interface CommandContext {
  readonly options: Options;
  /** Oldest first. */
  readonly selected: readonly Selected[];
  /** How many letters there were to choose from. */
  readonly lookedAt: number;
  readonly now: Date;
  readonly held: Pick<HeldQueue, 'remove'>;
  /** Sends one batch to the events queue. @returns what SQS confirmed */
  readonly send: <Item extends Outgoing>(batch: readonly Item[]) => Promise<readonly Item[]>;
  readonly stopped: AbortSignal;
  /** Writes a line for people; silent when the output is for machines. */
  readonly say: (line: string) => void;
}

export interface CommandResult {
  /** What `--json` prints. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Whether something that was asked for could not be done. */
  readonly failed: boolean;
}

export type Command = (context: CommandContext) => Promise<CommandResult>;

/** A message that stays in the dead letter queue, and why. */
export interface Kept {
  readonly id: string;
  readonly events: number;
  readonly why: string;
}

/** One line per reason. */
export const keptLines = (kept: readonly Kept[]): string[] =>
  [...Map.groupBy(kept, ({ why }) => why)].map(
    ([why, group]) => `  stays (${group.reduce((sum, { events }) => sum + events, 0)}): ${why}`,
  );

export const countEvents = (messages: readonly { readonly letters: readonly Letter[] }[]): number =>
  messages.reduce((sum, { letters }) => sum + totalOf(letters), 0);
