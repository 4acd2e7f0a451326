import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  generalEventTime,
  maxEventAgeMs,
  readEventTime,
  settleEventTime,
} from '../../../../shared/meta/event/event-time.ts';

const now = new Date('2026-03-10T12:00:00.500Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const [second, minute, day] = [1_000, 60_000, 86_400_000];

describe('readEventTime', () => {
  it.each([
    ['2026-03-10T11:59:00.000Z', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T12:59:00+01:00', '2026-03-10T11:59:00.000Z'],
    [' 2026-03-10T11:59:00Z ', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T11:59:07Z', '2026-03-10T11:59:07.000Z'],
    ['2026-03-10T23:59:59.987Z', '2026-03-10T23:59:59.987Z'],
    ['2026-03-10T24:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    ['2026-03-10T11:59Z', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T11:59:00.1234Z', '2026-03-10T11:59:00.123Z'],
    ['0099-12-31T23:59:59.999Z', '0099-12-31T23:59:59.999Z'],
    ['+002026-03-10T11:59:00.000Z', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10', '2026-03-10T00:00:00.000Z'],
    ['1773143940', '2026-03-10T11:59:00.000Z'],
    ['1773143940.5', '2026-03-10T11:59:00.500Z'],
    ['1773143940000', '2026-03-10T11:59:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['1773143940000000', '2026-03-10T11:59:00.000Z'],
    ['1773143940000000000', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T11:59:00,123Z', '2026-03-10T11:59:00.123Z'],
    ['2026-03-10T11:59:00,5', '2026-03-10T11:59:00.500Z'],
    ['2026-03-10T12:59:00+01:00[Europe/Paris]', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T11:59:00Z[UTC]', '2026-03-10T11:59:00.000Z'],
    ['Tue, 10 Mar 2026 11:59:00 GMT', '2026-03-10T11:59:00.000Z'],
  ])('reads %j', (raw, expected) => {
    expect(readEventTime(raw)?.toISOString()).toBe(expected);
  });

  it.each(['2026-03-10T11:59:00', '2026-03-10 11:59:00', '2026-03-10T11:59', '2026-03-10T11:59:00.000'])(
    'reads %j as UTC, wherever it runs',
    (raw) => {
      const zone = process.env['TZ'];
      process.env['TZ'] = 'America/New_York';
      try {
        expect(readEventTime(raw)?.toISOString()).toBe('2026-03-10T11:59:00.000Z');
      } finally {
        if (zone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = zone;
      }
    },
  );

  it.each([
    ...['yesterday', '', 'item 5', '1e30', '[2026]', '2026-13-45T00:00:00Z', '[object Object]'],
    ...['2026-01-32T00:00:00.000Z', '2026-00-10T00:00:00.000Z', '2026-03-10T24:00:00.001Z', '2026-03-10T11:60:00.000Z'],
    ...['2026-03-10T11:59:60.000Z', '2026-03-10T11:59:00.00xZ', '2026-03-10T1a:59:00.000Z', '२०२६-03-10T11:59:00.000Z'],
  ])('does not read %j', (raw) => {
    expect(readEventTime(raw)).toBeUndefined();
  });

  it('fast equals general, and reads every timestamp in UTC as the platform does, days that no month has included', () => {
    const digits = (length: number, max: number) => fc.nat({ max }).map((value) => String(value).padStart(length, '0'));
    const timestamps = fc
      .tuple(
        digits(4, 9_999),
        digits(2, 13),
        digits(2, 32),
        digits(2, 25),
        digits(2, 61),
        digits(2, 61),
        digits(3, 999),
      )
      .map(([y, mo, d, h, mi, s, ms]) => `${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`);

    fc.assert(
      fc.property(timestamps, (raw) => {
        expect(readEventTime(raw)?.getTime() ?? Number.NaN).toBe(Date.parse(raw));
        expect(readEventTime(raw)).toEqual(generalEventTime(raw));
      }),
      { numRuns: 1_000, seed: 13_008 },
    );
  });
});

describe('settleEventTime', () => {
  it('gives whole seconds, cut and not rounded', () => {
    expect(settleEventTime(new Date('2026-03-10T11:59:59.999Z'), 'website', now)).toBe(1_773_143_999);
  });

  it.each([
    ['website', 7],
    ['app', 7],
    ['physical_store', 62],
  ])('takes an event from %s for %i days', (actionSource, days) => {
    expect(maxEventAgeMs(actionSource)).toBe(days * day);
    const oldest = days * day - minute - 500;

    expect(settleEventTime(ago(oldest), actionSource, now)).toEqual(expect.any(Number));
    expect(settleEventTime(ago(oldest + 1), actionSource, now)).toMatchObject({ code: 'event_too_old' });
  });

  it.each([1, second, 5 * minute])('counts a clock %i ms ahead as now', (ahead) => {
    expect(settleEventTime(ago(-ahead), 'website', now)).toBe(1_773_144_000);
  });

  it('judges the whole seconds that Meta sees', () => {
    const oldest = new Date(now.getTime() - 7 * day + minute);

    expect(settleEventTime(new Date(Math.ceil(oldest.getTime() / second) * second), 'website', now)).toEqual(
      expect.any(Number),
    );
    expect(settleEventTime(oldest, 'website', now)).toMatchObject({ code: 'event_too_old' });
  });

  it('refuses what lies further in the future', () => {
    expect(settleEventTime(ago(-5 * minute - 1), 'website', now)).toMatchObject({ code: 'event_too_new' });
  });
});
