import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { eventsByCode } from '../../../commands/dead-letters/counts.ts';
import type { Operation } from '../../../commands/dead-letters/leave-receipts.ts';
import type { Letter } from '../../../commands/dead-letters/letter.ts';
import type { Kept } from '../../../commands/dead-letters/kept.ts';
import type { Look, Selected } from '../../../commands/dead-letters/look.ts';
import { type OpenedMessage, openMessage } from '../../../commands/dead-letters/open-message.ts';
import { partOfMessage } from '../../../commands/dead-letters/part-of-message.ts';
import { purgeLetters } from '../../../commands/dead-letters/purge.ts';
import type { IsShopSale } from '../../../commands/dead-letters/shop-sales.ts';
import { redriveLetters } from '../../../commands/dead-letters/redrive.ts';
import { sendBatch } from '../../../commands/dead-letters/send-batch.ts';
import type { Warning } from '../../../commands/dead-letters/warnings.ts';
import type { RulesOfSource } from '../../../shared/segment/source-rules.ts';
import { groupsOf } from './letter-groups.ts';
import { type IndexedLetter, LetterIndex, type LetterQuery } from './letter-index.ts';
import { type LetterStore, notHeld } from './letter-store.ts';
import type { LetterList, LettersChosen, LettersMoved, LetterView } from './wire.ts';

export interface DeadLetterServiceOptions {
  readonly store: LetterStore;
  readonly client: SQSClient;
  readonly eventsQueue: string;
  /** Of the configuration that runs now. */
  readonly rules: () => RulesOfSource;
  readonly isShopSale?: IsShopSale;
  /** Told of every change that did something, with the letters that went. It must not fail. */
  readonly onMoved?: (action: LetterAction, letters: readonly Letter[]) => Promise<void>;
}

export type LetterAction = Operation['action'];

export interface Change {
  readonly chosen: LettersChosen;
  /** Takes the place of the event, when one letter is redriven. */
  readonly event?: unknown;
  /** Go on in spite of warnings. */
  readonly confirmed: boolean;
}

export interface ListOptions {
  readonly query: LetterQuery;
  /** Only letters with a lower number: the page after another. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The dead letters, looked at and moved with the same parts as `npm run dead-letters`. One change at a time. */
export interface DeadLetterService {
  list(options: ListOptions): Promise<LetterList>;
  /** A letter of the queue, with its event. */
  letter(key: string): Promise<LetterView | undefined>;
  /** Letters of an event by its message id, or the one with a key; the latest first. */
  lettersOf(messageId: string): Promise<readonly LetterView[]>;
  redrive(change: Change): Promise<LettersMoved>;
  purge(change: Omit<Change, 'event'>): Promise<LettersMoved>;
  /** How many letters there are as of the last look, and the number of the latest. */
  known(): { readonly letters: number; readonly lastNumber: number };
  /** Looks again, unless it is looking already. */
  refresh(): Promise<void>;
  close(): void;
}

export function deadLetterService({
  store,
  client,
  eventsQueue,
  rules,
  isShopSale,
  onMoved = async () => {},
}: DeadLetterServiceOptions): DeadLetterService {
  const index = new LetterIndex();
  const run = randomUUID();
  const stopped = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let looking: Promise<void> | undefined;

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  }

  /** A look that began before is over before another begins, so that what was there when it was asked for is seen. */
  const refresh = (): Promise<void> => {
    looking ??= inTurn(async () => {
      looking = undefined;
      await index.follow(await store.messages());
    });
    return looking;
  };

  async function choose(
    chosen: LettersChosen,
  ): Promise<{ letters: readonly IndexedLetter[]; gone: readonly string[] }> {
    if ('keys' in chosen) {
      const letters = chosen.keys.map((key) => [key, index.letter(key)] as const);
      return {
        letters: letters.flatMap(([, letter]) => letter ?? []),
        gone: letters.flatMap(([key, letter]) => (letter === undefined ? [key] : [])),
      };
    }
    if (chosen.run !== run) throw new Error('The list is from before a restart. Load the page again.');
    return { letters: await index.find({ ...chosen.query, upTo: chosen.upTo }), gone: [] };
  }

