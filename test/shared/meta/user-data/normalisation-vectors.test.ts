import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { segmentId } from '../../../../shared/meta/user-data/segment-click-id.ts';
import { digestMatchKey, type MatchKey, normaliseMatchKey } from '../../../../shared/meta/user-data/match-keys.ts';
import { hashedRules } from '../../../../shared/meta/user-data/match-key-table.ts';
import { publicIpAddress } from '../../../../shared/meta/user-data/normalisers/ip-address.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';

interface Expectation {
  readonly normalized: string | null;
  readonly sha256: string | null;
}

interface Vector extends Expectation {
  readonly id: string;
  readonly field: string;
  readonly input: unknown;
  readonly authority: string;
  readonly context?: { readonly country?: string };
  readonly recommended?: Expectation;
  readonly prehashed?: boolean;
  readonly wire?: string | null;
}

const lines = readFileSync(new URL('../../../vectors/normalization.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

// Rows of the other products say what those do; they are no rule for ours.
const vectors = lines
  .map((line): Vector => JSON.parse(line))
  .filter(({ authority }) => authority !== 'segment' && authority !== 'rudderstack');

const text = (input: unknown): string => (typeof input === 'string' ? input : '');
const published = new Date('2026-03-10T12:00:00.000Z');

/** The vectors are of libraries that send any word: ours leaves out those that mean nobody, and old clicks. */
const asPublished = { keepsNobody: true } as const;

const unhashed: Readonly<Record<string, (input: unknown) => string | undefined>> = {
  client_ip_address: (input) => publicIpAddress(text(input)),
  fbc: (input) => segmentId('fbc', input, published, []),
  fbp: (input) => segmentId('fbp', input, published, []),
};
const isMatchKey = (field: string): field is MatchKey => field in hashedRules;

// In Meta's libraries, but on none of its pages: parts of a name and of a birth date.
const undocumented = ['dobd', 'dobm', 'doby', 'f5first', 'f5last', 'fi'];

describe('published normalisation vectors', () => {
  it('cover every match key', () => {
    const known = new Set([...Object.keys(hashedRules), ...Object.keys(unhashed), ...undocumented]);

    expect(new Set(vectors.map(({ field }) => field))).toEqual(known);
  });

  const hashed = vectors.filter(({ field }) => isMatchKey(field));
  it.each(hashed.filter(({ prehashed }) => !prehashed))(
    '$id: $input',
    ({ field, input, context, recommended, ...row }) => {
      const expected = recommended ?? row;

      const digest = digestMatchKey(field as MatchKey, input, sha256Hex, { ...context, ...asPublished });

      expect(normaliseMatchKey(field as MatchKey, text(input), { ...context, ...asPublished }) ?? null).toBe(
        expected.normalized,
      );
      if (expected.normalized === null) expect(digest).toHaveProperty('dropped');
      else expect(digest).toEqual({ digest: expected.sha256 });
    },
  );

  it.each(hashed.filter(({ prehashed }) => prehashed))('$id keeps a digest', ({ field, input, recommended, wire }) => {
    const digest = digestMatchKey(field as MatchKey, input, sha256Hex);

    if (recommended?.normalized === null || wire === null) expect(digest).toHaveProperty('dropped');
    else expect(digest).toMatchObject({ digest: wire });
  });

  it.each(vectors.filter(({ field }) => field in unhashed))('$id: $input', ({ field, input, recommended, ...row }) => {
    expect(unhashed[field]?.(input) ?? null).toBe((recommended ?? row).normalized);
  });
});
