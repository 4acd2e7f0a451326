import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plainWords } from '../../../shared/lib/plain-words.ts';

const Schema = z.strictObject({
  name: z.string().min(1).max(5),
  list: z.array(z.string()).min(1),
  three: z.array(z.string()).min(3).optional(),
  count: z.int().min(1).max(9).optional(),
  flag: z.boolean().optional(),
  word: z.enum(['one', 'two', 'three']).optional(),
  only: z.literal('add').optional(),
  inner: z.strictObject({ testEventCode: z.string().optional() }).optional(),
  either: z.union([z.string(), z.number()]).optional(),
  own: z.string().regex(/x/, 'must hold an x').optional(),
  bag: z.record(z.string(), z.unknown()).optional(),
});

const valid = { name: 'n', list: ['a'] };
const said = (value: unknown) => {
  const { error } = Schema.safeParse(value, { error: plainWords });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('plainWords', () => {
  it.each([
    [{ list: ['a'] }, 'name: is missing'],
    [{ ...valid, name: 5 }, 'name: must be a text, not a number'],
    [{ ...valid, name: null }, 'name: must be a text, not null'],
    [{ ...valid, name: '' }, 'name: must not be empty'],
    [{ ...valid, name: 'secret' }, 'name: must have at most 5 characters'],
    [{ ...valid, list: 'a' }, 'list: must be a list, not a text'],
    [{ ...valid, list: [] }, 'list: must not be empty: it needs at least one'],
    [{ ...valid, three: ['a'] }, 'three: must have at least 3 entries'],
    [{ ...valid, count: 10 }, 'count: must be at most 9'],
    [{ ...valid, count: 1.5 }, 'count: must be a whole number, not a number'],
    [{ ...valid, flag: 'yes' }, 'flag: must be true or false, not a text'],
    [{ ...valid, word: 'four' }, 'word: must be "one", "two" or "three"'],
    [{ ...valid, only: 'update' }, 'only: must be "add"'],
    [{ ...valid, either: [] }, 'either: has none of the forms that it may have'],
    [{ ...valid, own: 'y' }, 'own: must hold an x'],
    [{ ...valid, bag: [] }, 'bag: must be an object, not a list'],
    [
      { ...valid, inner: { testEventcode: 'T' } },
      'inner: has no member "testEventcode"; did you mean "testEventCode"?',
    ],
    [{ ...valid, inner: { colour: 1 } }, 'inner: has no member "colour"; known are testEventCode'],
    [[], ': must be an object, not a list'],
  ])('says of %j', (value, words) => {
    expect(said(value)).toEqual([words]);
  });

  it('never shows a value', () => {
    expect(
      JSON.stringify(said({ name: 'EAAB-secret', list: 'EAAB', flag: 'EAAB', word: 'EAAB', either: ['EAAB'] })),
    ).not.toContain('EAAB');
  });
});
