/** Members to find: a slot for each value, by name, in objects and in the objects of lists. */
export interface Shape {
  readonly [name: string]: number | Shape | readonly [Shape];
}

/** Members of one object by a hash of their names, in a table with open addresses. */
interface Members {
  readonly hashes: Int32Array;
  readonly names: (Buffer | undefined)[];
  /** Slot, or what is inside. */
  readonly slots: Int32Array;
  readonly inside: (Members | undefined)[];
}

const tableSize = 64;
const isObject = -2;
const isList = -3;
const nothing = -1;
const [quote, backslash, comma, openList, closeList, openObject, closeObject] = Buffer.from('"\\,[]{}');

function compile(shape: Shape): Members {
  const members: Members = {
    hashes: new Int32Array(tableSize),
    names: Array.from({ length: tableSize }, () => undefined),
    slots: new Int32Array(tableSize).fill(nothing),
    inside: Array.from({ length: tableSize }, () => undefined),
  };
  for (const [text, what] of Object.entries(shape)) {
    const name = Buffer.from(text);
    const hash = name.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 0);
    let at = firstPlace(hash);
    while (members.names[at] !== undefined) at = (at + 1) % tableSize;
    members.names[at] = name;
    members.hashes[at] = hash;
    members.slots[at] = typeof what === 'number' ? what : Array.isArray(what) ? isList : isObject;
    if (typeof what !== 'number')
      members.inside[at] = compile(Array.isArray(what) ? (what[0] as Shape) : (what as Shape));
  }
  return members;
}

const firstPlace = (hash: number): number => (hash ^ (hash >>> 7)) & (tableSize - 1);

/**
 * Finds the values of the members of a shape in the bytes of an object, in one pass, and skips all else. Trusts that the
 * bytes are JSON, as those of an event that ingest has read.
 */
export class MemberScanner {
  /** Where the value of each slot begins and ends; 0 where there is none. Items of a list follow behind the others. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  items = 0;
  readonly #memory: Buffer;
  readonly #members: Members;
  readonly #firstItem: number;
  readonly #slotsOfItem: number;
  readonly #mostItems: number;

  constructor(memory: Buffer, shape: Shape, slots: { firstItem: number; ofItem: number; mostItems: number }) {
    this.#memory = memory;
    this.#members = compile(shape);
    this.#firstItem = slots.firstItem;
    this.#slotsOfItem = slots.ofItem;
    this.#mostItems = slots.mostItems;
    this.starts = new Int32Array(slots.firstItem + slots.ofItem * slots.mostItems);
    this.ends = new Int32Array(this.starts.length);
  }

  /** Reads the object that begins at `start`. */
  scan(start: number): void {
    this.starts.fill(0, 0, this.#firstItem);
    this.items = 0;
    this.#object(afterSpace(this.#memory, start) + 1, this.#members, 0);
  }

  /** @param at behind the opening brace @returns behind the closing one */
  #object(at: number, members: Members, firstSlot: number): number {
    const memory = this.#memory;
    at = afterSpace(memory, at);
    if (memory[at] === closeObject) return at + 1;
    for (;;) {
      const name = ++at;
      let hash = 0;
      for (let byte = memory[at] as number; byte !== quote; byte = memory[at] as number) {
        hash = (Math.imul(hash, 31) + byte) | 0;
        at += byte === backslash ? 2 : 1;
      }
      const length = at - name;
      // Behind the colon.
      at = afterSpace(memory, afterSpace(memory, at + 1) + 1);
      let place = firstPlace(hash);
      let known = members.names[place];
      while (
        known !== undefined &&
        (members.hashes[place] !== hash || known.length !== length || !isSame(memory, name, known))
      ) {
        place = (place + 1) % tableSize;
        known = members.names[place];
      }
      at = known === undefined ? afterValue(memory, at) : this.#value(at, members, place, firstSlot);
      at = afterSpace(memory, at);
      if (memory[at] === closeObject) return at + 1;
      // Behind the comma.
      at = afterSpace(memory, at + 1);
    }
  }

  #value(at: number, { slots, inside }: Members, place: number, firstSlot: number): number {
    const memory = this.#memory;
    const slot = slots[place] as number;
    if (slot >= 0) {
      const end = afterValue(memory, at);
      this.starts[firstSlot + slot] = at;
      this.ends[firstSlot + slot] = end;
      return end;
    }
    const within = inside[place] as Members;
    if (slot === isObject && memory[at] === openObject) return this.#object(at + 1, within, 0);
    if (slot === isList && memory[at] === openList) return this.#list(at + 1, within);
    return afterValue(memory, at);
  }

  #list(at: number, members: Members): number {
    const memory = this.#memory;
    at = afterSpace(memory, at);
    if (memory[at] === closeList) return at + 1;
    for (;;) {
      if (memory[at] === openObject && this.items < this.#mostItems) {
        const slot = this.#firstItem + this.#slotsOfItem * this.items++;
        this.starts.fill(0, slot, slot + this.#slotsOfItem);
        at = this.#object(at + 1, members, slot);
      } else {
        at = afterValue(memory, at);
      }
      at = afterSpace(memory, at);
      if (memory[at] === closeList) return at + 1;
      at = afterSpace(memory, at + 1);
    }
  }
}

function afterSpace(memory: Buffer, at: number): number {
  while ((memory[at] as number) <= 32) at++;
  return at;
}

/** @param at behind the opening quotation mark */
function afterString(memory: Buffer, at: number): number {
  for (;;) {
    const byte = memory[at++];
    if (byte === quote) return at;
    if (byte === backslash) at++;
  }
}

function afterValue(memory: Buffer, at: number): number {
  const first = memory[at];
  if (first === quote) return afterString(memory, at + 1);
  if (first === openObject || first === openList) return afterNested(memory, at);
  for (;;) {
    const byte = memory[at] as number;
    if (byte === comma || byte === closeObject || byte === closeList || byte <= 32) return at;
    at++;
  }
}

function afterNested(memory: Buffer, at: number): number {
  let depth = 0;
  for (;;) {
    const byte = memory[at++];
    if (byte === quote) at = afterString(memory, at);
    else if (byte === openObject || byte === openList) depth++;
    else if ((byte === closeObject || byte === closeList) && --depth === 0) return at;
  }
}

/** Whether the bytes from `at` on are those of a name. */
export function isSame(memory: Buffer, at: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index++) if (memory[at + index] !== name[index]) return false;
  return true;
}
