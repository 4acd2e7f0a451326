import { describe, expect, it } from 'vitest';
import { city } from '../../../../../shared/meta/user-data/normalisers/city.ts';
import { dateOfBirth } from '../../../../../shared/meta/user-data/normalisers/date-of-birth.ts';
import { email } from '../../../../../shared/meta/user-data/normalisers/email.ts';
import { externalId } from '../../../../../shared/meta/user-data/normalisers/external-id.ts';
import { gender } from '../../../../../shared/meta/user-data/normalisers/gender.ts';
import { name } from '../../../../../shared/meta/user-data/normalisers/name.ts';
import type { Normaliser } from '../../../../../shared/meta/user-data/normalisers/normaliser.ts';
import { postalCode } from '../../../../../shared/meta/user-data/normalisers/postal-code.ts';

type Case = readonly [raw: string, normal: string | undefined];

const cases: readonly (readonly [title: string, normalise: Normaliser, cases: readonly Case[]])[] = [
  [
    'email',
    email,
    [
      ['Anna.B+tag@Sub.Example.CO.UK', 'anna.b+tag@sub.example.co.uk'],
      ['用户@例え.jp', '用户@例え.jp'],
      ['MÜLLER@Exämple.de', 'müller@exämple.de'],
      ['a@localhost', undefined],
      ['a.@b.co', undefined],
      ['a@-b.co', undefined],
      ['a@b-.co', undefined],
      ['a@b..co', undefined],
      ['a@b_c.co', undefined],
      ['a@[127.0.0.1]', undefined],
      ['mailto:a@b.co', undefined],
      ['a@b.co,c@d.co', undefined],
      ['é..a@b.co', undefined],
      ['é@b', undefined],
      ['é\u200b@b.co', undefined],
      ['é a@b.co', undefined],
      ['é@b\u3000c.co', undefined],
    ],
  ],
  [
    'name',
    name,
    [
      ['O’Brien-Smith, Jr.', 'obriensmithjr'],
      ['Zo\u00adë', 'zoë'],
      ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
      ['علی\u200cرضا', 'علیرضا'],
      ['—', undefined],
    ],
  ],
  [
    'city',
    city,
    [
      ["'s-Hertogenbosch", 'shertogenbosch'],
      ['8001 Zürich', 'zürich'],
      ['दिल्ली', 'दिल्ली'],
      ['New ❤️ York', 'newyork'],
      ['❤️', undefined],
      ['12345', undefined],
    ],
  ],
  [
    'external id',
    externalId,
    [
      [' A b\u00a0C\ufeff', 'abc'],
      ['Ünal-42', 'ünal-42'],
    ],
  ],
  [
    'gender',
    gender,
    [
      ['Woman', 'f'],
      ["Ma'am", 'f'],
      ['Mr.', 'm'],
      ['(M)', 'm'],
      ['m/f', undefined],
      ['manager', undefined],
      ['constructor', undefined],
      ['x', undefined],
    ],
  ],
  [
    'postal code',
    postalCode,
    [
      ['94035–1234', '94035'],
      ['94035 1234', '94035'],
      ['01310-100', '01310100'],
      ['D-10115', 'd10115'],
      ['１００-０００１', '１０００００１'],
      ['٣', undefined],
    ],
  ],
  [
    'date of birth',
    dateOfBirth,
    [
      ['1990-5-1', '19900501'],
      ['1.5.1990', '19900105'],
      ['31.5.1990', '19900531'],
      ['1990年12月31日', '19901231'],
      ['1990-05-15T23:59:59+14:00', '19900515'],
      ['2001-05-15', '20010515'],
      ['2001-05-15T00:00:00.000Z', '20010515'],
      ['2001-05-15-17', '20010515'],
      ['2001-05-151', undefined],
      ['2001-13-15', undefined],
      ['19900515T000000Z', '19900515'],
      ['1990-13-01', '19900113'],
      ['1990-28-02', '19900228'],
      ['1990-13-13', undefined],
      ['13/25/1990', undefined],
      ['1990-00-01', undefined],
      ['1990-01-00', undefined],
      ['1899-12-31', undefined],
      ['2100-01-01', undefined],
      ['1990-01', undefined],
      ['1990-123-1', undefined],
      ['642211200', undefined],
      ['642211200000', undefined],
    ],
  ],
];

describe.each(cases)('%s', (_title, normalise, rows) => {
  it.each(rows)('makes "%s" into "%s"', (raw, normal) => {
    expect(normalise(raw, {})).toBe(normal);
  });
});

describe('postal code in a known country', () => {
  it.each([
    { country: 'us', normal: '12345' },
    { country: 'Puerto Rico', normal: '12345' },
    { country: 'nowhere', normal: '12345' },
    { country: 'sa', normal: '123456789' },
  ])('of $country is $normal', ({ country, normal }) => {
    expect(postalCode('12345-6789', { country })).toBe(normal);
  });
});

describe('date of birth beside a clock', () => {
  const now = new Date('2026-06-01T12:00:00Z');

  it.each([
    ['2026-01-01', '20260101'],
    ['2027-01-01', undefined],
    ['2027-01-01T00:00:00.000Z', undefined],
    ['2027-1-1', undefined],
  ])('takes nobody for unborn: %s', (raw, normal) => {
    expect(dateOfBirth(raw, { now })).toBe(normal);
  });
});
