// AssemblyScript, compiled to scan-code.ts by `npm run scan-code`. Reads one JSON value in a single pass over its UTF-8 bytes and
// writes down where the wanted members stand; all else is checked, and skipped. Whatever it is not sure of ends in a trap, and
// the caller reads the text in the general way: what is not JSON, a wanted member that is there twice, a key with escapes, a
// list of more than fits.
//
// Places are those of the text as JavaScript counts it, in UTF-16 units: bytes less those that a character has beyond them.

// Layout of the memory, in bytes; the same as in layout.ts.
const NESTING: usize = 0; // a byte for each level: whether it is an object
const MAX_DEPTH: usize = 1_024;
const POWERS: usize = 1_024; // of ten, from 0 to 22, as f64
const CODES: usize = 1_216; // for each byte behind a backslash whether it may stand there: 1, and 2 for a u

// Kinds of a slot.
const TEXT: u32 = 1;
const ESCAPED: u32 = 2;
const NUMBER: u32 = 3;
const LITERAL_NUMBER: u32 = 4;
const TRUE: u32 = 5;
const FALSE: u32 = 6;
const NULL: u32 = 7;
const WHOLE: u32 = 8;
const MEMBERS: u32 = 9;
const ITEMS: u32 = 10;

// A node of the tree: 64 buckets of keys, then the node of its items or 0, how many slots its members take, and whether objects
// are read by their members.
const NODE_ITEMS: usize = 256;
const NODE_SLOTS: usize = 260;
const NODE_OBJECTS: usize = 264;
// A key: next of its bucket, its length, slot, node of its value or 0, then its bytes.
const KEY_LENGTH: usize = 4;
const KEY_SLOT: usize = 8;
const KEY_NODE: usize = 12;
const KEY_BYTES: usize = 16;

let end: usize = 0;
/** Bytes by which the text is ahead of its UTF-16 units, up to where it was read. */
let ahead: usize = 0;
let escaped: bool = false;
/** Levels of what was skipped, at most. */
let deepest: usize = 0;
/** Whether there is a number of 16 digits or more, or an escape of a half of a pair of surrogates. */
let isDoubtful: bool = false;
/** Free memory for the slots of items. */
let free: usize = 0;
let limit: usize = 0;

/** Past a string, from behind its opening quotation mark. */
function text(p: usize): usize {
  while (p < end) {
    const bytes = v128.load(p);
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    );
    let beyond = i8x16.bitmask(bytes);
    if (beyond != 0) {
      if (stops != 0) beyond &= (1 << ctz(stops)) - 1;
      if (beyond != 0) {
        const trailing = i8x16.bitmask(i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xc0)), i8x16.splat(<i8>0x80))) & beyond;
        const pairs = i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xf0))) & beyond;
        ahead += <usize>(popcnt(trailing) - popcnt(pairs));
      }
    }
    if (stops == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(stops);
    if (p >= end) break;
    const stop = load<u8>(p);
    if (stop == 0x22) return p + 1;
    if (stop != 0x5c) unreachable();
    escaped = true;
    const code = load<u8>(CODES + <usize>load<u8>(p + 1));
    if (code == 0) unreachable();
    p += 2;
    if (code == 2) {
      if ((load<u8>(p) | 0x20) == 0x64 && load<u8>(p + 1) > 0x37) isDoubtful = true;
      for (let i = 0; i < 4; i++) {
        const digit = load<u8>(p++);
        const letter = digit | 0x20;
        if (!((digit >= 0x30 && digit <= 0x39) || (letter >= 0x61 && letter <= 0x66))) unreachable();
      }
    }
  }
  unreachable();
  return p;
}

