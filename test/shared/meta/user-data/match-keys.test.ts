import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digestMatchKey,
  type MatchKey,
  type MatchKeyContext,
  normaliseMatchKey,
  normalisers,
} from '../../../../shared/meta/user-data/match-keys.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

const matchKeys = Object.keys(normalisers) as MatchKey[];

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('AİŞE ΣΑΣ', 'nu-ll', 'Null', 'e-\u0301', '１２３４５'),
);
const word = fc.stringMatching(/^[A-ZÀ-ÿ][a-zà-ÿ]{1,9}[-.' ]?[a-zà-ÿ]{0,9}$/);

/** Texts that look like the real thing and often are. */
const plausible: Readonly<Record<MatchKey, fc.Arbitrary<string>>> = {
  em: fc.emailAddress(),
  ph: fc.stringMatching(/^[+0]?(\d{2,4}[ .-]){2,3}\d{2,4}( x\d{1,3})?$/),
  fn: word,
  ln: word,
  ge: fc.mixedCase(fc.constantFrom('f', 'female', 'mrs.', 'm', 'male', '(mr)')),
  db: fc.stringMatching(/^((19|20)\d\d[/. -][01]?\d[/. -][0-3]?\d|[0-3]?\d[/. -][01]?\d[/. -](19|20)\d\d)$/),
  ct: word,
  st: fc.oneof(word, fc.constantFrom('US-CA', 'ca-on', 'N. Dak.', 'Québec', 'California')),
  zp: fc.stringMatching(/^[\dA-Z]{2,6}[ -]?[\dA-Z]{0,4}$/),
  country: fc.mixedCase(
    fc.constantFrom('us', 'U.S.A.', 'DEU', 'Korea, Republic of', "Côte d'Ivoire", 'St. Lucia', 'uk'),
  ),
  external_id: fc.oneof(fc.uuid(), fc.emailAddress(), word),
};
const matchKeyAndText = fc
  .constantFrom(...matchKeys)
  .chain((key) => fc.tuple(fc.constant(key), fc.oneof(plausible[key], anyText)));
const contexts = fc.record({ country: fc.constantFrom(undefined, 'us', 'Germany', 'it', 'ru', 'gb', 'nowhere') });

const digestOf = (key: MatchKey, raw: unknown, context?: MatchKeyContext) =>
  digestMatchKey(key, raw, sha256Hex, context);

describe('digestMatchKey', () => {
  it('normalises, then hashes', () => {
    expect(digestOf('em', ' John_Smith@Gmail.com ')).toEqual({
      digest: '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f',
    });
  });

  it('takes a number for its digits', () => {
    expect(digestOf('ph', 16505551212)).toEqual(digestOf('ph', '16505551212'));
    expect(digestOf('zp', 94035)).toEqual(digestOf('zp', '94035'));
  });

  it('hashes composed and decomposed accents alike', () => {
    expect(digestOf('fn', 'Vale\u0301ry')).toEqual(digestOf('fn', 'Val\u00e9ry'));
  });

  it('keeps a digest with a warning where Meta documents another kind', () => {
    expect(digestOf('em', ' 5D41402ABC4B2A76B9719D911017C592 ')).toEqual({
      digest: '5d41402abc4b2a76b9719d911017c592',
      warning: 'looks like an MD5 digest: Meta documents SHA-256 only',
    });
  });

  it.each([undefined, null, '', ' \t\n', 'null', ' undefined '])('drops %j as empty', (raw) => {
    expect(digestOf('external_id', raw)).toEqual({ dropped: 'empty' });
  });

  it.each([true, {}, ['a@b.co'], Number.NaN, Number.POSITIVE_INFINITY, 10n, Symbol('a')])('drops %s', (raw) => {
    expect(digestOf('em', raw)).toEqual({ dropped: 'neither text nor a number' });
  });

  it.each([
    { key: 'em', raw: 'not an address', dropped: 'not an email address' },
    { key: 'ph', raw: '911', dropped: 'not a phone number of 7 to 15 digits' },
    { key: 'fn', raw: '...', dropped: 'no letters or digits in the name' },
    { key: 'ln', raw: 'NULL', dropped: 'no letters or digits in the name' },
    { key: 'ge', raw: 'other', dropped: 'neither female nor male' },
    { key: 'db', raw: '12/31/90', dropped: 'not a date of birth' },
    { key: 'ct', raw: '12345', dropped: 'no letters in the city' },
    { key: 'st', raw: 'x', dropped: 'fewer than two letters in the state' },
    { key: 'zp', raw: '7', dropped: 'fewer than two letters or digits in the postal code' },
    { key: 'country', raw: 'Atlantis', dropped: 'not a country' },
    { key: 'em', raw: `${'a'.repeat(1_000)}@example.com`, dropped: 'too long' },
    { key: 'external_id', raw: 'a'.repeat(4_001), dropped: 'too long' },
  ] as const)('says why $key is left out: $dropped', ({ key, raw, dropped }) => {
    expect(digestOf(key, raw)).toEqual({ dropped });
  });

  it('takes ids that are longer than any name', () => {
    expect(digestOf('external_id', 'a'.repeat(4_000))).toHaveProperty('digest');
  });

  it('answers any JSON value with a digest or a reason', () => {
    fc.assert(
      fc.property(fc.constantFrom(...matchKeys), fc.jsonValue(), contexts, (key, raw, context) => {
        const outcome = digestOf(key, raw, context);

        if ('digest' in outcome) expect(outcome.digest).toMatch(/^[0-9a-f]{64}$/);
        else expect(outcome.dropped).not.toBe('');
      }),
    );
  });

  it('leaves a digest as it is', () => {
    fc.assert(
      fc.property(matchKeyAndText, contexts, ([key, raw], context) => {
        const outcome = digestOf(key, raw, context);

        if ('digest' in outcome) expect(digestOf(key, outcome.digest, context)).toEqual(outcome);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads hostile texts in linear time', () => {
    const hostile = ['a', ' ', '.', '@', 'a.', '-', 'x1', '(0)', '1', 'é', '\u0301', '٣', 'US-', '#1#'];
    const start = performance.now();

    for (const key of matchKeys) for (const part of hostile) digestOf(key, `${part.repeat(2_000)}!`.slice(-1_000));

    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('normaliseMatchKey', () => {
  // Nine digits with dashes where no ZIP has them are kept whole, and are then as good as ZIP+4 without a dash.
  const looksLikeZipPlusFour = (key: MatchKey, text: string): boolean => key === 'zp' && /^\d{9}$/.test(text);

  it.each(matchKeys)('changes nothing the second time: %s', (key) => {
    let kept = 0;

    fc.assert(
      fc.property(fc.oneof(plausible[key], anyText), (raw) => {
        const once = normaliseMatchKey(key, raw);
        if (once === undefined || looksLikeZipPlusFour(key, once)) return;

        kept++;
        expect(normaliseMatchKey(key, once)).toBe(once);
      }),
      { numRuns: 500 },
    );
    expect(kept).toBeGreaterThan(50);
  });

  it('completes a phone number once', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^0\d{8,9}$/),
        fc.constantFrom('de', 'fr', 'gb', 'jp', 'au', 'se'),
        (raw, country) => {
          const once = normaliseMatchKey('ph', raw, { country });
          fc.pre(once !== undefined && !raw.startsWith('00'));

          expect(normaliseMatchKey('ph', `+${once}`, { country })).toBe(once);
        },
      ),
    );
  });
});
