import { describe, expect, it } from 'vitest';
import { lazy } from '../../../shared/lib/lazy.ts';
import { memoize } from '../../../shared/lib/memoize.ts';

describe('remember', () => {
  it('asks once for a text that comes again', () => {
    const asked: string[] = [];
    const length = memoize((text) => asked.push(text) && text.length);

    expect([length('ab'), length('ab'), length('abc'), asked]).toEqual([2, 2, 3, ['ab', 'abc']]);
  });

  it('keeps a bounded number of texts', () => {
    let asked = 0;
    const find = memoize((text) => {
      asked++;
      return text;
    });
    find('first');
    for (let index = 0; index < 1_000; index++) find(String(index));

    find('first');

    expect(asked).toBe(1_002);
  });
});

describe('remember with a bound of its own', () => {
  it('keeps no more than that', () => {
    const asked: string[] = [];
    const find = memoize((text) => asked.push(text), 2);

    for (const text of ['a', 'b', 'a', 'a text of some length', 'a text of some length', 'a']) find(text);

    expect(asked).toEqual(['a', 'b', 'a text of some length', 'a']);
  });
});

describe('once', () => {
  it('makes its table when it is first asked for, and never again', () => {
    let made = 0;
    const table = lazy(() => ({ made: ++made }));

    expect([made, table(), table(), made]).toEqual([0, { made: 1 }, { made: 1 }, 1]);
  });
});
