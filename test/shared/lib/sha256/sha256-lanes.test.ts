import { hash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileSha256Lanes, createSha256Lanes } from '../../../../shared/lib/sha256/sha256-lanes.ts';

const oneByOne = (texts: readonly string[]) => texts.map((text) => hash('sha256', text));
const upTo = (count: number) => Array.from({ length: count + 1 }, (_, index) => index);

describe('compileSha256Lanes', () => {
  const lanes = compileSha256Lanes();

  it.each([
    { title: 'one byte', character: 'a' },
    { title: 'two bytes', character: 'é' },
    { title: 'three bytes', character: '정' },
    { title: 'four bytes', character: '😀' },
    { title: 'half a character', character: '\ud83d' },
  ])('hashes texts of every length, in characters of $title', ({ character }) => {
    // With up to three bytes in front, characters end at every place of a block.
    const texts = ['', 'a', 'ab', 'abc'].flatMap((front) => upTo(200).map((count) => front + character.repeat(count)));

    expect(lanes(texts)).toEqual(oneByOne(texts));
  });

  it.each(upTo(70))('hashes %i texts', (count) => {
    const texts = upTo(count).slice(1).map(String);

    expect(lanes(texts)).toEqual(oneByOne(texts));
  });

  it('gives the digests published for SHA-256', () => {
    const longer = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';

    expect(lanes(['', 'abc', longer])).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ]);
  });

  it('hashes texts that end in zeros, and in halves of characters that others begin with', () => {
    const texts = ['a', 'a\0', 'a\0\0', 'a\ud83d', '\ude00a', '\ude00\ud83d', '', '\0', '\x80', 'ÿ'];

    expect(lanes(texts)).toEqual(oneByOne(texts));
  });

  it('keeps the neighbours of a text that is too long', () => {
    const texts = ['before', 'a'.repeat(56), 'é'.repeat(28), '정'.repeat(19), '😀'.repeat(2_000), 'behind'];

    expect(texts.map((_, index) => lanes(texts.slice(index)))).toEqual(
      texts.map((_, index) => oneByOne(texts.slice(index))),
    );
  });

  it('fast equals general, and leaves nothing of one call to the next', () => {
    const ascii = fc.string({ maxLength: 60 });
    const anyUnits = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
      .map((units) => String.fromCharCode(...units));
    const anyText = fc.oneof(ascii, fc.string({ unit: 'binary', maxLength: 60 }), anyUnits);

    fc.assert(
      fc.property(fc.oneof(fc.array(ascii), fc.array(anyText)), (texts) => {
        expect(lanes(texts)).toEqual(oneByOne(texts));
      }),
      { numRuns: 1_000, seed: 13_008 },
    );
  });
});

describe('createSha256Lanes', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each(upTo(9))('hashes %i texts', (count) => {
    const texts = upTo(count).slice(1).map(String);

    expect(createSha256Lanes(0)(texts)).toEqual(oneByOne(texts));
  });

  it('gives the same before and after the lanes are compiled', () => {
    const texts = upTo(7).map(String);
    const lanes = createSha256Lanes(20);

    expect(upTo(5).map(() => lanes(texts))).toEqual(upTo(5).map(() => oneByOne(texts)));
  });

  it.each([
    { title: 'there is no WebAssembly', webAssembly: undefined },
    {
      title: 'it has no vectors',
      webAssembly: {
        Module: class {
          constructor() {
            throw new Error('invalid opcode 0xfd');
          }
        },
      },
    },
    {
      title: 'what it computes is wrong',
      webAssembly: {
        Module: class {},
        Instance: class {
          readonly exports = { memory: { buffer: new ArrayBuffer(65_536) }, run: () => {} };
        },
      },
    },
  ])('hashes one by one where $title', ({ webAssembly }) => {
    vi.stubGlobal('WebAssembly', webAssembly);
    const texts = ['', 'abc', 'é', 'a'.repeat(56)];

    expect(createSha256Lanes(0)(texts)).toEqual(oneByOne(texts));
  });
});
