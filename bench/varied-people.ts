import type { SeededChoices } from './seeded-random.ts';

/** A shop's visitor, known by name: a tenth of them are written outside ASCII. */
export interface Person {
  readonly userId: string;
  readonly anonymousId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly timezone: string;
  readonly browserId: string;
  /** `fbclid` of the page that the person came by. */
  readonly click: string;
  readonly traits: Readonly<Record<'email' | 'phone' | 'firstName' | 'lastName' | 'gender' | 'birthday', string>> & {
    readonly address: Readonly<Record<'street' | 'city' | 'state' | 'postalCode' | 'country', string>>;
  };
}

const words = (text: string): readonly string[] => text.split(' ');

const firstNames = words(
  'Ava Liam Noah Emma Olivia Mason Lucas Mia Ethan Sofia Aria Leo Nora Ivan Marta Hugo Elena Oscar Priya Kenji Amara Yusuf Greta Tomas Ines Bruno Clara Felix Dana Robin',
);
const accentedNames = words('José Zoë Chloé Jürgen Søren Łukasz Renée Ángel');
const namesOfOtherScripts = words('美咲 伟 지훈');
const lastNames = words(
  'Smith Johnson Garcia Miller Davis Martinez Lopez Wilson Anderson Taylor Moore Jackson Lee Perez Thompson White Harris Clark Lewis Walker Young Allen King Wright Scott Hill Green Baker Rivera Carter Parker Evans Turner Phillips Collins Stewart Morris Murphy Cook Rogers',
);
/** City, state, country, and what postal codes begin with; the first ones are the most frequent. */
const places = [
  ['San Francisco', 'CA', 'US', '941'],
  ['New York', 'NY', 'US', '100'],
  ['Austin', 'TX', 'US', '787'],
  ['Chicago', 'IL', 'US', '606'],
  ['Los Angeles', 'CA', 'US', '900'],
  ['Seattle', 'WA', 'US', '981'],
  ['Boston', 'MA', 'US', '021'],
  ['Denver', 'CO', 'US', '802'],
  ['Portland', 'OR', 'US', '972'],
  ['Miami', 'FL', 'US', '331'],
  ['Atlanta', 'GA', 'US', '303'],
  ['Phoenix', 'AZ', 'US', '850'],
  ['St. Louis', 'MO', 'US', '631'],
  ['Salt Lake City', 'UT', 'US', '841'],
  ['Toronto', 'ON', 'CA', 'M5V'],
  ['Vancouver', 'BC', 'CA', 'V6B'],
  ['London', 'ENG', 'GB', 'EC1'],
  ['Manchester', 'ENG', 'GB', 'M11'],
  ['Berlin', 'BE', 'DE', '101'],
  ['Hamburg', 'HH', 'DE', '200'],
  ['Paris', 'IDF', 'FR', '750'],
  ['Madrid', 'MD', 'ES', '280'],
  ['Sydney', 'NSW', 'AU', '200'],
  ['Dublin', 'D', 'IE', 'D02'],
] as const;
const mailHosts = words(
  'mail.example.com post.example.net inbox.example.org web.example home.example office.example.com example-shop-customer.example',
);
const userAgents = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
];
const timezones = words('America/Los_Angeles America/New_York Europe/London Europe/Berlin');

/** Most dates are ISO's. */
const dateSeparators = ['-', '-', '-', '-', '-', '-', '-', '-', '/', ''];
const twoDigits = (value: number): string => String(value).padStart(2, '0');

export function variedPerson(random: SeededChoices, index: number): Person {
  const names = random.chance(0.9) ? firstNames : random.chance(0.8) ? accentedNames : namesOfOtherScripts;
  const firstName = random.pick(names);
  const lastName = random.pick(lastNames);
  const [city, state, country, postalArea] = random.pickEarly(places);
  const american = country === 'US';
  const email = `${random.pick(firstNames)}.${lastName}${index}@${random.pick(mailHosts)}`;
  return {
    userId: `usr_${random.hex(16)}`,
    anonymousId: random.uuid(),
    ip: `${20 + random.whole(180)}.${random.whole(255)}.${random.whole(255)}.${1 + random.whole(250)}`,
    userAgent: random.pick(userAgents),
    timezone: random.pick(timezones),
    browserId: `fb.1.${1_700_000_000_000 + random.whole(9e10)}.${random.digits(10)}`,
    click: `IwAR${random.hex(24)}`,
    traits: {
      // As people write them: some with a space before, and capitals.
      email: random.chance(0.3) ? ` ${email}` : email.toLowerCase(),
      phone: american
        ? `+1 (${200 + random.whole(700)}) ${random.digits(3)}-${random.digits(4)}`
        : `+44 20 ${random.digits(4)} ${random.digits(4)}`,
      firstName,
      lastName,
      gender: random.chance(0.5) ? 'female' : 'male',
      birthday: [1950 + random.whole(55), twoDigits(1 + random.whole(12)), twoDigits(1 + random.whole(28))].join(
        random.pick(dateSeparators),
      ),
      address: {
        street: `${1 + random.whole(900)} ${random.pick(lastNames)} Street`,
        city,
        state,
        postalCode: american ? postalArea + random.digits(2) : `${postalArea} ${random.digits(3)}`,
        country,
      },
    },
  };
}
