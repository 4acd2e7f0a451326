import { describe, expect, it } from 'vitest';
import { faults, resolve } from '../resolve.ts';

const event = {
  nil: null,
  empty: '',
  zero: 0,
  nested: { a: { nil: null, b: 1 }, nil: null, list: [null, { nil: null }] },
};

describe('@excludeWhenNull', () => {
  it.each([
    [{ '@path': 'nil' }, undefined],
    [{ '@path': 'nope' }, undefined],
    [{ '@path': 'empty' }, ''],
    [{ '@path': 'zero' }, 0],
    [{ '@path': 'nested' }, { a: { b: 1 }, list: [null, { nil: null }] }],
    [{ a: { '@path': 'nil' }, b: { '@path': 'zero' } }, { b: 0 }],
    [null, undefined],
    [[null], [null]],
  ])('%j gives %j', (value, expected) => {
    expect(resolve({ '@excludeWhenNull': value }, event)).toStrictEqual(expected);
  });

  it('leaves the event as it was', () => {
    const subject = structuredClone(event);

    resolve({ '@excludeWhenNull': { '@path': '' } }, subject);

    expect(subject).toEqual(event);
  });

  it('refuses to be empty', () => {
    expect(faults({ '@excludeWhenNull': undefined })).toEqual(['/@excludeWhenNull should have a value']);
  });
});
