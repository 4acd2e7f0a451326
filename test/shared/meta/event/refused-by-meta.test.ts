import { describe, expect, it } from 'vitest';
import { readLeadId, readShare } from '../../../../shared/meta/event/readers.ts';

describe('the id of a lead', () => {
  it.each([
    ['123456789012345', 123456789012345],
    [1234567890123456, 1234567890123456],
    [' 12345678901234567 ', '12345678901234567'],
  ])('%j has as many digits as those of Meta', (raw, read) => {
    expect(readLeadId(raw, true)).toBe(read);
  });

  it.each(['4711', 12345678901234, '123456789012345678', -123456789012345, 'lead', '', null])(
    '%j is left out, since Meta would refuse the event',
    (raw) => {
      expect(readLeadId(raw, true)).toBeUndefined();
    },
  );

  it('goes out as it is in a mapping that came from Segment', () => {
    expect(readLeadId(4711, false)).toBe(4711);
  });
});

describe('a share', () => {
  it.each([
    [0, 0],
    [1, 1],
    ['0.25', 0.25],
  ])('%j is between none and all', (raw, read) => {
    expect(readShare(raw)).toBe(read);
  });

  it.each([1.01, -0.1, 50, '50 %', Number.NaN])('%j is left out', (raw) => {
    expect(readShare(raw)).toBeUndefined();
  });
});