@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** Past a number; with a slot, written there. */
function number(p: usize, slot: usize): usize {
  const start = p;
  let byte: u32 = load<u8>(p);
  const isNegative = byte == 0x2d;
  if (isNegative) byte = load<u8>(++p);
  let whole: u64 = 0;
  let digits = 0;
  if (byte == 0x30) {
    byte = load<u8>(++p);
    digits = 1;
  } else {
    if (!isDigit(byte)) unreachable();
    while (isDigit(byte)) {
      whole = whole * 10 + (byte - 0x30);
      digits++;
      byte = load<u8>(++p);
    }
  }
  let fraction: usize = 0;
  if (byte == 0x2e) {
    byte = load<u8>(++p);
    if (!isDigit(byte)) unreachable();
    while (isDigit(byte)) {
      whole = whole * 10 + (byte - 0x30);
      digits++;
      fraction++;
      byte = load<u8>(++p);
    }
  }
  // Exact: a whole number below 2^53 divided by a power of ten that a double holds, and rounded once.
  let isExact = digits <= 15;
  if (!isExact) isDoubtful = true;
  if ((byte | 0x20) == 0x65) {
    isExact = false;
    byte = load<u8>(++p);
    if (byte == 0x2b || byte == 0x2d) byte = load<u8>(++p);
    if (!isDigit(byte)) unreachable();
    while (isDigit(byte)) byte = load<u8>(++p);
  }
  if (slot != 0) {
    if (isExact) {
      store<u32>(slot, NUMBER);
      const value = <f64>whole / load<f64>(POWERS + (fraction << 3));
      store<f64>(slot, isNegative ? -value : value, 8);
    } else {
      store<u32>(slot, LITERAL_NUMBER);
      store<u32>(slot, <u32>(start - ahead), 8);
      store<u32>(slot, <u32>(p - ahead), 12);
    }
  }
  return p;
}

/** Past one of the three words, of four bytes as a number, or five. */
@inline
function word(p: usize, four: u32, fifth: u32): usize {
  if (load<u32>(p) != four) unreachable();
  if (fifth == 0) return p + 4;
  if (<u32>load<u8>(p + 4) != fifth) unreachable();
  return p + 5;
}

const WORD_TRUE: u32 = 0x65757274;
const WORD_FALS: u32 = 0x736c6166;
const WORD_NULL: u32 = 0x6c6c756e;

function blanks(p: usize): usize {
  while (true) {
    const byte = load<u8>(p);
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return p;
    p++;
  }
}

@inline
function next(p: usize): usize {
  return load<u8>(p) > 0x20 ? p : blanks(p);
}

/** Past the quotation mark that opens a key. */
@inline
function opening(p: usize): usize {
  if (load<u8>(p) != 0x22) unreachable();
  return p + 1;
}

/** Past the colon and what stands around it. */
@inline
function colon(p: usize): usize {
  p = next(p);
  if (load<u8>(p) != 0x3a) unreachable();
  return next(p + 1);
}

/** Past an object or list of which nothing is wanted. */
function skip(p: usize): usize {
  let depth: usize = 0;
  while (true) {
    const byte = load<u8>(p);
    let isOpen = false;
    if (byte == 0x22) p = text(p + 1);
    else if (byte == 0x7b || byte == 0x5b) {
      if (depth >= MAX_DEPTH) unreachable();
      store<u8>(NESTING + depth++, byte);
      if (depth > deepest) deepest = depth;
      p = next(p + 1);
      // The closing bracket is two above the opening one.
      if (load<u8>(p) != byte + 2) {
        if (byte == 0x7b) p = colon(text(opening(p)));
        isOpen = true;
      }
    } else if (byte == 0x74) p = word(p, WORD_TRUE, 0);
    else if (byte == 0x66) p = word(p, WORD_FALS, 0x65);
    else if (byte == 0x6e) p = word(p, WORD_NULL, 0);
    else p = number(p, 0);
    if (isOpen) continue;
    while (true) {
      if (depth == 0) return p;
      p = next(p);
      const sign = load<u8>(p);
      const bracket = load<u8>(NESTING + depth - 1);
      p++;
      if (sign == bracket + 2) {
        depth--;
        continue;
      }
      if (sign != 0x2c) unreachable();
      p = next(p);
      if (bracket == 0x7b) p = colon(text(opening(p)));
      break;
    }
  }
  return p;
}

