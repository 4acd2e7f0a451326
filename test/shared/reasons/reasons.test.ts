import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill } from '../../../shared/reasons/reason.ts';
import { families, reasonOf, reasons } from '../../../shared/reasons/reasons.ts';

const root = resolve(import.meta.dirname, '../../..');
const rows = Object.entries(families).flatMap(([family, codes]) =>
  Object.entries(codes).map(([code, row]) => ({ family, code, row })),
);
const textsOf = ({ row }: (typeof rows)[number]): string[] =>
  [row, ...Object.values(row.cases ?? {})].flatMap(({ message, fix }) => [message ?? [], fix ?? []].flat());

describe('the catalogue of reasons', () => {
  it.each(rows)('$code has a stable code, a message and a fix', ({ code, family, row: { message, fix } }) => {
    expect(code).toMatch(/^[a-z]+(_[a-z\d]+)*$/);
    expect(message).not.toBe('');
    // Messages of dropped match keys go on from "was left out: ".
    if (family !== 'Dropped match keys') expect(message).toMatch(/(\.|\{what\})$/);
    expect(fix).toMatch(/[.)]$/);
  });

  it('means one thing by each code', () => {
    for (const { code, row } of rows) {
      const { message, fix } = reasons.get(code) ?? {};
      expect({ code, message, fix }).toEqual({ code, message: row.message, fix: row.fix });
    }
  });
});

describe('a sentence', () => {
  // The stand-in for Meta speaks in sentences of its own.
  const files = globSync('{shared,functions,commands,local,docs/generate}/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !file.startsWith('local/graph-stand-in/'),
  );
  const sources = files.map((file) => readFileSync(resolve(root, file), 'utf8').replaceAll("\\'", "'"));
  const source = sources.join('\n');
  // Sentences, not words of two that also stand elsewhere.
  const sentences = [...new Set(rows.flatMap(textsOf))].filter((text) => text.split(' ').length > 4);

  it('is found', () => {
    expect(sentences.length).toBeGreaterThan(150);
  });

  it.each(sentences)('stands once: %s', (sentence) => {
    expect(source.split(sentence).length - 1).toBeLessThanOrEqual(1);
  });

  it('of the catalogue stands in the catalogue', () => {
    const catalogue = globSync('shared/reasons/*.ts', { cwd: root }).map((file) =>
      readFileSync(resolve(root, file), 'utf8'),
    );
    const others = sentences.filter((sentence) => !catalogue.join('\n').replaceAll("\\'", "'").includes(sentence));

    // Made of two texts of the catalogue.
    expect(others).toEqual(['{name}: looks like an MD5 digest: Meta documents SHA-256 only.']);
  });
});

describe('reasonOf', () => {
  it.each([
    ['identity_missing', 'identity_missing'],
    ['user_agent_missing', 'user_agent_missing'],
    ['graph_190', 'graph_190'],
    ['graph_190_463', 'graph_190'],
    ['graph_100_33', 'graph_100_33'],
    ['graph_294_1', 'graph_permission'],
    ['graph_80003', 'graph_business_limit'],
    ['graph_-1', 'graph_unknown'],
    ['graph_424242_7', 'graph_unknown'],
    ['http_503', 'graph_status'],
    ['timeout', 'timeout'],
  ])('%s has the row of %s', (code, row) => {
    expect(reasonOf(code)?.code).toBe(row);
  });

  it.each(['', 'nonsense', 'constructor', 'graph_x', 'Identity_missing'])('knows no %j', (code) => {
    expect(reasonOf(code)).toBeUndefined();
  });

  it('names the page of the family', () => {
    expect(reasonOf('consent_missing')?.page).toBe('docs/reasons.md#skips');
    expect(reasonOf('user_agent_missing')?.page).toBe('docs/reasons.md#problems');
  });
});

describe('fill', () => {
  it('puts values where their names stand, several times too', () => {
    expect(fill('{name} does not look like the {name} cookie.', { name: 'fbc' })).toBe(
      'fbc does not look like the fbc cookie.',
    );
  });

  it('takes a value for what it is', () => {
    expect(fill('{what} It was left out.', { what: '$& {what}' })).toBe('$& {what} It was left out.');
  });

  it('leaves other braces alone', () => {
    expect(fill('Send {"batch": […]} to {place}.', { place: '/v1' } as never)).toBe('Send {"batch": […]} to /v1.');
  });
});
