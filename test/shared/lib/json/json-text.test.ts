import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlain, writeJson } from '../../../../shared/lib/json/json-text.ts';
import { guardText, guardUrl } from '../../../../shared/meta/privacy/personal-data.ts';

describe('isPlain', () => {
  it.each(['', 'ORD-1', 'Mozilla/5.0 (X11; Linux x86_64)', 'https://shop.example/a_b/~c#d'])(
    'is true of %j',
    (text) => {
      expect(isPlain(text)).toBe(true);
    },
  );

  it.each(['"', '\\', '\n', '\u007f', 'é', '\ud800', 'a@b.example', '+49', '%40', '?phone=1'])(
    'is false of %j, which is escaped or may be personal',
    (text) => {
      expect(isPlain(text)).toBe(false);
    },
  );

  it('fast equals general: true only of texts that JSON writes as they are and that nothing is taken out of', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }));

    fc.assert(
      fc.property(text.filter(isPlain), (plain) => {
        expect(JSON.stringify(plain)).toBe(`"${plain}"`);
        expect(guardText(plain, 'remove')).toEqual({ value: plain, found: 0 });
        expect(guardUrl(plain, 'remove')).toEqual({ value: plain, found: 0 });
      }),
      { numRuns: 1_000, seed: 13_008 },
    );
  });
});

describe('writeJson', () => {
  it.each([
    ['A\ud83d', '"A\ufffd"'],
    ['\udc00B', '"\ufffdB"'],
    ['\ud83d\ude00', '"\ud83d\ude00"'],
    ['\\ud83d', String.raw`"\\ud83d"`],
    ['\\\ud83d', '"\\\\\ufffd"'],
    // elie222/rakazo#416, PixelPaw-Labs/codex-trace#279: a text that was cut within an emoji.
    ['done \ud83d\ud83d', '"done \ufffd\ufffd"'],
    [
      { 'a\ud83d': ['\\ud83d\ude00', '\\\\\ude00'] },
      String.raw`{"a\ufffd":["\\ud83d\ufffd","\\\\\ufffd"]}`.replaceAll('\\ufffd', '\ufffd'),
    ],
  ])('writes %j as %s', (text, json) => {
    expect(writeJson(text)).toBe(json);
  });

  it('gives what any reader reads: the value with its texts made well-formed', () => {
    const value = fc.array(
      fc.record({ text: fc.string({ unit: 'binary' }), half: fc.constantFrom('\ud800', '\\ud800') }),
    );

    fc.assert(
      fc.property(value, (items) => {
        const expected = items.map(({ text, half }) => ({ text: text.toWellFormed(), half: half.toWellFormed() }));

        expect(JSON.parse(writeJson(items))).toEqual(expected);
      }),
    );
  });
});
