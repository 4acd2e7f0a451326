/** Pieces that readers of texts stumble over: marks of what they look for, whole, halved and nested. */
const pieces: readonly string[] = [
  ...[
    '%ff',
    '%25',
    '%2525',
    '%252540',
    '%40',
    '%2B1',
    '%2b',
    '%',
    '%e0%a4',
    '%C3%A9',
    '%F0%9F',
    '%00',
    '%2%35',
    '%EF%BC%A0',
  ],
  ...['@', '＠', 'a@', 'a@a.', 'a@a.bc', '"a@', "a'", '@localhost', 'é@é.', '\u0301@', '{{a}}', '{{', '}}', '{%'],
  ...[
    '+',
    '＋',
    '+1',
    '+1 ',
    '+-',
    '(+',
    '+1(',
    '+٣',
    '٣',
    '1',
    '1 ',
    '1-a',
    '(0)',
    ' x1',
    ' ext. 1',
    '٣٣',
    '00',
    '#1',
  ],
  ...['&', '=', '?', '#', '/', '//', ':', '&a=', '&phone=1', 'phone[', 'fbclid=', '?fbclid=', 'http://a', 'https://'],
  ...[
    ' ',
    '\t',
    '\u00a0',
    '\u200b',
    '.',
    '..',
    ',',
    ';',
    '-',
    '_',
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '"',
    '\\',
    '|',
    '*',
    '$.',
  ],
  ...[
    'a',
    'A',
    'aA',
    'é',
    'ß',
    'İ',
    'ﷺ',
    'e\u0301',
    '\u0301',
    '\u0345',
    'a\u0323\u0301',
    '\uD800',
    '😀',
    '가',
    'ﬀ',
    '\ufe0f',
    '你',
  ],
  ...[
    'fb.1.',
    'fb.1.1.a',
    '2026-',
    '-01',
    'T',
    ':00',
    'Z',
    '1e',
    '0x',
    '::',
    'f:',
    '255.',
    '["',
    '{"a":',
    '[[',
    'null',
    'sha256',
  ],
  // Things that are what somebody looks for, in a row.
  ...[
    'ann@example.com ',
    'ann%40example.com&',
    '+1 650 555 1212 ',
    '(650) 555-1212, ',
    '198.51.100.7 ',
    '2001:db8::7 ',
    '2026-03-10T11:59:00Z ',
    '10.03.2026 ',
    '1e308,',
    '-0.1E-7 ',
    '1.234,56 € ',
    'Dr. Ann Doe, ',
    'Doe, ',
    "O'",
    'Straße 1, ',
    '<b>',
    '&amp;',
    '&#64;',
    'QUJD',
    'eyJhIjoxfQ==',
    '\\\\"',
    '\\u0040',
    'ａ',
    '１',
    'email=a&',
    'user[phone][0]=1&',
    'mail.phone.',
    '{"id":1},',
    'undefined,',
  ],
];

/** A text as a beginning, a few pieces over and over, and an end. */
export interface HostileRecipe {
  readonly start: string;
  readonly unit: readonly string[];
  readonly end: string;
}

/** @param bytes that it takes at most within JSON */
export const hostileText = ({ start, unit, end }: HostileRecipe, bytes: number): string => {
  const part = unit.join('');
  const times = Math.floor((bytes - jsonBytes(start) - jsonBytes(end)) / jsonBytes(part));
  return `${start}${part.repeat(Math.max(1, times))}${end}`;
};

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

const starts = [
  '',
  'https://a.example/?q=',
  'https://a.example/',
  'https://a.example/#a=',
  '+',
  'fb.1.1700000000000.',
  '@',
];
const ends = ['', '@', '+1 650 555 1212', ' ann@example.com', '%40x.example', '"', ' x1'];

const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** @returns first every piece by itself, then any mixtures */
export function hostileRecipe(index: number, random: () => number): HostileRecipe {
  const start = pick(starts, random);
  const end = pick(ends, random);
  const alone = pieces[index];
  if (alone !== undefined) return { start, unit: [alone], end };
  return { start, unit: Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(pieces, random)), end };
}

/** A recipe that differs from another in one place, for a search that climbs. */
export function variedRecipe({ start, unit, end }: HostileRecipe, random: () => number): HostileRecipe {
  const place = Math.floor(random() * (unit.length + 3));
  if (place === 0) return { start: pick(starts, random), unit, end };
  if (place === 1) return { start, unit, end: pick(ends, random) };
  if (place === 2) return { start, unit: [...unit, pick(pieces, random)].slice(-6), end };
  return { start, unit: unit.with(place - 3, pick(pieces, random)), end };
}

/** Each piece by itself. */
export const everyPiece: readonly HostileRecipe[] = pieces.map((piece) => ({ start: '', unit: [piece], end: '' }));
