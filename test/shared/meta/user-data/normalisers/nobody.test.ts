import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isNobody,
  isNobodysId,
  isPlainlySomebody,
  meansNobody,
  nobodyIds,
  nobodyWords,
} from '../../../../../shared/meta/user-data/normalisers/nobody.ts';

describe('isNobody', () => {
  it.each(
    nobodyWords.flatMap((word) => [word, word.toUpperCase(), `(${word})`, `"${word}"`, word.replaceAll(' ', '_')]),
  )('knows "%s"', (text) => {
    expect(isNobody(text)).toBe(true);
    expect(isNobodysId(text)).toBe(true);
  });

  it.each([
    '0',
    '000',
    '0.0',
    '+0',
    '00000000-0000-0000-0000-000000000000',
    '00000000000000000000000000000000',
    '0'.repeat(64),
    '[object Object]',
    '[object Undefined]',
    'null null',
    'undefined,undefined',
    'Unknown Unknown',
    'none.none',
    '#N/A',
    'N.A.',
    'N/A.',
    '<null>',
    '{{user.id}}',
    '{{1}}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template that its sender did not fill in
    '${userId}',
    '%%email%%',
    '__IDFA__',
  ])('knows "%s"', (text) => {
    expect(isNobody(text)).toBe(true);
  });

  it.each([
    'Guest House',
    'Nullmeyer',
    'Noname-Smith',
    'Na',
    'Ann Ann',
    'guest null',
    'nullnull',
    'none-nona',
    '1',
    '10',
    '0a',
    '00000000-0000-0000-0000-000000000001',
    'user-0',
    '{"userId": 123, "company": "none"}',
    'test{id}braces',
    'O',
    '정',
    '0'.repeat(1_000),
  ])('lets "%.60s" be somebody', (text) => {
    expect(isNobody(text)).toBe(false);
  });
});

describe('isNobodysId', () => {
  // PostHog/posthog#12008, PostHog/posthog#876: ids such as [object Object], undefined and None merged people.
  it.each([...nobodyIds, 'True', 'NA', '-1', '-', '--', '?', '...', 'DISTINCT_ID'])('knows "%s"', (text) => {
    expect(isNobodysId(text)).toBe(true);
  });

  it.each(['a-1', 'guest-42', 'user-1', '-2', 'a', 'anna', '7A3CBEA0-BDF5-11E4-8DFC-AA07A5B093DB'])(
    'lets "%s" be somebody',
    (text) => {
      expect(isNobodysId(text)).toBe(false);
    },
  );

  it('lets every id with a digit other than zero be somebody', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(isNobodysId(id)).toBe(id.replace(/[0-]/g, '') === '');
      }),
    );
  });
});

describe('isPlainlySomebody', () => {
  it('fast equals general', () => {
    const words = [...nobodyWords, ...nobodyIds];
    const known = new Set(['', ...words]);
    const piece = fc.oneof(
      fc.constantFrom(...words, ...words.map((word) => word.toUpperCase()), '0', '1', '{{', '}}', '%%', '__', 'A', ' '),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.uuid(),
    );
    const text = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom('0'.repeat(27), '0'.repeat(128), '0'.repeat(129))), (raw) => {
        expect(isPlainlySomebody(raw) && meansNobody(raw, known)).toBe(false);
      }),
      { numRuns: 2_000, seed: 13_008 },
    );
  });

  it.each(['Smith', 'usr_12ab', '7a3cbea0-bdf5-11e4-8dfc-aa07a5b093db', 'Mozilla/5.0 (X11; Linux x86_64)'])(
    'needs no closer look at "%s"',
    (text) => {
      expect(isPlainlySomebody(text)).toBe(true);
    },
  );
});
