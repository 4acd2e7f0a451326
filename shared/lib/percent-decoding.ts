const percent = 0x25;

/**
 * A text with its percent escapes decoded as UTF-8. What is no escape, or decodes to no character, stays as it is written;
 * its neighbours are decoded all the same. Takes one step for each character and throws for nothing.
 */
export function percentDecoded(text: string): string {
  let decoded = '';
  let kept = 0;
  for (let from = text.indexOf('%'); from !== -1 && from < text.length; ) {
    const first = byteAt(text, from);
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const code = first === notAByte || length === 0 ? notAByte : codePointAt(text, from, first, length);
    if (code === notAByte) from++;
    else {
      decoded += text.slice(kept, from) + String.fromCodePoint(code);
      kept = from + 3 * length;
      from = kept;
    }
    // Quicker than indexOf where escapes stand close together.
    while (from < text.length && text.charCodeAt(from) !== percent) from++;
  }
  return kept === 0 ? text : decoded + text.slice(kept);
}

const notAByte = -1;

/** The byte that the three characters from an index on stand for. */
function byteAt(text: string, index: number): number {
  if (text.charCodeAt(index) !== percent) return notAByte;
  const high = hexDigit(text.charCodeAt(index + 1));
  const low = hexDigit(text.charCodeAt(index + 2));
  return high === notAByte || low === notAByte ? notAByte : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : notAByte;
}

/** Lowest code point of a sequence of so many bytes: a longer sequence than needed stands for nothing. */
const lowest = [0, 0, 0x80, 0x800, 0x10000];

function codePointAt(text: string, index: number, first: number, length: number): number {
  if (length === 1) return first;
  let code = first & (0xff >> (length + 1));
  for (let place = 1; place < length; place++) {
    const byte = byteAt(text, index + 3 * place);
    if ((byte & 0xc0) !== 0x80 || byte === notAByte) return notAByte;
    code = (code << 6) | (byte & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (lowest[length] as number) || code > 0x10ffff || isSurrogate ? notAByte : code;
}
