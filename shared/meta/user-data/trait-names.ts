/**
 * Members of a person's traits, under the names that Segment's specification gives them, with what else senders call them: in
 * lower case, without blanks and marks, the more telling ones first. A name with `user`, `customer`, `contact` or `billing` in
 * front of it is the same.
 *
 * @see https://segment.com/docs/connections/spec/identify/#traits
 */
export const personNames: Readonly<Record<string, readonly string[]>> = {
  email: ['emailaddress', 'mail', 'mailaddress', 'primaryemail'],
  phone: [
    ...['phonenumber', 'mobile', 'mobilephone', 'mobilenumber', 'mobilephonenumber', 'telephone', 'telephonenumber'],
    ...['cell', 'cellphone', 'cellphonenumber', 'tel', 'msisdn', 'primaryphone'],
  ],
  firstName: ['fname', 'givenname', 'forename', 'namefirst'],
  lastName: ['lname', 'surname', 'familyname', 'namelast'],
  name: ['fullname'],
  birthday: ['dateofbirth', 'dob', 'birthdate', 'birthdaydate'],
  gender: ['sex'],
  fbc: [],
  fbp: [],
};

/** Those of an address. */
export const addressNames: Readonly<Record<string, readonly string[]>> = {
  city: ['town', 'locality', 'cityname'],
  state: ['province', 'region', 'statecode', 'provincecode', 'statename', 'stateprovince'],
  postalCode: ['zip', 'zipcode', 'postcode', 'postal', 'zippostalcode', 'plz'],
  country: ['countrycode', 'countryname', 'countryiso', 'countryiso2', 'countrycodeiso2'],
};

/** Of people without an address of their own: a region may be that of a market, and a locality anything. */
const notFlat: ReadonlySet<string> = new Set(['region', 'locality', 'postal']);

const flatNames = Object.fromEntries(
  Object.entries(addressNames).map(([name, others]) => [
    name,
    [...others.filter((other) => !notFlat.has(other)), ...[name, ...others].map((each) => `address${fold(each)}`)],
  ]),
);

/** Words in front of a name of anything that is a customer's. `username` is none of these: it is an id. */
const owners = ['user', 'customer', 'contact', 'billing'];
const noNames: ReadonlySet<string> = new Set(['username']);

/** Spellings in which the defaults look themselves, since many have them. */
const usual: ReadonlySet<string> = new Set(['first_name', 'last_name', 'postal_code']);

interface Meaning {
  readonly name: string;
  /** Of several that say the same, the lowest is taken. */
  readonly rank: number;
}

type Meanings = ReadonlyMap<string, Meaning>;

function meaningsOf(names: Readonly<Record<string, readonly string[]>>): Meanings {
  const meanings = new Map<string, Meaning>();
  for (const owner of ['', ...owners]) {
    for (const [name, others] of Object.entries(names)) {
      for (const each of [fold(name), ...others]) {
        const text = owner + each;
        if (!noNames.has(text) && !meanings.has(text)) meanings.set(text, { name, rank: meanings.size });
      }
    }
  }
  return meanings;
}

/** `First Name`, `first_name`, `$firstName` and `FIRSTNAME` as one. */
function fold(key: string): string {
  return key.replace(/[^A-Za-z\d]/g, '').toLowerCase();
}

/** Longer keys are none of these names. */
const longestKey = 40;
const mostKeys = 1_000;

/** Keys of one object that are folded: no honest one has as many that begin and end as one of the names does. */
const mostFolded = 300;

/** Looks up what the keys of one object mean; null for nothing, and for a name that is right already. */
type ReadKey = (key: string) => Meaning | null;

function keyReader(meanings: Meanings): () => ReadKey {
  // Bounded by starting anew, since senders choose the keys.
  const known = new Map<string, Meaning | null>();
  const ends = endsOf(meanings.keys());
  return () => {
    let folded = 0;
    return (key) => {
      if (key.length > longestKey || ends[placeOfEnds(key)] === 0 || folded === mostFolded) return null;
      const meaning = known.get(key);
      if (meaning !== undefined) return meaning;
      folded++;
      const found = meanings.get(fold(key));
      const value = found === undefined || found.name === key || usual.has(key) ? null : found;
      if (known.size >= mostKeys) known.clear();
      known.set(key, value);
      return value;
    };
  };
}

/** A look at the first and the last letter or digit tells most keys from the names that are known, without folding them. */
function endsOf(names: Iterable<string>): Uint8Array {
  const ends = new Uint8Array(0x80 * 0x80);
  for (const name of names) ends[placeOfEnds(name)] = 1;
  return ends;
}

function placeOfEnds(key: string): number {
  let first = 0;
  let last = key.length - 1;
  while (first < last && !isLetterOrDigit(key.charCodeAt(first))) first++;
  while (last > first && !isLetterOrDigit(key.charCodeAt(last))) last--;
  // Both as lower case; what no letter has becomes another sign.
  return ((key.charCodeAt(first) | 0x20) & 0x7f) * 0x80 + ((key.charCodeAt(last) | 0x20) & 0x7f);
}

const isLetterOrDigit = (code: number): boolean =>
  ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0x30 && code <= 0x39);

/**
 * An object with the members of some names also under their usual ones, where it has none of those: an empty text is none.
 *
 * @returns the object itself where there is nothing to add
 */
type AddUsualNames = <Bag extends Readonly<Record<string, unknown>>>(bag: Bag) => Bag;

function usualNames(names: Readonly<Record<string, readonly string[]>>): AddUsualNames {
  const reader = keyReader(meaningsOf(names));
  return (bag) => {
    const read = reader();
    let added: Record<string, unknown> | undefined;
    let ranks: Record<string, number> | undefined;
    for (const key in bag) {
      const meaning = read(key);
      if (meaning === null) continue;
      const { name, rank } = meaning;
      if (isGiven(bag[name]) || !isGiven(bag[key])) continue;
      ranks ??= {};
      if ((ranks[name] ?? Number.POSITIVE_INFINITY) <= rank) continue;
      ranks[name] = rank;
      added ??= { ...bag };
      added[name] = bag[key];
    }
    return (added as typeof bag | undefined) ?? bag;
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The traits of a person, with what was given under other names. */
export const withTraitNames = usualNames({ ...personNames, ...flatNames });

/** The same for the address among them. */
export const withAddressNames = usualNames(addressNames);
