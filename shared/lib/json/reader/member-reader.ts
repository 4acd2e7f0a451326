// The global is a getter, which takes time.
import { Buffer } from 'node:buffer';
import type { MemberTree } from './member-tree.ts';
import { scanCode } from './scan-code.ts';

/** Reads values of one text, one behind the other, and of each only what a tree wants. */
export interface MemberReader {
  /** Takes a text and stands at its beginning. @returns false when it is longer than the reader's memory */
  open(text: string): boolean;
  /** Place in the text, in UTF-16 units. */
  readonly place: number;
  /** Steps over so many ASCII characters. */
  step(characters: number): void;
  /**
   * The value at the place, without what is not wanted of it: absent members are undefined. Stands behind it afterwards.
   *
   * @throws where the text is no JSON, and where the reader is unsure: the general way decides
   */
  read(): unknown;
  /** Levels of nesting in what was passed over in the last value, at most. */
  readonly levelsSkipped: number;
  /** Whether the last value may hold a number that JavaScript rounds, or half a pair of surrogates. */
  readonly hasDoubts: boolean;
  /**
   * Makes a function that says where a member of the value that was read last stands, if it is a text or an object.
   *
   * @throws for a path that the tree does not name, or that leads through a list
   */
  placeOf(steps: readonly string[]): PlaceOfMember;
}

/** @param origin that the place is counted from, in the text */
export type PlaceOfMember = (origin: number) => Place;

/** Of a text without its quotation marks, of an object with its brackets. */
export interface Place {
  readonly start: number;
  /** Behind it. */
  readonly end: number;
}

/** Part of WebAssembly's interface that is used here: TypeScript knows it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface Scan {
  scan(place: number, end: number, ahead: number, node: number, slots: number, limit: number): number;
  bytesAhead(): number;
  levelsSkipped(): number;
  hasDoubts(): number;
}

/** Memory of the scanner, in bytes; scan.as.ts has the other half of it. */
const at = { powers: 1_024, codes: 1_216, tree: 2_048 };
const node = { items: 256, slots: 260, objects: 264, bytes: 268 };
const slotsBytes = 256 * 1_024;
/** Size of the largest message of SQS. */
const textBytes = 1_024 * 1_024;
/** Zeros behind the text, so that a vector may be read there. */
const paddingBytes = 32;
const pageBytes = 64 * 1_024;

const kinds = { members: 9, items: 10 } as const;

/**
 * Compiles a reader for a tree. One pass over the bytes of a text, in WebAssembly, finds the wanted members and checks the rest
 * without building it: half of what `JSON.parse` takes for an order.
 *
 * @throws where there is no WebAssembly with vectors, or no code may be generated
 */
export function createMemberReader(tree: MemberTree): MemberReader {
  module ??= new WebAssembly.Module(Buffer.from(scanCode, 'base64'));
  const memory = new WebAssembly.Memory({
    initial: Math.ceil((at.tree + treeBytes(tree) + slotsBytes + textBytes) / pageBytes) + 1,
  });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { scan, bytesAhead, levelsSkipped, hasDoubts } = exports as Scan;
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  const doubles = new Float64Array(memory.buffer);
  writeTables(bytes, doubles);
  const writer = new TreeWriter(memory.buffer);
  const root = writer.write(tree);
  const slots = align(root.end, 16);
  const textStart = slots + slotsBytes;
  const room = bytes.subarray(textStart, textStart + textBytes);
  const encoder = new TextEncoder();

  let text = '';
  let start = textStart;
  let end = textStart;
  let ahead = 0;

  /** The value in a slot that is no object of which members are wanted, and no list of which items are. */
  const plain = (slot: number): unknown => {
    switch (words[slot]) {
      case 0:
        return undefined;
      case 1:
        return text.slice(wordAt(slot + 2), wordAt(slot + 3));
      case 2:
        return JSON.parse(text.slice(wordAt(slot + 2) - 1, wordAt(slot + 3) + 1));
      case 3:
        return doubles[(slot + 2) >> 1];
      case 5:
        return true;
      case 6:
        return false;
      case 7:
        return null;
      default:
        return JSON.parse(text.slice(wordAt(slot + 2), wordAt(slot + 3)));
    }
  };
  const wordAt = (place: number): number => (words[place] as number) - textStart;
  const build = new Function('words', 'plain', root.code(slots >> 2))(words, plain) as () => unknown;

  return {
    open(whole) {
      text = whole;
      start = textStart;
      ahead = 0;
      const { read, written } = encoder.encodeInto(whole, room);
      end = textStart + written;
      if (read < whole.length || written + paddingBytes > textBytes) return false;
      bytes.fill(0, end, end + paddingBytes);
      return true;
    },
    get place() {
      return start - ahead - textStart;
    },
    step(characters) {
      start += characters;
    },
    read() {
      start = scan(start, end, ahead, root.place, slots, textStart);
      ahead = bytesAhead();
      return build();
    },
    get levelsSkipped() {
      return levelsSkipped();
    },
    get hasDoubts() {
      return hasDoubts() !== 0;
    },
    placeOf(steps) {
      const number = writer.slotOf(steps);
      if (number === undefined) throw new RangeError(`No member ${steps.join('.')} is read.`);
      const slot = (slots >> 2) + 4 * (number + 1);
      return (origin) => ({ start: wordAt(slot + 2) - origin, end: wordAt(slot + 3) - origin });
    },
  };
}

