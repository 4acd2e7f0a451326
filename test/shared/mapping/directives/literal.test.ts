import { describe, expect, it } from 'vitest';
import { faults, resolve } from '../resolve.ts';

describe('@literal', () => {
  it.each([
    ['x', 'x'],
    [0, 0],
    [null, null],
    ['{{event}}', '{{event}}'],
    [
      [1, 'b'],
      [1, 'b'],
    ],
    [{ a: { '@path': '$.event' } }, { a: 'Order' }],
    [{ '@path': '$.event' }, 'Order'],
  ])('%j gives %j', (value, expected) => {
    expect(resolve({ '@literal': value }, { event: 'Order' })).toEqual(expected);
  });

  it('refuses to be empty', () => {
    expect(faults({ '@literal': undefined })).toEqual(['/@literal should have a value']);
  });
});
