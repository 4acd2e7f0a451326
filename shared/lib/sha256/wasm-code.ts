/** WebAssembly code, as a string with a character for each byte: nothing is put together faster. */
export type Code = string;

/** A local variable, as the code that reads it: an instruction and an index. */
export type Local = Code;

const types = { i32: 0x7f, v128: 0x7b };
const noResult = 0x40;

const bytes = (...values: readonly number[]): Code => String.fromCharCode(...values);

/** LEB128: seven bits in a byte, the lowest first. Where a sign is expected, the last of them must leave it zero. */
const number = (value: number, bitsOfLast = 7): Code =>
  value < 2 ** bitsOfLast ? bytes(value) : bytes((value & 0x7f) | 0x80) + number(value >>> 7, bitsOfLast);

const simd = (opcode: number): Code => bytes(0xfd) + number(opcode);
const binary = (code: Code) => (first: Code, second: Code) => first + second + code;
const shift = (code: Code) => (value: Code, bits: number) => value + i32.const(bits) + code;
/** Loads from `address + offset`, which need not be aligned. */
const load = (code: Code) => (address: Code, offset: number) => address + code + bytes(0) + number(offset);

/** Instructions under the names of the specification, https://webassembly.github.io/spec/core/ */
export const i32 = {
  const: (value: number) => bytes(0x41) + number(value, 6),
  load: load(bytes(0x28)),
  ltU: binary(bytes(0x49)),
  add: binary(bytes(0x6a)),
  sub: binary(bytes(0x6b)),
};
export const v128 = {
  load: load(simd(0x00)),
  load32Splat: load(simd(0x09)),
  store: (address: Code, offset: number, value: Code) => address + value + simd(0x0b) + bytes(0) + number(offset),
  const: (values: readonly number[]) => simd(0x0c) + bytes(...values),
  and: binary(simd(0x4e)),
  or: binary(simd(0x50)),
  xor: binary(simd(0x51)),
  bitselect: (ones: Code, zeros: Code, mask: Code) => ones + zeros + mask + simd(0x52),
};
export const i8x16 = {
  shuffle: (first: Code, second: Code, from: readonly number[]) => first + second + simd(0x0d) + bytes(...from),
  swizzle: binary(simd(0x0e)),
  shrU: shift(simd(0x6d)),
};
export const i32x4 = { shl: shift(simd(0xab)), shrU: shift(simd(0xad)), add: binary(simd(0xae)) };

export const set = (local: Local, value: Code): Code => value + bytes(0x21) + local.slice(1);

/** Runs `body`, and as long as `condition` holds behind it, `between` and `body` once more. */
export const loop = (body: Code, condition: Code, between: Code = ''): Code =>
  bytes(0x03, noResult) + body + condition + bytes(0x04, noResult) + between + bytes(0x0c, 1, 0x0b, 0x0b);

/** Part of WebAssembly's interface that is used here: TypeScript knows it for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** A compiled function, and the memory that it works in: one page, 64 KiB. */
export interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly run: (argument: number) => void;
}

/**
 * Compiles a function of one integer, without a result.
 *
 * @param write gives its code, and takes the local variables that this needs
 * @throws what WebAssembly throws, such as where it has no vectors
 */
export function compile(write: (argument: Local, integer: () => Local, vector: () => Local) => Code): Machine {
  const local = (index: number): Local => bytes(0x20) + number(index);
  const variables: Code[] = [];
  const variable = (type: number) => () => local(variables.push(bytes(1, type)));
  const code = write(local(0), variable(types.i32), variable(types.v128));
  const module = [
    bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    bytes(1) + sized(bytes(1, 0x60, 1, types.i32, 0)), // types: a function of an integer
    bytes(3) + sized(bytes(1, 0)), // functions: one of that type
    bytes(5) + sized(bytes(1, 0, 1)), // memories: one of a page
    bytes(7) + sized(bytes(2) + sized('memory') + bytes(2, 0) + sized('run') + bytes(0, 0)), // exports
    bytes(10) + sized(bytes(1) + sized(number(variables.length) + variables.join('') + code + bytes(0x0b))), // code
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module.join(''), 'latin1'))).exports as Machine;
}

const sized = (content: Code): Code => number(content.length) + content;
