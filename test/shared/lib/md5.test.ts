import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { md5Hex } from '../../../shared/lib/md5.ts';

it.each(['', 'a', 'N/A', 'unbekannt', 'ゲスト', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'é'.repeat(100)])(
  'hashes "%s" as everybody does',
  (text) => {
    expect(md5Hex(text)).toBe(hash('md5', text));
  },
);

it('hashes any text as everybody does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(md5Hex(text)).toBe(hash('md5', text));
    }),
    { numRuns: 300, seed: 20261201 },
  );
});
