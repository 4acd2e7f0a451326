import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digestMatchKey,
  generalForm,
  type MatchKey,
  type MatchKeyContext,
  matchKeyPreparer,
  normaliseMatchKey,
  plainForm,
} from '../../../../shared/meta/user-data/match-keys.ts';
import { hashedRules } from '../../../../shared/meta/user-data/match-key-table.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

const matchKeys = Object.keys(hashedRules) as MatchKey[];

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
      warning: 'match_key_md5',
    });
  });

  it.each([undefined, null, '', ' \t\n', 'null', ' undefined '])('drops %j as empty', (raw) => {
    expect(digestOf('external_id', raw)).toEqual({ dropped: 'empty' });
  });

  it.each([true, {}, ['a@b.co'], Number.NaN, Number.POSITIVE_INFINITY, 10n, Symbol('a')])('drops %s', (raw) => {
    expect(digestOf('em', raw)).toEqual({ dropped: 'not_text' });
  });

  it.each([
    { key: 'em', raw: 'not an address', dropped: 'not_email' },
    { key: 'ph', raw: '911', dropped: 'not_phone' },
    { key: 'fn', raw: '...', dropped: 'not_name' },
    { key: 'ln', raw: 'NULL', dropped: 'nobody' },
    { key: 'ge', raw: 'other', dropped: 'not_gender' },
    { key: 'db', raw: '12/31/90', dropped: 'not_date_of_birth' },
    { key: 'ct', raw: '12345', dropped: 'not_city' },
    { key: 'st', raw: 'x', dropped: 'not_state' },
    { key: 'zp', raw: '7', dropped: 'not_postal_code' },
    { key: 'country', raw: 'Atlantis', dropped: 'not_country' },
    { key: 'em', raw: `${'a'.repeat(1_000)}@example.com`, dropped: 'too_long' },
    { key: 'external_id', raw: 'a'.repeat(4_001), dropped: 'too_long' },
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

        if (outcome.digest !== undefined) expect(outcome.digest).toMatch(/^[0-9a-f]{64}$/);
        else expect(outcome.dropped).not.toBe('');
      }),
    );
  });

  it('leaves a digest as it is', () => {
    fc.assert(
      fc.property(matchKeyAndText, contexts, ([key, raw], context) => {
        const outcome = digestOf(key, raw, context);

        if (outcome.digest !== undefined) expect(digestOf(key, outcome.digest, context)).toEqual(outcome);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(matchKeys)('looks at no more than a bounded length: %s', (key) => {
    const { longest } = hashedRules[key];
    const outcome = digestOf(key, 'a'.repeat(longest + 1));

    expect(longest).toBeLessThanOrEqual(key === 'external_id' ? 4_000 : 320);
    expect(outcome).toEqual({ dropped: 'too_long' });
    expect(normaliseMatchKey(key, 'a'.repeat(longest + 1))).toBeUndefined();
  });

  describe('of values that mean nobody', () => {
    const words = ['guest', 'Unknown', 'None', 'N/A', '[object Object]', '(null)', 'NaN'];

    it.each(words)('leaves out "%s" as an id, a name, a city, a state and a postal code', (raw) => {
      for (const key of ['external_id', 'fn', 'ln', 'ct', 'st', 'zp'] as const) {
        expect(digestOf(key, raw)).toEqual({ dropped: 'nobody' });
      }
    });

    it.each(words)('leaves out "%s" as a country, and takes no calling code from it', (raw) => {
      expect(digestOf('country', raw)).toEqual({ dropped: 'nobody' });
      expect(normaliseMatchKey('country', raw)).toBeUndefined();
    });

    it('knows Namibia from a country that is not available', () => {
      expect(normaliseMatchKey('country', 'NA')).toBe('na');
      expect(normaliseMatchKey('country', 'n.a.')).toBeUndefined();
    });

    it('takes words for names that are only no ids', () => {
      expect(digestOf('ln', 'True')).toHaveProperty('digest');
      expect(digestOf('external_id', 'True')).toEqual({ dropped: 'nobody' });
    });

    it.each([
      'undefined',
      'null',
      'n/a',
      'N/A',
      'None',
      '0',
      'guest',
      'na',
      '[object Object]',
      'objectobject',
      'not set',
      'NaN',
      ' ',
      '-1',
      '00000000-0000-0000-0000-000000000000',
    ])('leaves out the digest of "%s" in any key', (word) => {
      for (const key of ['em', 'ph', 'external_id'] as const) {
        expect(digestOf(key, sha256Hex(word))).toEqual({ dropped: 'digest_of_nobody' });
      }
    });

    it('leaves out such a digest with an appendix, and one of zeros', () => {
      expect(digestOf('em', `${sha256Hex('null')}.AQQCAQIB`)).toEqual({ dropped: 'digest_of_nobody' });
      expect(digestOf('em', '0'.repeat(64))).toEqual({ dropped: 'digest_of_nobody' });
    });

    it('keeps the digest of a name that is only no id', () => {
      expect(digestOf('ln', sha256Hex('na'))).toEqual({ digest: sha256Hex('na') });
    });

    it('keeps them where mappings are compared with those of Segment', () => {
      for (const prepare of [
        (raw: string) => digestOf('fn', raw, { keepsNobody: true }),
        (raw: string) => matchKeyPreparer('fn', sha256Hex)(raw, { keepsNobody: true }),
      ]) {
        expect(prepare('guest')).not.toHaveProperty('dropped');
      }
      expect(matchKeyPreparer('fn', sha256Hex)('guest', {})).toEqual({ dropped: 'nobody' });
    });
  });
});

describe('plainForm', () => {
  it.each(matchKeys.filter((key) => 'plain' in hashedRules[key]))('fast equals general: %s', (key) => {
    let answered = 0;

    fc.assert(
      fc.property(fc.oneof(plausible[key], anyText), contexts, (raw, context) => {
        const text = raw.trim();
        const fast = plainForm(hashedRules[key], text);
        if (fast === undefined || text === '') return;

        answered++;
        expect(generalForm(hashedRules[key], text, context)).toBe(fast);
      }),
      { numRuns: 1_000, seed: 14 },
    );
    expect(answered).toBeGreaterThan(50);
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
        fc.constantFrom(...Object.entries({ de: 49, fr: 33, gb: 44, jp: 81, au: 61, se: 46 })),
        (raw, [country, code]) => {
          const once = normaliseMatchKey('ph', raw, { country });
          fc.pre(once === `${code}${raw.slice(1)}`);

          expect(normaliseMatchKey('ph', `+${once}`, { country })).toBe(once);
        },
      ),
    );
  });
});
