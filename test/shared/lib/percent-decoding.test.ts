import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentDecoded } from '../../../shared/lib/percent-decoding.ts';

describe('percentDecoded', () => {
  it('decodes what encodeURIComponent writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(percentDecoded(encodeURIComponent(text))).toBe(text.replaceAll(/%[\da-f]{2}/gi, decodeURIComponent));
      }),
      { seed: 12 },
    );
  });

  it.each([
    ['a%40b', 'a@b'],
    ['%e4%BD%a0%F0%9F%98%80', '你😀'],
    ['%ff%40%ff', '%ff@%ff'],
    ['100%', '100%'],
    ['%4', '%4'],
    ['%zz%41', '%zzA'],
    ['%%41', '%A'],
    ['%2540', '%40'],
    ['%e0%a4%40', '%e0%a4@'],
    ['%c0%80 %c1%bf %e0%80%80 %f0%80%80%80', '%c0%80 %c1%bf %e0%80%80 %f0%80%80%80'],
    ['%ed%a0%80 %f4%90%80%80 %f5%80%80%80', '%ed%a0%80 %f4%90%80%80 %f5%80%80%80'],
    ['', ''],
    ['as it is', 'as it is'],
  ])('of %j is %j', (text, decoded) => {
    expect(percentDecoded(text)).toBe(decoded);
  });
});