let module: object | undefined;

const align = (place: number, to: number): number => Math.ceil(place / to) * to;

function writeTables(bytes: Uint8Array, doubles: Float64Array): void {
  for (let power = 0; power <= 22; power++) doubles[at.powers / 8 + power] = 10 ** power;
  for (const sign of '"\\/bfnrt') bytes[at.codes + sign.charCodeAt(0)] = 1;
  bytes[at.codes + 'u'.charCodeAt(0)] = 2;
}

/** At most, keys and tables included. */
function treeBytes(tree: MemberTree): number {
  const items = tree.ofList();
  let sum = node.bytes + (items === undefined ? 0 : treeBytes(items));
  for (const [key, below] of tree.ofObject() ?? []) sum += 20 + 3 * key.length + treeBytes(below);
  return sum;
}

/** Where a value's slot is, and code that builds the value, from the number of the slot that the members are counted from. */
interface WrittenNode {
  /** Of the node in memory; 0 where the value is wanted whole. */
  readonly place: number;
  /** Code of the value in a slot. */
  readonly value: (slot: string, base: string) => string;
}

/** Writes trees into the scanner's memory, and code that builds what was found. */
class TreeWriter {
  private readonly memory: DataView;
  private readonly bytes: Buffer;
  private free = at.tree;
  private lists = 0;
  private readonly functions: string[] = [];
  /** Slots of the members that are not below a list, by their paths as JSON. */
  private readonly slots = new Map<string, number>();

  constructor(buffer: ArrayBuffer) {
    this.memory = new DataView(buffer);
    this.bytes = Buffer.from(buffer);
  }

  write(tree: MemberTree): { place: number; end: number; code: (slot: number) => string } {
    const { place, value } = this.node(tree, new Slots(), []);
    const code = (slot: number) => `${this.functions.join(' ')} return () => ${value(String(slot), String(slot + 4))};`;
    return { place, end: this.free, code };
  }

  slotOf(steps: readonly string[]): number | undefined {
    return this.slots.get(JSON.stringify(steps));
  }

  /** @param steps to the node; undefined below a list */
  private node(tree: MemberTree, slots: Slots, steps: readonly string[] | undefined): WrittenNode {
    const [items, wanted] = [tree.ofList(), tree.ofObject()];
    if (items === undefined && wanted === undefined) return { place: 0, value: (slot) => `plain(${slot})` };
    const place = this.take(node.bytes);
    const members = Array.from(wanted ?? [], ([key, below]) => {
      const slot = slots.next();
      const path = steps && [...steps, key];
      if (path !== undefined) this.slots.set(JSON.stringify(path), slot);
      const written = this.node(below, slots, path);
      this.key(place, key, slot, written.place);
      return (base: string) => `${JSON.stringify(key)}: ${written.value(`${base} + ${slot * 4}`, base)}`;
    });
    this.memory.setUint32(place + node.slots, slots.count, true);
    this.memory.setUint32(place + node.objects, wanted === undefined ? 0 : 1, true);
    const list = items === undefined ? undefined : this.list(place, items);
    const object = (base: string) => `{ ${members.map((member) => member(base)).join(', ')} }`;
    return {
      place,
      value: (slot, base) => {
        let code = `plain(${slot})`;
        if (list !== undefined) code = `words[${slot}] === ${kinds.items} ? ${list}(${slot}) : ${code}`;
        return wanted === undefined ? `(${code})` : `(words[${slot}] === ${kinds.members} ? ${object(base)} : ${code})`;
      },
    };
  }

  /** @returns name of the function that builds the list in a slot */
  private list(place: number, tree: MemberTree): string {
    const name = `list${this.lists++}`;
    const { place: item, value } = this.node(tree, new Slots(), undefined);
    this.memory.setUint32(place + node.items, item, true);
    this.functions.push(
      `const ${name} = (slot) => { const found = []; for (let item = words[slot + 2]; item !== 0; item = words[item >> 2]) ` +
        `{ const own = (item >> 2) + 4, base = own + 4; found.push(${value('own', 'base')}); } return found; };`,
    );
    return name;
  }

  private key(place: number, key: string, slot: number, below: number): void {
    const length = Buffer.byteLength(key);
    const entry = this.take(16 + length);
    this.bytes.write(key, entry + 16);
    // Of a key without characters the scanner sees the quotation marks.
    const [first, last] = length === 0 ? [0x22, 0x22] : [this.byte(entry + 16), this.byte(entry + 15 + length)];
    const bucket = place + 4 * ((first + length * 7 + last * 3) & 63);
    this.memory.setUint32(entry, this.memory.getUint32(bucket, true), true);
    this.memory.setUint32(bucket, entry, true);
    this.memory.setUint32(entry + 4, length, true);
    this.memory.setUint32(entry + 8, slot, true);
    this.memory.setUint32(entry + 12, below, true);
  }

  private byte(place: number): number {
    return this.bytes[place] as number;
  }

  private take(bytes: number): number {
    const place = this.free;
    this.free = align(place + bytes, 4);
    return place;
  }
}

/** Numbers for the members of one object, those of its objects included. */
class Slots {
  count = 0;

  next(): number {
    return this.count++;
  }
}
