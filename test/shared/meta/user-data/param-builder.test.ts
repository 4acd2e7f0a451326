import { readFileSync } from 'node:fs';
import { ParamBuilder, PII_DATA_TYPE } from 'capi-param-builder-nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { type MatchKey, placeOf, userDataNames } from '../../../../shared/meta/user-data/match-key-table.ts';
import { digestMatchKey, type MatchKeyContext } from '../../../../shared/meta/user-data/match-keys.ts';
import { writeUserData } from '../../../../shared/meta/user-data/user-data.ts';

/** Meta's own library for values in user_data, an oracle: every difference has a name, and every name an example. */
const builder = new ParamBuilder(['shop.example']);

/** A difference that is meant, and whether it explains what became of an input. */
type Difference<Input> = readonly [name: string, explains: (input: Input) => boolean];

const withoutAppendix = (value: string): string => value.replace(/\.[A-Za-z0-9_-]{8}$/, '');

describe('hashed keys against the parameter builder', () => {
  interface Value {
    readonly key: MatchKey;
    readonly raw: string;
    readonly context: MatchKeyContext;
  }

  const types = {
    em: PII_DATA_TYPE.EMAIL,
    ph: PII_DATA_TYPE.PHONE,
    fn: PII_DATA_TYPE.FIRST_NAME,
    ln: PII_DATA_TYPE.LAST_NAME,
    db: PII_DATA_TYPE.DATE_OF_BIRTH,
    ge: PII_DATA_TYPE.GENDER,
    ct: PII_DATA_TYPE.CITY,
    st: PII_DATA_TYPE.STATE,
    zp: PII_DATA_TYPE.ZIP_CODE,
    country: PII_DATA_TYPE.COUNTRY,
    external_id: PII_DATA_TYPE.EXTERNAL_ID,
  } as const satisfies Readonly<Record<MatchKey, string>>;

  const theirs = ({ key, raw }: Value): string | undefined => {
    const digest = builder.getNormalizedAndHashedPII(raw, types[key]);
    return digest ? withoutAppendix(digest) : undefined;
  };
  const ours = ({ key, raw, context }: Value): string | undefined => {
    const { digest } = digestMatchKey(key, raw, sha256Hex, context);
    return digest === undefined ? undefined : withoutAppendix(digest);
  };

  const isLeftOut = (value: Value): boolean => ours(value) === undefined;
  const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');
  // 0 nearly everywhere, 1 in North America, 8 in the former Soviet Union; 5x are numbers with another form at home.
  const trunkBehindCode = /^(?:\+|00)(?:\d{1,3}0|11|78|(?:37|99)\d8|5[245])/;
  const beyondAscii = /[\u0080-\uffff]/;

  /** In the order in which they are tried. */
  const differences: Readonly<Record<MatchKey | 'any', readonly Difference<Value>[]>> = {
    any: [
      [
        'what means nobody, and the digest of nothing, is left out',
        (value) => isLeftOut(value) && reasonOf(value).includes('nobody'),
      ],
    ],
    em: [['letters beyond ASCII may stand in an address', ({ raw }) => beyondAscii.test(raw)]],
    ph: [
      ['the country of the person completes a number', ({ context }) => context.country !== undefined],
      [
        'what has fewer than 7 or more than 15 digits is no number',
        (value) => isLeftOut(value) && !isWithin(digitsOf(value.raw).length, 7, 15),
      ],
      ['an extension is cut off', ({ raw }) => /(?:ext|x|#)\D*\d+\W*$/i.test(raw)],
      ['digits of other scripts count', ({ raw }) => /(?![0-9])\p{Nd}/u.test(raw)],
      ['a trunk prefix behind the country code goes', ({ raw }) => trunkBehindCode.test(raw.replace(/[^\d+]/g, ''))],
      ['a whole number of a spreadsheet loses its fraction', ({ raw }) => /^\+?\d+\.0+$/.test(raw)],
      ['a power of ten is no number', ({ raw }) => /e\+?\d+$/i.test(raw)],
    ],
    fn: [
      ['punctuation beyond ASCII goes', ({ raw }) => beyondAscii.test(raw)],
      ['an email address is no name', ({ raw }) => raw.includes('@')],
    ],
    ln: [['punctuation beyond ASCII goes', ({ raw }) => beyondAscii.test(raw)]],
    db: [
      ['nobody is born before 1900 but who is given as eight digits', ({ raw }) => /\b18\d\d$/.test(raw)],
      ['eight digits are year, month and day', ({ raw }) => /^\d{8}$/.test(raw)],
    ],
    ge: [['marks around a word go', ({ raw }) => /[^a-z]/i.test(raw)]],
    ct: [
      ['letters beyond ASCII stay', ({ raw }) => beyondAscii.test(raw)],
      ['digits go', ({ raw }) => /\d/.test(raw)],
    ],
    st: [
      ['one letter is no state', (value) => isLeftOut(value)],
      ['names and abbreviations of states are whole words, all others stay whole', () => true],
    ],
    zp: [
      [
        'a lost zero is put back where the country tells',
        ({ raw, context }) => context.country !== undefined && /^\d{3,4}$/.test(raw),
      ],
      ['a whole number of a spreadsheet loses its fraction', ({ raw }) => /^\d+\.0+$/.test(raw)],
      ['nothing but a ZIP is cut at its dash', ({ raw }) => raw.includes('-')],
      ['blanks within go', ({ raw }) => /\S\s+\S/.test(raw)],
      ['nine digits are ZIP+4', ({ raw }) => /^\d{9}$/.test(raw)],
    ],
    country: [
      ['what is no country is left out', (value) => isLeftOut(value)],
      ['codes of three letters and names are looked up whole', () => true],
    ],
    external_id: [],
  };

  function reasonOf({ key, raw, context }: Value): string {
    return digestMatchKey(key, raw, sha256Hex, context).dropped ?? '';
  }

  const explanationOf = (value: Value): string | undefined => {
    const [name] = [...differences.any, ...differences[value.key]].find(([, explains]) => explains(value)) ?? [];
    return name;
  };

  const published = readFileSync(new URL('../../../vectors/normalization.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ field, input }) => field in types && typeof input === 'string')
    .map(({ field, input, context = {} }): Value => ({ key: field, raw: input, context }));

  const fixed: readonly Value[] = [
    ['ph', '+44 0161 1234567'],
    ['ph', '14155552671.0'],
    ['ph', '4.47912E+11'],
    ['fn', 'jane@shop.example'],
    ['ge', '(mr)'],
    ['db', '1990-28-02'],
    ['zp', '94025.0'],
  ].map(([key, raw]) => ({ key: key as MatchKey, raw: raw as string, context: {} }));
  const lostZero: Value = { key: 'zp', raw: '2139', context: { country: 'us' } };
  const all = [...published, ...fixed, lostZero];

  it('differ in nothing that has no name', () => {
    const unnamed = all.filter((value) => theirs(value) !== ours(value) && explanationOf(value) === undefined);

    expect(unnamed).toEqual([]);
  });

  it('differ in every way that is named', () => {
    const seen = new Set(
      all.filter((value) => theirs(value) !== ours(value)).map((value) => `${value.key} ${explanationOf(value)}`),
    );
    const named = (Object.keys(types) as MatchKey[]).flatMap((key) =>
      differences[key].map(([name]) => `${key} ${name}`),
    );

    expect(named.filter((name) => !seen.has(name))).toEqual([]);
  });

  const word = fc.stringMatching(/^[A-Z][a-z]{1,9}[-.' ]?[a-z]{0,9}$/);
  const plausible: Readonly<Record<MatchKey, fc.Arbitrary<string>>> = {
    em: fc.emailAddress(),
    ph: fc.stringMatching(/^[+0]?(\d{2,4}[ .-]){2,3}\d{2,4}$/),
    fn: word,
    ln: word,
    ge: fc.mixedCase(fc.constantFrom('f', 'female', 'mrs.', 'm', 'male', '(mr)', 'diverse')),
    db: fc.stringMatching(
      /^((19\d\d|20[01]\d)[/. -][01]?\d[/. -][0-3]?\d|[0-3]?\d[/. -][01]?\d[/. -](19\d\d|20[01]\d))$/,
    ),
    ct: word,
    st: fc.oneof(word, fc.constantFrom('US-CA', 'California', 'Ontario', 'N. Dak.', 'ny')),
    zp: fc.stringMatching(/^\d{5}(-\d{4})?$/),
    country: fc.constantFrom('us', 'US', 'Germany', 'FRANCE', 'U.S.A.', 'DEU', 'Atlantis'),
    external_id: fc.oneof(fc.uuid(), fc.emailAddress(), word),
  };

  it.each(Object.keys(types) as MatchKey[])('differ in nothing that has no name, for generated values: %s', (key) => {
    fc.assert(
      fc.property(plausible[key], (raw) => {
        const value = { key, raw, context: {} };

        if (explanationOf(value) === undefined) expect(ours(value)).toBe(theirs(value));
      }),
      { numRuns: 500, seed: 14 },
    );
  });
});

describe('click ids against the parameter builder', () => {
  interface Visit {
    readonly cookie: string | undefined;
    readonly url: string | undefined;
    readonly referrer: string | undefined;
  }

  const now = new Date();
  const daysAgo = (days: number): number => now.getTime() - days * 24 * 60 * 60 * 1_000;

  /** The click of an id, and its time if that is the cookie's. */
  const clickOf = (id: string | null | undefined, { cookie }: Visit): string | undefined => {
    const [, , time, fbclid] = id?.split('.') ?? [];
    return fbclid === undefined ? undefined : `${fbclid} ${cookie?.split('.')[2] === time ? time : 'new'}`;
  };

  const encoded = (fbclid: string | undefined): string =>
    fbclid === undefined ? '' : `?fbclid=${encodeURIComponent(fbclid)}`;

  function theirs(visit: Visit): string | undefined {
    const { cookie, url, referrer } = visit;
    builder.processRequest(
      'shop.example',
      url === undefined ? {} : { fbclid: url },
      cookie === undefined ? {} : { _fbc: cookie },
      `https://shop.example/${encoded(referrer)}`,
    );
    return clickOf(builder.getFbc(), visit);
  }

  function ours(visit: Visit): string | undefined {
    const { cookie, url, referrer } = visit;
    const values = userDataNames.map((): unknown => undefined);
    values[placeOf.fbc] = cookie;
    values[placeOf.clickUrl] = `https://shop.example/${encoded(url)}`;
    values[placeOf.clickReferrer] = `https://shop.example/${encoded(referrer)}`;
    const { json } = writeUserData(values, { occurredAt: now, now, asSegment: false, sha256: sha256Hex }, []);
    return clickOf(JSON.parse(json).fbc, visit);
  }

  const wellFormed = /^[A-Za-z0-9_-]+$/;
  const isDamaged = (fbclid: string | undefined): boolean => fbclid !== undefined && !wellFormed.test(fbclid);
  const timeOf = (cookie: string): number => Number(cookie.split('.')[2]);

  const differences: readonly Difference<Visit>[] = [
    ['an fbclid of other characters is no click', ({ url, referrer }) => isDamaged(url) || isDamaged(referrer)],
    [
      'a word such as undefined is no click',
      ({ url, referrer }) => [url, referrer].some((id) => id === 'undefined' || id === '0'),
    ],
    ['a cookie that is a bare fbclid becomes a click', ({ cookie = '' }) => wellFormed.test(cookie)],
    ['blanks and quotes around a cookie go', ({ cookie = '' }) => /^[\s"]/.test(cookie)],
    ['a subdomain index is 0 to 2', ({ cookie = '' }) => /^fb\.(?:[3-9]|\d\d)/.test(cookie)],
    ['a time has 13 digits', ({ cookie = '' }) => /^fb\.\d\.(?!\d{13}\.)/.test(cookie)],
    ['the click of a cookie has no other characters', ({ cookie = '' }) => isDamaged(cookie.split('.')[3])],
    ['a click of more than 90 days is left out', ({ cookie = '' }) => timeOf(cookie) < daysAgo(90)],
    ['a click after the event is left out', ({ cookie = '' }) => timeOf(cookie) > now.getTime()],
    ['any appendix of eight characters is kept', ({ cookie = '' }) => /\.[A-Za-z0-9_-]{8}$/.test(cookie)],
  ];
  const explanationOf = (visit: Visit): string | undefined => differences.find(([, explains]) => explains(visit))?.[0];

  const cookies = [
    undefined,
    '',
    `fb.1.${daysAgo(1)}.OLDclick`,
    `fb.1.${daysAgo(1)}.SAMEclick`,
    `fb.2.${daysAgo(89)}.SAMEclick.Bg`,
    `fb.0.${daysAgo(1)}.OLDclick.AQQBAQID`,
    `fb.1.${daysAgo(1)}.OLDclick.nonsense1`,
    `fb.1.${daysAgo(1)}.OLDclick.nonsense`,
    `fb.1.${daysAgo(1)}`,
    `fb.1.${daysAgo(91)}.OLDclick`,
    `fb.1.${daysAgo(-1)}.OLDclick`,
    `fb.3.${daysAgo(1)}.OLDclick`,
    `fb.x.${daysAgo(1)}.OLDclick`,
    'fb.1.123.OLDclick',
    `fb.1.${daysAgo(1)}.OLD%20click`,
    ` fb.1.${daysAgo(1)}.OLDclick `,
    '"fb"',
    'OLDclick',
    'GA1.2.3.4',
  ];
  const fbclids = [undefined, 'SAMEclick', 'NEWclick', 'a b', '<script>', 'fb.1.1795000000000.x', 'undefined', '0'];
  const visits = cookies.flatMap((cookie) =>
    fbclids.flatMap((url) => fbclids.map((referrer): Visit => ({ cookie, url, referrer }))),
  );

  it('differ in nothing that has no name', () => {
    const unnamed = visits.filter((visit) => theirs(visit) !== ours(visit) && explanationOf(visit) === undefined);

    expect(unnamed).toEqual([]);
  });

  it('differ in every way that is named', () => {
    const different = visits.filter((visit) => theirs(visit) !== ours(visit));

    expect(differences.filter(([, explains]) => !different.some(explains)).map(([name]) => name)).toEqual([]);
  });

  it('differ in nothing that has no name, for generated clicks', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{5,40}$/);
    const cookie = fc
      .record({
        index: fc.nat(2),
        days: fc.integer({ min: 1, max: 89 }),
        id,
        appendix: fc.constantFrom('', '.AQ', '.Bg'),
      })
      .map(({ index, days, id, appendix }) => `fb.${index}.${daysAgo(days)}.${id}${appendix}`);

    fc.assert(
      fc.property(fc.option(cookie), fc.option(id), fc.option(id), (cookie, url, referrer) => {
        const visit = { cookie: cookie ?? undefined, url: url ?? undefined, referrer: referrer ?? undefined };

        expect(ours(visit)).toBe(theirs(visit));
      }),
      { numRuns: 500, seed: 14 },
    );
  });
});

function isWithin(count: number, least: number, most: number): boolean {
  return count >= least && count <= most;
}
