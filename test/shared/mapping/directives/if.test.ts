import { describe, expect, it } from 'vitest';
import { faults, resolve } from '../resolve.ts';

const event = {
  name: 'Widget',
  zero: 0,
  no: false,
  empty: '',
  blank: ' ',
  nil: null,
  none: [],
  nothing: [[''], null],
  one: [0],
};

describe('@if', () => {
  it.each([
    ['name', true],
    ['zero', true],
    ['no', true],
    ['empty', true],
    ['none', true],
    ['nil', false],
    ['nope', false],
  ])('exists: %s is %s', (path, expected) => {
    expect(resolve({ '@if': { exists: { '@path': path }, then: true, else: 'no' } }, event)).toBe(expected || 'no');
  });

  it.each([
    ['name', true],
    ['blank', true],
    ['one', true],
    ['zero', false],
    ['no', false],
    ['empty', false],
    ['none', false],
    ['nothing', true],
    ['nil', false],
    ['nope', false],
  ])('blank: %s is %s', (path, expected) => {
    expect(resolve({ '@if': { blank: { '@path': path }, then: true, else: 'no' } }, event)).toBe(expected || 'no');
  });

  it('does not call what an object of the event brings along', () => {
    const mapping = { '@if': { blank: { '@path': 'x' }, then: 'yes' } };

    expect(resolve(mapping, { x: { toString: 1, valueOf: 2 } })).toBe('yes');
  });

  it.each([
    ['exists wins over blank', { exists: { '@path': 'empty' }, blank: { '@path': 'empty' }, then: 1, else: 2 }, 1],
    ['exists wins even when null as written', { exists: null, blank: 'x', then: 1, else: 2 }, 2],
    ['then may be falsy', { exists: 'x', then: 0 }, 0],
    ['then may be null', { exists: 'x', then: null, else: 1 }, null],
    ['else may be falsy', { exists: { '@path': 'nope' }, then: 1, else: false }, false],
    ['an else of null gives nothing', { exists: { '@path': 'nope' }, then: 1, else: null }, undefined],
    ['an else that finds null gives null', { exists: { '@path': 'nope' }, else: { '@path': 'nil' } }, null],
    ['a missing then gives nothing', { exists: 'x', else: 1 }, undefined],
    ['a missing else gives nothing', { exists: { '@path': 'nope' }, then: 1 }, undefined],
    ['branches are resolved', { exists: 'x', then: { a: [{ '@path': 'name' }] } }, { a: ['Widget'] }],
  ])('%s', (_, options, expected) => {
    expect(resolve({ '@if': options }, event)).toEqual(expected);
  });

  it.each([
    [{ then: 1 }, '/@if should have "exists" or "blank"'],
    [{ exists: '', then: 1 }, '/@if should have "exists" or "blank"'],
    [{ exists: null }, '/@if should have "exists" or "blank"'],
    [{ exists: 1, blank: { '@nope': 1 } }, '/@if/blank has an unknown directive: @nope'],
    ['x', '/@if should be an object but it is a string'],
    [{ '@path': '$.a' }, '/@if should be an object but it is a directive'],
    [{ exists: { '@path': 1 } }, '/@if/exists/@path should be text or a mapping directive but it is a number'],
  ])('refuses %j', (options, expected) => {
    expect(faults({ '@if': options })).toEqual([expected]);
  });
});
