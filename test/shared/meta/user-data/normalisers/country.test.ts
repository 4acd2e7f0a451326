import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { callingCodes } from '../../../../../shared/meta/user-data/normalisers/calling-codes.ts';
import { country, countryOf } from '../../../../../shared/meta/user-data/normalisers/country.ts';
import {
  countryAliases,
  countryNeighbourNames,
  countryOwnNames,
} from '../../../../../shared/meta/user-data/normalisers/country-aliases.ts';

const aliases = [countryAliases, countryNeighbourNames, countryOwnNames]
  .flatMap((lines) => lines.trim().split('\n'))
  .map((line) => ({ alpha2: line.slice(0, 2), names: line.slice(3).split(' | ') }));
const rows = codes.map(([alpha2 = '', alpha3 = '']) => ({ alpha2: alpha2.toLowerCase(), alpha3 }));

describe('country', () => {
  it('knows every country by both of its codes', () => {
    for (const { alpha2, alpha3 } of rows) {
      for (const code of [alpha2, alpha3]) expect([code, country(code.toLowerCase(), {})]).toEqual([code, alpha2]);
    }
  });

  it('knows every further name, and none under two', () => {
    for (const { alpha2, names } of aliases) {
      for (const name of names) expect([name, country(name, {})]).toEqual([name, alpha2]);
    }
  });

  it('knows the 249 countries of ISO 3166-1 and Kosovo', () => {
    expect(new Set(rows.map(({ alpha2 }) => alpha2)).size).toBe(250);
    expect(new Set(rows.map(({ alpha3 }) => alpha3)).size).toBe(250);
  });

  it('names its countries as the runtime does', () => {
    const english = new Intl.DisplayNames('en', { type: 'region' });

    expect(rows.filter(({ alpha2 }) => country(english.of(alpha2.toUpperCase()) ?? '', {}) !== alpha2)).toEqual([]);
  });

  it.each([
    ['US', 'us'],
    ['U.S.A.', 'us'],
    ['the United States of America', 'us'],
    ['UK', 'gb'],
    ['U.K.', 'gb'],
    ['Great Britain', 'gb'],
    ['Scotland', 'gb'],
    ['EL', 'gr'],
    ['Russia', 'ru'],
    ['South Korea', 'kr'],
    ['Korea (South)', 'kr'],
    ['Korea, Republic of', 'kr'],
    ["Korea, Democratic People's Republic of", 'kp'],
    ['Czech Republic', 'cz'],
    ['Ivory Coast', 'ci'],
    ['Côte d’Ivoire', 'ci'],
    ['COTE D IVOIRE', 'ci'],
    ['The Netherlands', 'nl'],
    ['Congo, The Democratic Republic of the', 'cd'],
    ['Congo', 'cg'],
    ['Virgin Islands, U.S.', 'vi'],
    ['Virgin Islands, British', 'vg'],
    ['St. Kitts and Nevis', 'kn'],
    ['Trinidad & Tobago', 'tt'],
    ['Macedonia, the former Yugoslav Republic of', 'mk'],
    ['Turkey', 'tr'],
    ['Curacao', 'cw'],
    ['Kosovo', 'xk'],
    ['United Kingdom (UK)', 'gb'],
    ['United Kingdom [UK]', 'gb'],
    ['US (United States)', 'us'],
    ['DE - Germany', 'de'],
    ['Germany – DE', 'de'],
    ['US: United States', 'us'],
    ['Oesterreich', 'at'],
    ['REPÚBLICA ARGENTINA', 'ar'],
  ])('reads %s as %s', (raw, code) => {
    expect(country(raw, {})).toBe(code);
  });

  it.each([
    '',
    '??',
    'of the',
    'EU',
    'AN',
    'XX',
    'French',
    'Islands',
    'Virgin Islands',
    'Europe',
    'US, CA',
    'US - Canada',
    'Georgia - USA',
    'Germany (FR)',
    ' - ',
    'CA加州',
    '840',
    'es-419',
    'en_001',
  ])('drops "%s" rather than guess', (raw) => {
    expect(country(raw, {})).toBeUndefined();
  });
});

describe('country of a label', () => {
  it.each([
    ['de-DE', 'de'],
    ['en_US', 'us'],
    ['en-gb', 'gb'],
    ['fr-CA', 'ca'],
    ['zh-Hans-CN', 'cn'],
    ['deu-AT', 'at'],
    ['US-CA', 'us'],
    ['GB-ENG', 'gb'],
    ['CA-ON', 'ca'],
    ['AT-9', 'at'],
    ['DE-BY', undefined],
    ['PT-BR', undefined],
    ['xx-YY', undefined],
    ['\u{1f1e9}\u{1f1ea}', 'de'],
    ['\u{1f1fd}\u{1f1fd}', undefined],
    ['\u{1f1e9}', undefined],
    ['Frankreich', 'fr'],
    ['ÉTATS-UNIS', 'us'],
  ])('reads %s as %s', (label, code) => {
    expect(country(label, {})).toBe(code);
  });
});

describe('countryOf', () => {
  it.each([
    { context: { country: ' Germany ' }, code: 'de' },
    { context: { country: 'nowhere' }, code: undefined },
    { context: { country: 'us'.repeat(1_000_000) }, code: undefined },
    { context: {}, code: undefined },
  ])('is $code', ({ context, code }) => {
    expect(countryOf(context)).toBe(code);
  });
});

describe('callingCodes', () => {
  it('belong to known countries and have sensible lengths', () => {
    const plans = callingCodes().trim().split('\n');

    expect(plans.length).toBeGreaterThan(240);
    for (const plan of plans) {
      const [, alpha2 = '', code = '', fewest, most] =
        /^(\w\w) (\d{1,3}) (?:\d+|none|keep) (\d+) (\d+)$/.exec(plan) ?? [];
      expect([plan, country(alpha2, {})]).toEqual([plan, alpha2]);
      expect(Number(fewest)).toBeLessThanOrEqual(Number(most));
      expect(code.length + Number(most)).toBeLessThanOrEqual(15);
    }
  });
});
