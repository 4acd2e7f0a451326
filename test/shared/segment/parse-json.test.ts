import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, parseLenientJson } from '../../../shared/segment/parse-json.ts';

const keepDigits = (_key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;

describe('parseJson', () => {
  it.each<[text: string, expected: unknown]>([
    ['[ 12345678901234567891,12345678901234567892 ]', ['12345678901234567891', '12345678901234567892']],
    ['{"ids": [9007199254740993, -9007199254740993]}', { ids: ['9007199254740993', '-9007199254740993'] }],
    ['[9007199254740991, 1.5, 1e20, 0.12345678901234566]', [9007199254740991, 1.5, 1e20, 0.12345678901234566]],
    ['["12345678901234567891", 7, 9007199254740993.5]', ['12345678901234567891', 7, 2 ** 53 + 2]],
    ['[12345678901234567891e2, 1e1234567890123456789]', [Number('12345678901234567891e2'), Number.POSITIVE_INFINITY]],
    [
      '{"a: 12345678901234567891": "\\\\", "b": 12345678901234567891}',
      { 'a: 12345678901234567891': '\\', b: '12345678901234567891' },
    ],
    ['{"__proto__": 12345678901234567891}', JSON.parse('{"__proto__": "12345678901234567891"}')],
  ])('of %s keeps every digit', (text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('is JSON.parse with a look at every number, only faster', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text, keepDigits));
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('keeps texts as they are beside long numbers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, text) => {
        const json = `{"id":12345678901234567891,${JSON.stringify(`x${name}`)}:${JSON.stringify(text)}}`;

        expect(parseJson(json)).toEqual({ id: '12345678901234567891', [`x${name}`]: text });
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it('takes what is nested deeper than the stack', () => {
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`;

    expect(parseJson(`[12345678901234567891, ${deep}]`)).toHaveLength(2);
  });

  it.each(['', '{', '{"id": 12345678901234567891', '{"id": 12345678901234567891, "a'])('throws for %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe('parseLenientJson', () => {
  // customerio/customerio-python#35, langwatch/langwatch#1558, simple-salesforce/simple-salesforce#442.
  it.each<[text: string, expected: unknown]>([
    ['{"score":NaN,"a":1}', { score: null, a: 1 }],
    ['[NaN, Infinity,-Infinity , +Infinity,nan,inf,-inf, undefined]', new Array(8).fill(null)],
    // A template's loop leaves a comma behind, and addslashes() a backslash.
    ['{"a":[1,2,],"b":{"c":"d",\n},}', { a: [1, 2], b: { c: 'd' } }],
    ['{"text":"a,]","b":[1,]}', { text: 'a,]', b: [1] }],
    ['{"text":"it\\\'s","b":"\\\\\'"}', { text: "it's", b: "\\'" }],
    ['{"text":"NaN and Infinity","Infinity":NaN}', { text: 'NaN and Infinity', Infinity: null }],
    ['{"text":"a \\" NaN","b":NaN}', { text: 'a " NaN', b: null }],
    ['{"text":"a \\\\","b":NaN}', { text: 'a \\', b: null }],
    ['{"text":"two\nlines\tand\u0000more"}', { text: 'two\nlines\tand\u0000more' }],
    ['{"a":1}\u0000', { a: 1 }],
    ['\u001e{"a":1}\n', { a: 1 }],
    ['{"id":12345678901234567891,"b":NaN}', { id: '12345678901234567891', b: null }],
  ])('reads %j', (text, expected) => {
    expect(parseLenientJson(text)).toEqual(expected);
  });

  it.each([
    '',
    '{broken',
    '{"a":NaNa}',
    '{"a":xNaN}',
    '{"a" NaN}',
    '{"a":"NaN',
    "{'a':1}",
    '[1 2]',
    '[1,,2]',
    '{"a":1',
    '\\',
  ])('throws for %j', (text) => {
    expect(() => parseLenientJson(text)).toThrow(SyntaxError);
  });

  it('reads valid JSON as it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseLenientJson(text)).toEqual(parseJson(text));
      }),
      { seed: 14, numRuns: 300 },
    );
  });
});