/** Past a value of which something is wanted: all of it without a node, its members or items with one. */
function value(p: usize, slot: usize, node: usize, slots: usize): usize {
  const byte = load<u8>(p);
  if (byte == 0x22) {
    const before = ahead;
    escaped = false;
    const after = text(p + 1);
    store<u32>(slot, escaped ? ESCAPED : TEXT);
    store<u32>(slot, <u32>(p + 1 - before), 8);
    store<u32>(slot, <u32>(after - 1 - ahead), 12);
    return after;
  }
  if (byte == 0x7b || byte == 0x5b) {
    if (node != 0) {
      if (byte == 0x7b) {
        if (load<u32>(node + NODE_OBJECTS) != 0) {
          store<u32>(slot, MEMBERS);
          store<u32>(slot, <u32>(p - ahead), 8);
          const behind = members(p, node, slots);
          store<u32>(slot, <u32>(behind - ahead), 12);
          return behind;
        }
      } else {
        const item: usize = load<u32>(node + NODE_ITEMS);
        if (item != 0) return items(p, slot, item);
      }
    }
    const before = ahead;
    const after = skip(p);
    store<u32>(slot, WHOLE);
    store<u32>(slot, <u32>(p - before), 8);
    store<u32>(slot, <u32>(after - ahead), 12);
    return after;
  }
  if (byte == 0x74) {
    store<u32>(slot, TRUE);
    return word(p, WORD_TRUE, 0);
  }
  if (byte == 0x66) {
    store<u32>(slot, FALSE);
    return word(p, WORD_FALS, 0x65);
  }
  if (byte == 0x6e) {
    store<u32>(slot, NULL);
    return word(p, WORD_NULL, 0);
  }
  return number(p, slot);
}

@inline
function isSame(one: usize, other: usize, length: usize): bool {
  let i: usize = 0;
  while (i < length && load<u8>(one + i) == load<u8>(other + i)) i++;
  return i == length;
}

/** Past an object, its wanted members written into the slots. */
function members(p: usize, node: usize, slots: usize): usize {
  p = next(p + 1);
  if (load<u8>(p) == 0x7d) return p + 1;
  while (true) {
    const start = opening(p);
    escaped = false;
    p = text(start);
    if (escaped) unreachable();
    const length = p - 1 - start;
    p = colon(p);
    const bucket = (<usize>load<u8>(start) + length * 7 + <usize>load<u8>(start + length - 1) * 3) & 63;
    let key: usize = load<u32>(node + (bucket << 2));
    while (key != 0) {
      if (load<u32>(key, KEY_LENGTH) == <u32>length && isSame(key + KEY_BYTES, start, length)) break;
      key = load<u32>(key);
    }
    if (key == 0) p = skip(p);
    else {
      const slot = slots + (<usize>load<u32>(key, KEY_SLOT) << 4);
      if (load<u32>(slot) != 0) unreachable();
      p = value(p, slot, load<u32>(key, KEY_NODE), slots);
    }
    p = next(p);
    const sign = load<u8>(p++);
    if (sign == 0x7d) return p;
    if (sign != 0x2c) unreachable();
    p = next(p);
  }
  return p;
}

/** Past a list, the slots of each item written behind one another: the place of the next item's, unused, then the item's own. */
function items(p: usize, slot: usize, node: usize): usize {
  store<u32>(slot, ITEMS);
  store<u32>(slot, 0, 8);
  p = next(p + 1);
  if (load<u8>(p) == 0x5d) return p + 1;
  const size = ((<usize>load<u32>(node + NODE_SLOTS)) + 1) << 4;
  let link = slot + 8;
  while (true) {
    const item = free;
    free += size + 16;
    if (free > limit) unreachable();
    memory.fill(item, 0, size + 16);
    store<u32>(link, <u32>item);
    link = item;
    p = next(value(p, item + 16, node, item + 32));
    const sign = load<u8>(p++);
    if (sign == 0x5d) return p;
    if (sign != 0x2c) unreachable();
    p = next(p);
  }
  return p;
}

/**
 * Reads the value at `p`.
 *
 * @param aheadBefore bytes that the text up to `p` has beyond its UTF-16 units
 * @param to end of the text; 32 bytes behind it are zero
 * @param slots where the slot of the value and those of its members go; free memory for items begins behind them
 * @returns the place behind the value
 */
export function scan(p: usize, to: usize, aheadBefore: usize, node: usize, slots: usize, most: usize): usize {
  end = to;
  ahead = aheadBefore;
  deepest = 0;
  isDoubtful = false;
  const size = ((<usize>load<u32>(node + NODE_SLOTS)) + 1) << 4;
  memory.fill(slots, 0, size);
  free = slots + size;
  limit = most;
  p = value(next(p), slots, node, slots + 16);
  if (p > end) unreachable();
  return p;
}

export function bytesAhead(): usize {
  return ahead;
}

export function levelsSkipped(): usize {
  return deepest;
}

export function hasDoubts(): bool {
  return isDoubtful;
}
