import { type Code, i32, i32x4, i8x16, type Local, loop, set, v128 } from '../../shared/lib/sha256/wasm-code.ts';

const { add, shl, shrU } = i32x4;
const { and, or, xor, bitselect } = v128;

/** Part of WebAssembly's interface that is used here: TypeScript knows it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Four blocks of 64 bytes, word by word. */
const groupBytes = 256;
const pageBytes = 65_536;

/**
 * SHA-256 of thousands of short messages in one call, in WebAssembly's vectors, for whoever writes the messages' bytes into
 * its blocks: nothing is copied but bytes. All 64 rounds are written out.
 */
export class Sha256Blocks {
  readonly memory: Buffer;
  /** Where memory that is not used here begins. */
  readonly spare: number;
  /** Where the hex digits of message after message are written. */
  readonly digits: number;
  /** Messages since the last run. */
  count = 0;
  readonly #run: (end: number) => void;

  constructor(messages: number, spareBytes: number) {
    this.digits = Math.ceil(messages / 4) * groupBytes;
    this.spare = 2 * this.digits;
    const { memory, run } = instance(hashGroups(this.digits), Math.ceil((this.spare + spareBytes) / pageBytes));
    this.memory = Buffer.from(memory.buffer);
    this.#run = run;
  }

  /** Place of the first byte of the next message; byte n lies at `base + (n >> 2) * 16 - (n & 3)`, up to 55 of them. */
  get base(): number {
    return (this.count >> 2) * groupBytes + (this.count & 3) * 4 + 3;
  }

  /** Ends the next message after so many bytes. */
  finish(bytes: number): void {
    const { memory, base } = this;
    memory[base + ((bytes >> 2) << 4) - (bytes & 3)] = 0x80;
    memory[base + 237] = bytes << 3;
    memory[base + 238] = bytes >> 5;
    this.count++;
  }

  /** Takes back what has been written of the next message. */
  wipe(): void {
    const { memory, base } = this;
    for (let at = 0; at < 64; at++) memory[base + ((at >> 2) << 4) - (at & 3)] = 0;
  }

  /** Hashes all messages, and clears their blocks for the next ones. */
  run(): void {
    if (this.count > 0) this.#run(Math.ceil(this.count / 4) * groupBytes);
    this.count = 0;
  }
}

// FIPS 180-4, 4.2.2 and 5.3.3: 32 bits of the fractions of the roots of the first primes.
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32);
const primes: number[] = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);

const inAllLanes = (word: number): Code => {
  const bytes = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
  return v128.const([...bytes, ...bytes, ...bytes, ...bytes]);
};
const roundConstants = primes.map((prime) => inAllLanes(fraction(Math.cbrt(prime))));
const initialState = primes.slice(0, 8).map((prime) => inAllLanes(fraction(Math.sqrt(prime))));
const hexDigits = v128.const(Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0)));

const inAll = <Item>(items: readonly Item[], write: (item: Item, index: number) => Code): Code =>
  items.map(write).join('');
const itemOf = <Item>(items: readonly Item[], index: number): Item => items[index] as Item;
const rotate = (x: Code, bits: number): Code => or(shrU(x, bits), shl(x, 32 - bits));
const sigma = (x: Code, i: number, j: number, last: Code): Code => xor(xor(rotate(x, i), rotate(x, j)), last);
const sum = (first: Code, ...others: Code[]): Code => others.reduce((left, right) => add(left, right), first);

/** Hashes the blocks from address 0 to `end`, in groups of four, and writes their digits at `digitsAt`. */
const hashGroups =
  (digitsAt: number) =>
  (end: Local, integer: () => Local, vector: () => Local): Code => {
    const [blocks, digits] = [integer(), integer()];
    const words = Array.from({ length: 16 }, vector);
    const state = Array.from({ length: 8 }, vector);
    const [t, u] = [vector(), vector()];
    const word = (index: number): Local => itemOf(words, index % 16);

    const readBlocks =
      inAll(words, (w, index) => set(w, v128.load(blocks, 16 * index))) +
      inAll(words, (_, index) => v128.store(blocks, 16 * index, inAllLanes(0)));

    let names = state;
    const rounds = inAll(roundConstants, (constant, index) => {
      const [a, b, c, d, e, f, g, h] = names as [Local, Local, Local, Local, Local, Local, Local, Local];
      names = [h, a, b, c, d, e, f, g];
      const [w, before15, before2] = [word(index), word(index + 1), word(index + 14)];
      const next = sum(
        w,
        sigma(before15, 7, 18, shrU(before15, 3)),
        word(index + 9),
        sigma(before2, 17, 19, shrU(before2, 10)),
      );
      return (
        (index < 16 ? '' : set(w, next)) +
        set(t, sum(h, sigma(e, 6, 11, rotate(e, 25)), bitselect(f, g, e), constant, w)) +
        set(d, add(d, t)) +
        set(h, sum(t, sigma(a, 2, 13, rotate(a, 22)), bitselect(c, b, xor(a, b))))
      );
    });

    const lowBits = v128.const(Array.from({ length: 16 }, () => 0x0f));
    const writeDigits = inAll(state, (x, index) => {
      const [high, low] = [i8x16.swizzle(hexDigits, i8x16.shrU(x, 4)), i8x16.swizzle(hexDigits, and(x, lowBits))];
      return (
        set(x, add(x, itemOf(initialState, index))) +
        set(t, high) +
        set(u, low) +
        inAll([0, 1, 2, 3], (lane) => {
          // The digits of a lane's word, its highest byte first: from what holds the high halves and from the low ones.
          const from = [3, 2, 1, 0].flatMap((byte) => [4 * lane + byte, 16 + 4 * lane + byte]);
          return store64(digits, 64 * lane + 8 * index, i8x16.shuffle(t, u, [...from, ...from]));
        })
      );
    });

    const group = readBlocks + inAll(state, (x, index) => set(x, itemOf(initialState, index))) + rounds + writeDigits;
    const advance = (address: Local): Code => set(address, i32.add(address, i32.const(groupBytes)));
    return set(digits, i32.const(digitsAt)) + loop(group + advance(blocks) + advance(digits), i32.ltU(blocks, end));
  };

const bytes = (...values: readonly number[]): Code => String.fromCharCode(...values);
const number = (value: number): Code =>
  value < 0x80 ? bytes(value) : bytes((value & 0x7f) | 0x80) + number(value >>> 7);
const sized = (content: Code): Code => number(content.length) + content;

/** Stores the first eight bytes of a vector. */
const store64 = (address: Code, offset: number, value: Code): Code =>
  address + value + bytes(0xfd) + number(0x5b) + bytes(0) + number(offset) + bytes(0);

interface Instance {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly run: (end: number) => void;
}

function instance(write: ReturnType<typeof hashGroups>, pages: number): Instance {
  const local = (index: number): Local => bytes(0x20) + number(index);
  const variables: Code[] = [];
  const variable = (type: number) => () => local(variables.push(bytes(1, type)));
  const code = write(local(0), variable(0x7f), variable(0x7b));
  const module = [
    bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    bytes(1) + sized(bytes(1, 0x60, 1, 0x7f, 0)), // types: a function of an integer
    bytes(3) + sized(bytes(1, 0)), // functions: one of that type
    bytes(5) + sized(bytes(1, 0) + number(pages)), // memories: one
    bytes(7) + sized(bytes(2) + sized('memory') + bytes(2, 0) + sized('run') + bytes(0, 0)), // exports
    bytes(10) + sized(bytes(1) + sized(number(variables.length) + variables.join('') + code + bytes(0x0b))), // code
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module.join(''), 'latin1'))).exports as Instance;
}