  const change = (
    action: LetterAction,
    move: (look: Move) => Promise<Moved>,
    { chosen, event, confirmed }: Change,
  ): Promise<LettersMoved> =>
    inTurn(async () => {
      await index.follow(await store.messages());
      const { letters, gone } = await choose(chosen);
      const wanted = new Map(Map.groupBy(letters, ({ message }) => message));
      const hold = await store.hold(new Set(wanted.keys()));
      const kept = new Map<string, string[]>();
      const keep = (why: string, keys: readonly string[]) => kept.set(why, [...(kept.get(why) ?? []), ...keys]);
      if (gone.length > 0) keep(notHeld.gone, gone);
      for (const [id, why] of hold.missing) keep(why, keysOf(wanted.get(id)));
      try {
        const selected: Selected[] = [];
        const partial: Held[] = [];
        for (const message of hold.messages) {
          const opened = openMessage(message);
          if (wanted.get(opened.id)?.length === opened.letters.length) {
            const changed = event === undefined ? opened : withEvent(opened, event);
            selected.push({ opened: changed, letters: changed.letters });
          } else partial.push({ opened, sentAt: message.sentAt });
        }
        const context = { now: new Date(), stopped: stopped.signal };
        const send: Move['send'] = (batch) => sendBatch(client, eventsQueue, batch);
        const parts = new Map(
          partial
            .map((held) => partly(held, wanted.get(held.opened.id) ?? [], event))
            .map((part) => [part.selected.opened.id, part]),
        );
        const originOf = (id: string): string => parts.get(id)?.origin ?? id;
        const {
          done,
          kept: stayed,
          warnings,
        } = await move({
          ...context,
          send,
          selected: [...selected, ...[...parts.values()].map(({ selected: part }) => part)],
          held: { remove: (ids) => removeParts(ids, parts, hold.held) },
        });
        const stays = new Set(stayed.map(({ id }) => originOf(id)));
        for (const { id, why } of stayed) keep(why, keysOf(wanted.get(originOf(id))));
        const went =
          warnings.length > 0 && !confirmed && done === 0 ? [] : hold.messages.filter(({ id }) => !stays.has(id));
        const moved = went.flatMap(({ id }) => wanted.get(id) ?? []);
        if (done > 0)
          await onMoved(
            action,
            moved.map(({ facts }) => facts),
          );
        return {
          done,
          doneBy: done === 0 ? {} : eventsByCode(moved.map(({ facts }) => facts)),
          keys: done === 0 ? [] : keysOf(moved),
          kept: [...kept].map(([why, keys]) => ({ why, keys, events: eventsOf(keys, letters) })),
          warnings: confirmed || done > 0 ? [] : warnings.map(({ message }) => message),
        };
      } finally {
        await hold.release();
        await index.follow(await store.messages());
      }
    });

  /** A message of which only some letters go: they go as a message of their own, and the others stay as another. */
  function partly({ opened, sentAt }: Held, letters: readonly IndexedLetter[], event: unknown): Part {
    const all = index.lettersOf(opened.id);
    const going = new Set(letters.map(({ position }) => position));
    const staying = new Set(all.map(({ position }) => position).filter((position) => !going.has(position)));
    const body = partOfMessage(opened, going) ?? opened.body;
    const part = openMessage({ id: `${opened.id}.${[...going].join('.')}`, body, sentAt });
    const changed = event === undefined ? part : withEvent(part, event);
    return {
      ...{ origin: opened.id, sentAt },
      selected: { opened: changed, letters: changed.letters },
      rest: partOfMessage(opened, staying) ?? '',
      staying: all.filter(({ position }) => staying.has(position)),
    };
  }

  /** Removes some events of messages. The others are put back before their message goes, so that nothing is lost in between. */
  async function removeParts(ids: readonly string[], parts: ReadonlyMap<string, Part>, held: Look['held']) {
    const ready: string[] = [];
    for (const id of ids) {
      const part = parts.get(id);
      if (part === undefined) {
        ready.push(id);
        continue;
      }
      const newId = await store.put(part.rest).catch(() => undefined);
      if (newId === undefined) continue;
      index.replace(part.origin, { id: newId, body: part.rest, sentAt: part.sentAt }, part.staying);
      ready.push(part.origin);
    }
    const removed = await held.remove(ready);
    return new Set(ids.filter((id) => removed.has(parts.get(id)?.origin ?? id)));
  }

