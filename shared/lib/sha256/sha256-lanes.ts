// The global is a getter, which takes time.
import { Buffer } from 'node:buffer';
import type { Sha256 } from './sha256.ts';
import { lazy } from '../lazy.ts';
import { sha256Hex } from './sha256-hex.ts';
import { type Code, compile, i8x16, i32, i32x4, type Local, loop, set, v128 } from './wasm-code.ts';

/** SHA-256 of the UTF-8 bytes of each text, as 64 lower-case hex digits. */
export type Sha256All = (texts: readonly string[]) => string[];

/** A block has 64 bytes, of which a one behind the text and its length take nine. */
const longestBytes = 55;

/** A digest is a slice of the digits of its run, and keeps all of them in memory. */
const textsPerRun = 32;

/** Four texts or fewer cost as much as two calls of `hash`. */
const fewestPerRun = 3;

/** Where things are in WebAssembly's memory, in bytes. Masks are read up to 168 bytes, 56 characters, before their place. */
const at = { roundConstants: 0, initialState: 256, masks: 288, lengths: 512, digests: 1024, texts: 4096 };

/**
 * Fast twin of {@link sha256Hex}: hashes short texts four at a time, one in each lane of WebAssembly's vectors (SIMD), since a call of `hash` costs
 * several times what it computes. The first texts of a process go to `hash`, and so do those of more than 55 bytes, and
 * every text where there are no vectors.
 *
 * @param warmUp texts before the lanes are compiled: that takes some milliseconds, which shorter lives never win back
 */
export function createSha256Lanes(warmUp = 8_000): Sha256All {
  let hashed = 0;
  const lanes = lazy(checkedLanes);
  return (texts) => {
    if (texts.length < fewestPerRun) return hashEach(texts);
    if (hashed >= warmUp) return lanes()(texts);
    hashed += texts.length;
    return hashEach(texts);
  };
}

/** Node's SHA-256 for processes that hash by the thousand: several texts at once go through the lanes. */
export const sha256InLanes: Sha256 = Object.assign((text: string) => sha256Hex(text), { all: createSha256Lanes() });

/** Lanes that passed a self-test, or one text after the other: a wrong digest would match nobody, unnoticed. */
function checkedLanes(): Sha256All {
  const samples = ['', 'ann@example.com', 'müller', '49301234567', 'x'.repeat(longestBytes)];
  try {
    const lanes = compileSha256Lanes();
    const expected = hashEach(samples);
    return lanes(samples).every((digest, index) => digest === expected[index]) ? lanes : hashEach;
  } catch {
    return hashEach;
  }
}

const hashEach: Sha256All = (texts) => texts.map((text) => sha256Hex(text));

/** @throws where WebAssembly has no vectors */
export function compileSha256Lanes(): Sha256All {
  const { memory, run } = compile(hashTexts);
  const bytes = Buffer.from(memory.buffer);
  const lengths = new Uint32Array(memory.buffer, at.lengths, textsPerRun);
  writeConstants(bytes);

  /** Still too long, if the text is. */
  const beginningOf = (text: string) => (text.length > longestBytes ? text.slice(0, longestBytes + 1) : text);

  /** Writes one text behind the other, of a text that is too long its beginning. False when two of them grew together. */
  const write = (texts: readonly string[]): boolean => {
    let all = '';
    texts.forEach((text, index) => {
      const beginning = beginningOf(text);
      all += beginning;
      lengths[index] = beginning.length;
    });
    const written = bytes.write(all, at.texts);
    // As many bytes as UTF-16 units: all is ASCII, as most texts are, and their lengths need no second look.
    if (written === all.length) return true;
    let sum = 0;
    texts.forEach((text, index) => {
      const length = Buffer.byteLength(beginningOf(text));
      lengths[index] = length;
      sum += length;
    });
    // Half a character at the end of a text and half of one at the beginning of the next are written as one character.
    return sum === written;
  };
  const hashRun: Sha256All = (texts) => {
    if (!write(texts)) return hashEach(texts);
    run(at.lengths + 4 * texts.length);
    const digits = bytes.toString('latin1', at.digests, at.digests + 64 * texts.length);
    return texts.map((text, index) =>
      (lengths[index] ?? 0) > longestBytes ? sha256Hex(text) : digits.slice(64 * index, 64 * index + 64),
    );
  };

  return (texts) => {
    if (texts.length <= textsPerRun) return hashRun(texts);
    const digests: string[] = [];
    for (let from = 0; from < texts.length; from += textsPerRun) {
      digests.push(...hashRun(texts.slice(from, from + textsPerRun)));
    }
    return digests;
  };
}

function writeConstants(bytes: Buffer): void {
  // FIPS 180-4, 4.2.2 and 5.3.3: 32 bits of the fractions of the roots of the first primes.
  const fraction = (root: number) => Math.floor((root % 1) * 2 ** 32);
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  primes.forEach((prime, index) => {
    bytes.writeUInt32LE(fraction(Math.cbrt(prime)), at.roundConstants + 4 * index);
    if (index < 8) bytes.writeUInt32LE(fraction(Math.sqrt(prime)), at.initialState + 4 * index);
  });
  // 64 bytes of ones, 64 of zeros, and a block that begins with a one. For a text of n bytes, what is read n bytes before
  // the zeros keeps the text and clears what lies behind it; what is read n bytes before the block has its one there.
  bytes.fill(0xff, at.masks, at.masks + 64);
  bytes[at.masks + 128] = 0x80;
}

