import { createRequire } from 'node:module';
import { getCountries, getCountryCallingCode, getExampleNumber, type CountryCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { callingCodes } from '../../../../../shared/meta/user-data/normalisers/calling-codes.ts';
import { generalPhone, phone, plainPhone } from '../../../../../shared/meta/user-data/normalisers/phone.ts';
import fc from 'fast-check';

/** Google's numbering plans, an oracle: every difference is named. */
const examples = createRequire(import.meta.url)('libphonenumber-js/examples.mobile.json');

const plans = new Map(
  callingCodes()
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, 2), line.split(' ')] as const),
);

/** Islands that ISO 3166 has no country for; their numbers have fewer than seven digits. */
const withoutPlan: ReadonlySet<string> = new Set(['AC', 'TA']);

const countries = getCountries().filter((country) => !withoutPlan.has(country));

describe('the table of calling codes', () => {
  it.each(countries)('has the calling code of %s', (country) => {
    expect(plans.get(country.toLowerCase())?.[1]).toBe(getCountryCallingCode(country));
  });

  it('has no other country', () => {
    expect([...plans.keys()].filter((alpha2) => !(countries as string[]).includes(alpha2.toUpperCase()))).toEqual([]);
  });
});

interface Written {
  readonly country: CountryCode;
  readonly form: string;
  readonly raw: string;
  readonly e164: string;
}

const numbers: readonly Written[] = countries.flatMap((country) => {
  const number = getExampleNumber(country, examples);
  if (number === undefined) return [];
  const { countryCallingCode: code } = number;
  const e164 = number.number.slice(1);
  const national = number.formatNational();
  const hasTrunk = national.replace(/\D/g, '') !== number.nationalNumber;
  return [
    { form: 'as at home', raw: national },
    { form: 'international', raw: number.formatInternational() },
    { form: 'with its exit code', raw: `00${e164}` },
    { form: 'without its trunk prefix', raw: number.nationalNumber },
    { form: 'in full without a plus sign', raw: e164 },
    ...(hasTrunk ? [{ form: 'with its trunk prefix behind the code', raw: `+${code} ${national}` }] : []),
    ...(hasTrunk && /^0(?!6 )/.test(national)
      ? [{ form: 'with a zero in brackets', raw: `+${code} (0)${national.slice(1)}` }]
      : []),
  ].map((written) => ({ ...written, country, e164 }));
});

/** Where national numbers have many lengths, one in full can be one at home that begins with the digits of the code. */
const ambiguous: ReadonlySet<string> = new Set(['AD', 'TK', 'WS']);

describe('mobile numbers of every country', () => {
  const sure = numbers.filter(
    ({ country, form }) => !(ambiguous.has(country) && form === 'in full without a plus sign'),
  );

  it('are many', () => {
    expect(sure.length).toBeGreaterThan(1_000);
  });

  it.each(sure)('$country $form: $raw', ({ country, raw, e164 }) => {
    expect(phone(raw, { country: country.toLowerCase() })).toBe(e164);
  });

  it.each(sure.filter(({ form }) => form === 'with its trunk prefix behind the code'))(
    '$country without the country of the person: $raw',
    ({ raw, e164 }) => {
      expect(phone(raw, {})).toBe(e164);
    },
  );
});

describe('plainPhone', () => {
  it('fast equals general', () => {
    let answered = 0;

    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.stringMatching(/^[ .()/-]{0,2}\d{0,3}$/),
        fc.nat(12),
        ({ raw, country }, noise, at) => {
          const text = raw.slice(0, at) + noise + raw.slice(at);
          const fast = plainPhone(text);
          if (fast === undefined) return;

          answered++;
          expect(generalPhone(text, { country: country.toLowerCase() })).toBe(fast);
          expect(generalPhone(text, {})).toBe(fast);
        },
      ),
      { numRuns: 5_000, seed: 14 },
    );
    expect(answered).toBeGreaterThan(300);
  });
});