  const redrive = (asked: Change): Promise<LettersMoved> =>
    change(
      'redrive',
      async (look) => {
        const options = { dryRun: false, yes: asked.confirmed, rules: rules(), isShopSale };
        const { redriven: done, kept, warnings } = await redriveLetters(look, options);
        return { done, kept, warnings };
      },
      asked,
    );

  const purge = (asked: Omit<Change, 'event'>): Promise<LettersMoved> =>
    change(
      'purge',
      async (look) => {
        if (!asked.confirmed) return { done: 0, kept: [], warnings: [] };
        const { purged: done, kept } = await purgeLetters(look, { dryRun: false, yes: true });
        return { done, kept, warnings: [] };
      },
      asked,
    );

  const viewOf = (letter: IndexedLetter): LetterView => letterView(letter, index.eventOf(letter));

  return {
    async list({ query, before = Number.POSITIVE_INFINITY, limit }) {
      await refresh();
      const upTo = query.upTo ?? index.lastNumber;
      const { code, stage, ...others } = query;
      const ofAnyReason = await index.find({ ...others, upTo });
      const found = ofAnyReason.filter(
        ({ facts }) => (!code || facts.code === code) && (!stage || facts.stage === stage),
      );
      const rest = found.filter(({ number }) => number < before);
      const page = rest.slice(0, limit);
      const end = page.at(-1);
      return {
        ...{ run, upTo, all: index.size },
        matching: found.length,
        events: found.reduce((sum, { facts }) => sum + facts.events, 0),
        groups: groupsOf(ofAnyReason, new Date()),
        letters: page.map(viewOf),
        ...(end !== undefined && page.length < rest.length && { before: end.number }),
      };
    },
    async letter(key) {
      await refresh();
      const letter = index.letter(key);
      return letter && viewOf(letter);
    },
    async lettersOf(messageId) {
      await refresh();
      const own = index.letter(messageId);
      if (own !== undefined) return [viewOf(own)];
      const found = await index.find({ text: JSON.stringify(messageId) });
      return found.filter(({ facts }) => facts.messageId === messageId).map(viewOf);
    },
    redrive,
    purge,
    known: () => ({ letters: index.size, lastNumber: index.lastNumber }),
    refresh,
    close() {
      stopped.abort();
      store.close();
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

interface Held {
  readonly opened: OpenedMessage;
  readonly sentAt: Date;
}

interface Part {
  /** Message that it was a part of. */
  readonly origin: string;
  readonly sentAt: Date;
  readonly selected: Selected;
  /** Message that takes the place of what stays. */
  readonly rest: string;
  readonly staying: readonly IndexedLetter[];
}

const keysOf = (letters: readonly IndexedLetter[] = []): readonly string[] => letters.map(({ key }) => key);

function eventsOf(keys: readonly string[], letters: readonly IndexedLetter[]): number {
  const known = new Map(letters.map(({ key, facts }) => [key, facts.events]));
  return keys.reduce((sum, key) => sum + (known.get(key) ?? 1), 0);
}

/** Only a letter that says why it is dead, or one of a request, is a single event. */
function withEvent(opened: OpenedMessage, event: unknown): OpenedMessage {
  const { content, letters } = opened;
  if (content.kind === 'letter')
    return { ...opened, content: { kind: 'letter', letter: { ...content.letter, event } } };
  if (content.kind === 'rejected' && letters.length === 1 && content.rejected.events.length === 1) {
    return { ...opened, content: { kind: 'rejected', rejected: { ...content.rejected, events: [event] } } };
  }
  throw new Error('Only an event of its own dead letter can be edited.');
}

function letterView({ key, facts }: IndexedLetter, event: unknown): LetterView {
  const { id: _, firstFailedAt, lastFailedAt, ...letter } = facts;
  const times = { firstFailedAt: firstFailedAt.toISOString(), lastFailedAt: lastFailedAt.toISOString() };
  // Members without a value go, as they would over the wire.
  return JSON.parse(JSON.stringify({ ...letter, ...times, key, event })) as LetterView;
}
