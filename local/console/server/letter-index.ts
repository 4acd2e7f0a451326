import type { Letter } from '../../../commands/dead-letters/letter.ts';
import { openMessage, type StoredMessage } from '../../../commands/dead-letters/open-message.ts';
import { type FindText, findText } from './find-text.ts';
import { eachYielding } from './yielding.ts';

/** A dead letter under the name that the page knows it by. */
export interface IndexedLetter {
  /** Stays the same when what shares its message is moved elsewhere. */
  readonly key: string;
  /** Rises with each letter that came. */
  readonly number: number;
  /** Without the event, which is in the message. */
  readonly facts: Letter;
  /** SQS message that holds it. */
  message: string;
  /** Among the letters of its message. */
  position: number;
}

/** Which letters are meant. What is empty or left out restricts nothing. */
export interface LetterQuery {
  /** Looked for anywhere in the letter and its event. */
  readonly text?: string | undefined;
  readonly code?: string | undefined;
  readonly stage?: string | undefined;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly mapping?: string | undefined;
  readonly event?: string | undefined;
  /** Only what came up to this number: what a list showed, whatever came since. */
  readonly upTo?: number | undefined;
}

interface IndexedMessage {
  readonly body: string;
  readonly sentAt: Date;
  readonly letters: readonly IndexedLetter[];
  /** The look at the queue that saw it last. */
  seen: number;
}

/** Contents of the dead letter queue, each letter numbered in the order in which it was seen first. */
export class LetterIndex {
  readonly #messages = new Map<string, IndexedMessage>();
  readonly #letters = new Map<string, IndexedLetter>();
  #look = 0;
  #lastNumber = 0;

  get size(): number {
    return this.#letters.size;
  }

  /** Number of the letter that came last. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** Takes up what is new in the queue, and forgets what is gone. */
  async follow(messages: Iterable<StoredMessage>): Promise<void> {
    const look = ++this.#look;
    await eachYielding(messages, (stored) => {
      const known = this.#messages.get(stored.id);
      if (known === undefined) this.#add(stored, look);
      else known.seen = look;
    });
    for (const [id, { seen }] of this.#messages) if (seen < look) this.#remove(id);
  }

  /** A message took the place of another: the letters that are in it live on under their keys. */
  replace(id: string, stored: StoredMessage, letters: readonly IndexedLetter[]): void {
    const before = this.#messages.get(id);
    if (before === undefined) return;
    this.#messages.delete(id);
    for (const { key } of before.letters) if (!letters.some((letter) => letter.key === key)) this.#letters.delete(key);
    for (const [position, letter] of letters.entries()) Object.assign(letter, { message: stored.id, position });
    this.#messages.set(stored.id, { ...stored, letters, seen: this.#look });
  }

  letter(key: string): IndexedLetter | undefined {
    return this.#letters.get(key);
  }

  lettersOf(message: string): readonly IndexedLetter[] {
    return this.#messages.get(message)?.letters ?? [];
  }

  /** The letter's event, read from its message. */
  eventOf({ message, position }: IndexedLetter): unknown {
    const known = this.#messages.get(message);
    if (known === undefined) return undefined;
    return openMessage({ id: message, body: known.body, sentAt: known.sentAt }).letters[position]?.event;
  }

  /** Latest first. */
  async find(query: LetterQuery): Promise<IndexedLetter[]> {
    const { text = '', upTo = Number.POSITIVE_INFINITY } = query;
    const holds = text.trim() === '' ? undefined : findText(text);
    const found: IndexedLetter[] = [];
    await eachYielding(this.#letters.values(), (letter) => {
      if (letter.number > upTo || !fits(letter.facts, query)) return;
      if (holds === undefined || this.#holds(letter, holds)) found.push(letter);
    });
    return found.reverse();
  }

  #holds(letter: IndexedLetter, holds: FindText): boolean {
    const known = this.#messages.get(letter.message);
    if (known === undefined) return false;
    if (known.letters.length === 1) return holds(known.body);
    return (
      holds(JSON.stringify(letter.facts)) || (holds(known.body) && holds(JSON.stringify(this.eventOf(letter)) ?? ''))
    );
  }

  #add(stored: StoredMessage, look: number): void {
    const { id, body, sentAt } = stored;
    const letters = openMessage(stored).letters.map((letter, position): IndexedLetter => {
      const number = ++this.#lastNumber;
      return { key: `${id}.${position}`, number, facts: { ...letter, event: undefined }, message: id, position };
    });
    for (const letter of letters) this.#letters.set(letter.key, letter);
    this.#messages.set(id, { body, sentAt, letters, seen: look });
  }

  #remove(id: string): void {
    for (const { key } of this.lettersOf(id)) this.#letters.delete(key);
    this.#messages.delete(id);
  }
}

const facets = {
  code: ({ code }) => code,
  stage: ({ stage }) => stage,
  source: ({ source }) => source,
  destination: ({ destination }) => destination,
  mapping: ({ mapping }) => mapping,
  event: ({ eventName }) => eventName,
} satisfies Partial<Record<keyof LetterQuery, (letter: Letter) => string | undefined>>;

const fits = (letter: Letter, query: LetterQuery): boolean =>
  Object.entries(facets).every(([name, read]) => {
    const wanted = query[name as keyof typeof facets];
    return wanted === undefined || wanted === '' || read(letter) === wanted;
  });
