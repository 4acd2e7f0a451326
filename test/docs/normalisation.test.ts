import { describe, expect, it } from 'vitest';
import { readClickId } from '../../shared/meta/user-data/click-id.ts';
import { digestMatchKey, type MatchKey, normaliseMatchKey } from '../../shared/meta/user-data/match-keys.ts';
import { hashedRules } from '../../shared/meta/user-data/match-key-table.ts';
import { publicIpAddress } from '../../shared/meta/user-data/normalisers/ip-address.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { codeIn, headingsOf, readDocument, section, tableUnder } from './support/markdown.ts';

const guide = readDocument('normalisation.md');
const hashedKeys = section(guide, '## Hashed keys');
const year2026 = new Date('2026-03-10T12:00:00.000Z');

/** A result cell: what is expected, where words without code mean that the value is left out. */
const expected = (cell = ''): string | undefined => (cell === 'left out' ? undefined : codeIn(cell));

describe('the tables of the hashed keys', () => {
  const rows = headingsOf(hashedKeys, 3).flatMap((heading) =>
    [...heading.matchAll(/`(\w+)`/g)].flatMap(([, key = '']) =>
      tableUnder(section(hashedKeys, `### ${heading}`), 'in').map((cells) => ({
        key: key as MatchKey,
        raw: codeIn(cells[0] ?? ''),
        country: cells.length === 3 ? codeIn(cells[1] ?? '') || undefined : undefined,
        normal: expected(cells.at(-1)),
      })),
    ),
  );

  it('show every hashed key', () => {
    expect(new Set(rows.map(({ key }) => key))).toEqual(new Set(Object.keys(hashedRules)));
  });

  it.each(rows)('$key: $raw $country becomes $normal', ({ key, raw, country, normal }) => {
    expect(normaliseMatchKey(key, raw, { country, now: year2026 })).toBe(normal);
  });
});

describe('the table of digests', () => {
  const rows = tableUnder(section(guide, '## Values that are hashed already'), 'in');

  it.each(rows)('%s', (raw, sent) => {
    const outcome = digestMatchKey('em', codeIn(raw ?? ''), sha256Hex);

    expect(outcome.digest).toBe(expected(sent));
  });
});

describe('the tables of what is never hashed', () => {
  it.each(tableUnder(section(guide, '### IP address'), 'in'))('%s becomes %s', (raw, sent) => {
    expect(publicIpAddress(codeIn(raw ?? ''))).toBe(expected(sent));
  });

  it.each(tableUnder(section(guide, '### `fbc` and `fbp`'), '`fbc` as mapped, of an event on 10 March 2026'))(
    '%s becomes %s',
    (raw, sent) => {
      expect(readClickId(JSON.parse(codeIn(raw ?? '')), year2026)?.id).toBe(expected(sent));
    },
  );
});
