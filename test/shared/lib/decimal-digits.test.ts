import { describe, expect, it } from 'vitest';
import { decimalDigit } from '../../../shared/lib/decimal-digits.ts';

describe('decimalDigit', () => {
  it('knows the digits that Unicode knows, and no other character', () => {
    const isDigit = /\p{Nd}/u;
    const mistaken: string[] = [];
    for (let code = 0; code < 0x10000; code++) {
      if ((decimalDigit(code) !== -1) !== isDigit.test(String.fromCharCode(code))) mistaken.push(code.toString(16));
    }

    expect(mistaken).toEqual([]);
  });

  it.each<[string, number]>([
    ['0', 0],
    ['9', 9],
    ['٣', 3],
    ['९', 9],
    ['０', 0],
    ['a', -1],
    ['٪', -1],
  ])('of %s is %d', (character, value) => {
    expect(decimalDigit(character.charCodeAt(0))).toBe(value);
  });
});
