import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../shared/segment/parse-json.ts';

describe('parseJson', () => {
  it.each<[text: string, expected: unknown]>([
    ['[ 12345678901234567891,12345678901234567892 ]', ['12345678901234567891', '12345678901234567892']],
    ['{"ids": [9007199254740993, -9007199254740993]}', { ids: ['9007199254740993', '-9007199254740993'] }],
    ['[9007199254740991, 1.5, 1e20, 0.12345678901234566]', [9007199254740991, 1.5, 1e20, 0.12345678901234566]],
    ['["12345678901234567891", 7]', ['12345678901234567891', 7]],
    ['{"__proto__": 12345678901234567891}', JSON.parse('{"__proto__": "12345678901234567891"}')],
  ])('of %s keeps every digit', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('takes what is nested deeper than the stack', () => {
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`;

    expect(parseJson(`[12345678901234567891, ${deep}]`)).toHaveLength(2);
  });

  it.each(['', '{', '{"id": 12345678901234567891'])('throws for %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
