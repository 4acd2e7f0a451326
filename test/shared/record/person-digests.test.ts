import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type IdentifierKind, identifiersOf, personDigests } from '../../../shared/record/person-digests.ts';

const digest = personDigests('key');
const sha256 = (text: string): string => hash('sha256', text);

describe('personDigests', () => {
  it.each([
    ['email', ' Jane@Example.com ', 'jane@example.com'],
    ['email', sha256('jane@example.com'), 'jane@example.com'],
    ['email', sha256('jane@example.com').toUpperCase(), 'jane@example.com'],
    ['phone', '+49 (151) 2345-678', '491512345678'],
    ['phone', '0049 151 2345678', '491512345678'],
    ['phone', sha256('491512345678'), '491512345678'],
    ['userId', ' user-1 ', 'user-1'],
  ] as const)('finds %s %j by %j', (kind, written, asked) => {
    expect(digest({ kind, value: written })).toBe(digest({ kind, value: asked }));
  });

  it.each([
    ['userId', 'User-1', 'userId', 'user-1'],
    ['userId', 'x', 'anonymousId', 'x'],
    ['email', 'jane@example.com', 'email', 'jane@example.org'],
  ] as const)('tells %s %j from %s %j', (kind, value, otherKind, other) => {
    expect(digest({ kind, value })).not.toBe(digest({ kind: otherKind, value: other }));
  });

  it('gives digests that another secret, or none, does not give', () => {
    const identifier = { kind: 'email', value: 'jane@example.com' } as const;

    expect(digest(identifier)).toMatch(/^e[\da-f]{16}$/);
    expect(personDigests('other')(identifier)).not.toBe(digest(identifier));
    expect(sha256('jane@example.com')).not.toContain(digest(identifier).slice(1));
  });
});

const found = (event: Record<string, unknown>): readonly (readonly [IdentifierKind, string])[] =>
  identifiersOf(event).map(({ kind, value }) => [kind, value]);

describe('identifiersOf', () => {
  it('finds a person by the ids of the call, and in its traits and properties', () => {
    expect(
      found({
        userId: 'u-1',
        anonymousId: 'a-1',
        traits: { email: 'a@example.com' },
        properties: { order_id: 7, customer: { Email: 'b@example.com', phone: '123' } },
        context: { traits: { mobile: '+49 1' }, ip: '192.0.2.1' },
      }),
    ).toEqual([
      ['userId', 'u-1'],
      ['anonymousId', 'a-1'],
      ['email', 'a@example.com'],
      ['orderId', '7'],
      ['email', 'b@example.com'],
      ['phone', '123'],
      ['phone', '+49 1'],
    ]);
  });

  it.each([
    ['flags and texts that are no address', { traits: { email_opt_in: true, email: 'none', email_verified: 'yes' } }],
    ['empty ids', { userId: '', anonymousId: ' ', properties: { phone: '' } }],
    ['what is deeper than anybody puts it', { traits: { a: { b: { c: { email: 'a@example.com' } } } } }],
  ])('takes no %s', (_, event) => {
    expect(found(event)).toEqual([]);
  });

  it('names each one once, and no more than a few', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`email_${n}`, `p${n}@example.com`]));

    expect(
      found({ userId: 'u', previousId: 'u', properties: { email: 'a@x.example' }, traits: { email: 'a@x.example' } }),
    ).toEqual([
      ['userId', 'u'],
      ['email', 'a@x.example'],
    ]);
    expect(found({ traits: many })).toHaveLength(16);
  });
});
