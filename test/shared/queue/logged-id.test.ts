import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { loggedId } from '../../../shared/queue/logged-id.ts';

describe('loggedId', () => {
  it.each([
    ['of analytics.js', 'ajs-next-1700000000000-550e8400-e29b-41d4-a716-446655440000'],
    ['of a UUID', '12345678-1234-4234-8234-123456789012'],
    ['of the iOS library', '12345678-1234-4234-8234-123456789012'.toUpperCase()],
    ['of a digest', `content-${'0123456789'.repeat(3)}abcdef0123`],
    ['of an ObjectId', '507f1f77bcf86cd799439011'],
    ['of a ULID', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['of a time in milliseconds', 'web-1772539200123-a1'],
    ['of a time in seconds', 'job_1772539200'],
    ['of a date', 'import-20260310-a'],
    ['of a day and its time', 'import-20260310115900'],
    ['with a short number', 'order-4711'],
    ['of one letter', 'm-1'],
    ['of a hexadecimal UUID alone', '550e8400-e29b-41d4-a716-446655440000'],
    ['of a UUID behind a word', 'janedoe-550e8400-e29b-41d4-a716-446655440000'],
    ['of a time behind a word', 'web.order.1772539200123'],
    ['of a time beside a UUID', '550e8400-e29b-41d4-a716-446655440000-1772539200123'],
  ])('shows an id %s', (_, id) => {
    expect(loggedId(id, sha256Hex)).toBe(id);
  });

  it.each([
    'tel:4915112345678',
    'wa.4915112345678',
    'u4915112345678',
    'call-16505551212-2',
    'a_6505551',
    'jane.doe1984',
    'jane_doe_1',
    'Jane-Doe-1990-01-31',
    'mary.jane.watson2',
    'janedoe1984',
    'ann@example.com1',
    'Ann Lee 1',
    'ann',
    '12345678901234567890',
    'a1'.repeat(51),
    '',
  ])('shows %j by its digest', (id) => {
    expect(loggedId(id, sha256Hex)).toBe(`sha256:${sha256Hex(id).slice(0, 16)}`);
  });

  it('looks at the first hundred characters of an id at most', () => {
    expect(loggedId(`a-${'1-'.repeat(30_000)}`, sha256Hex)).toMatch(/^sha256:/);
  });
});