const { add, shl, shrU } = i32x4;
const { and, or, xor, bitselect } = v128;
const { shuffle, swizzle } = i8x16;
const inAll = <Item>(items: readonly Item[], write: (item: Item, index: number) => Code) => items.map(write).join('');
const advance = (address: Local, by: Code) => set(address, i32.add(address, by));

// The functions of FIPS 180-4, 4.1.2, for four words at once.
const rotate = (x: Code, bits: number) => or(shrU(x, bits), shl(x, 32 - bits));
const bigSigma = (x: Code, i: number, j: number, k: number) => xor(xor(rotate(x, i), rotate(x, j)), rotate(x, k));
const smallSigma = (x: Code, i: number, j: number, k: number) => xor(xor(rotate(x, i), rotate(x, j)), shrU(x, k));
const choose = (e: Code, f: Code, g: Code) => bitselect(f, g, e);
const majority = (a: Code, b: Code, c: Code) => bitselect(c, b, xor(a, b));
const sum = (first: Code, ...others: Code[]) => others.reduce((left, right) => add(left, right), first);

type Four = readonly [Local, Local, Local, Local];

const lowWords = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const lowBytes = [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23];
const high = (indices: readonly number[]) => indices.map((index) => index + 8);
const interleave = ([a, b, c, d]: Four, [w, x, y, z]: Four) =>
  set(w, shuffle(a, c, lowWords)) +
  set(x, shuffle(a, c, high(lowWords))) +
  set(y, shuffle(b, d, lowWords)) +
  set(z, shuffle(b, d, high(lowWords)));
/** Between a vector for each text and one for each word. Interleaving twice makes rows columns. */
const transpose = (rows: Four, scratch: Four) => interleave(rows, scratch) + interleave(scratch, rows);
/** Words of SHA-256 have their highest byte first, lanes have it last. */
const swapBytes = (x: Local) => set(x, swizzle(x, v128.const([3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12])));

/** Hashes the texts whose lengths are found before the address `end`, in groups of four. */
function hashTexts(end: Local, integer: () => Local, vector: () => Local): Code {
  const [lengths, text, mask, constants, digests] = [integer(), integer(), integer(), integer(), integer()];
  const fourVectors = (): Four => [vector(), vector(), vector(), vector()];
  const quarters = [fourVectors(), fourVectors(), fourVectors(), fourVectors()];
  const words = quarters.flat();
  const word = (index: number) => words[index % 16] as Local;
  const [left, right] = [fourVectors(), fourVectors()];
  const state = [...left, ...right] as const;
  const scratch = fourVectors();
  const [t, u, v] = scratch;

  const readText = (lane: number) =>
    set(mask, i32.sub(i32.const(at.masks), i32.load(lengths, 4 * lane))) +
    inAll(quarters, (quarter, index) => {
      const kept = and(v128.load(text, 16 * index), v128.load(mask, 64 + 16 * index));
      return set(quarter[lane] as Local, or(kept, v128.load(mask, 128 + 16 * index)));
    }) +
    advance(text, i32.load(lengths, 4 * lane));
  const readBlocks =
    inAll([0, 1, 2, 3], readText) +
    inAll(quarters, (quarter) => transpose(quarter, scratch)) +
    inAll(words, swapBytes) +
    set(word(15), shl(v128.load(lengths, 0), 3)); // in bits

  let names = state;
  const rounds = inAll(words, (w, index) => {
    const [a, b, c, d, e, f, g, h] = names;
    // What was computed into h is the next a: the values stay where they are, and the names move on.
    names = [h, a, b, c, d, e, f, g];
    const constant = v128.load32Splat(constants, 4 * index);
    return (
      set(t, sum(h, w, constant, choose(e, f, g), bigSigma(e, 6, 11, 25))) +
      set(d, add(d, t)) +
      set(h, sum(t, bigSigma(a, 2, 13, 22), majority(a, b, c)))
    );
  });
  const nextWords = inAll(words, (w, index) =>
    set(w, sum(w, smallSigma(word(index + 1), 7, 18, 3), word(index + 9), smallSigma(word(index + 14), 17, 19, 10))),
  );
  const initial = (index: number) => v128.load32Splat(i32.const(at.initialState), 4 * index);
  const hashBlocks =
    inAll(state, (x, index) => set(x, initial(index))) +
    set(constants, i32.const(at.roundConstants)) +
    // Four times sixteen rounds. Code for all 64 is slower, and takes longer to compile.
    loop(rounds + advance(constants, i32.const(64)), i32.ltU(constants, i32.const(at.initialState)), nextWords) +
    inAll(state, (x, index) => set(x, add(x, initial(index))));

  const hexDigits = v128.const(Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0)));
  const lowBits = v128.const(Array.from({ length: 16 }, () => 0x0f));
  const writeDigits = (half: Four, offset: number) =>
    transpose(half, scratch) +
    set(v, hexDigits) +
    inAll(half, (x, lane) => {
      const to = 64 * lane + offset;
      return (
        swapBytes(x) +
        set(t, swizzle(v, i8x16.shrU(x, 4))) +
        set(u, swizzle(v, and(x, lowBits))) +
        v128.store(digests, to, shuffle(t, u, lowBytes)) +
        v128.store(digests, to + 16, shuffle(t, u, high(lowBytes)))
      );
    });

  const group = readBlocks + hashBlocks + writeDigits(left, 0) + writeDigits(right, 32);
  const nextGroup = advance(lengths, i32.const(4 * 4)) + advance(digests, i32.const(4 * 64));
  return (
    set(lengths, i32.const(at.lengths)) +
    set(text, i32.const(at.texts)) +
    set(digests, i32.const(at.digests)) +
    loop(group + nextGroup, i32.ltU(lengths, end))
  );
}
