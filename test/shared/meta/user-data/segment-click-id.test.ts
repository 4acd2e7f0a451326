import { describe, expect, it } from 'vitest';
import type { Warning } from '../../../../shared/meta/event/warning.ts';
import { segmentId } from '../../../../shared/meta/user-data/segment-click-id.ts';

const occurredAt = new Date('2026-11-30T11:59:00.000Z');

function read(raw: unknown): { id: string | undefined; codes: string[] } {
  const warnings: Warning[] = [];
  const id = segmentId('fbc', raw, occurredAt, warnings);
  return { id, codes: warnings.map(({ code }) => code) };
}

describe('segmentId', () => {
  it.each(['fb.1.123.abc', 'fb.1.1.a', 'fb.1.1554763741205.AbC', 'fb.2.123.abc.Bg', 'fb.1.123.a%20b'])(
    'keeps %s',
    (raw) => {
      expect(read(raw)).toEqual({ id: raw, codes: [] });
    },
  );

  it.each(['1', 'IwAR2F4', 'FB.1.123.abc', 'undefined'])('keeps %s, with a warning', (raw) => {
    expect(read(raw)).toEqual({ id: raw, codes: ['cookie_malformed'] });
  });

  it.each(['fb.1.123', 'fb.1.123.', 'fb.x.123.def', 'fb.1.123.abc.nonsense1', 'fb.'])('leaves out %s', (raw) => {
    expect(read(raw)).toEqual({ id: undefined, codes: ['cookie_malformed'] });
  });

  it('builds an id from its parts', () => {
    expect(read({ fbclid: 'Abc', observed_at_ms: 1_700_000_000 })).toEqual({ id: 'fb.1.1700000000000.Abc', codes: [] });
  });

  it.each([undefined, null, '', 42])('finds none in %j', (raw) => {
    expect(read(raw)).toEqual({ id: undefined, codes: [] });
  });
});
