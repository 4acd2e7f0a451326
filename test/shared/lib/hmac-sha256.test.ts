import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hmacSha256 } from '../../../shared/lib/sha256/hmac-sha256.ts';

describe('hmacSha256', () => {
  // https://www.rfc-editor.org/rfc/rfc4231#section-4.3
  it('gives the digest of the published example', () => {
    expect(hmacSha256('Jefe')('what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('fast equals general: any keys and texts, one behind the other', () => {
    const text = fc.string({ unit: 'binary', maxLength: 2_000, size: 'max' });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200, size: 'max' }),
        fc.array(text, { maxLength: 5 }),
        (key, texts) => {
          const digest = hmacSha256(key);

          for (const each of texts) expect(digest(each)).toBe(createHmac('sha256', key).update(each).digest('hex'));
        },
      ),
      { seed: 17, numRuns: 300 },
    );
  });

  it.each([63, 64, 65])('takes a key of %i bytes', (length) => {
    const key = 'k'.repeat(length);

    expect(hmacSha256(key)('text')).toBe(createHmac('sha256', key).update('text').digest('hex'));
  });

  it.each([340, 341, 342, 1_024, 100_000])('takes a text of %i letters of three bytes', (length) => {
    const text = '注'.repeat(length);

    expect(hmacSha256('key')(text)).toBe(createHmac('sha256', 'key').update(text).digest('hex'));
  });
});
