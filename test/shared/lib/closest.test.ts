import { describe, expect, it } from 'vitest';
import { closest } from '../../../shared/lib/closest.ts';

describe('closest', () => {
  it.each([
    ['@pth', '@path'],
    ['@PATH', '@path'],
    ['@templte', '@template'],
    ['@path', '@path'],
    ['@nothing', undefined],
    ['', undefined],
  ])('%s is taken for %s', (word, expected) => {
    expect(closest(word, ['@template', '@path', '@if'])).toBe(expected);
  });
});
