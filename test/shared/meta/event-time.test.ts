import { describe, expect, it } from 'vitest';
import { maxEventAgeMs, readEventTime, settleEventTime } from '../../../shared/meta/event-time.ts';

const now = new Date('2026-03-10T12:00:00.500Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const [second, minute, day] = [1_000, 60_000, 86_400_000];

describe('readEventTime', () => {
  it.each([
    ['2026-03-10T11:59:00.000Z', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10T12:59:00+01:00', '2026-03-10T11:59:00.000Z'],
    [' 2026-03-10T11:59:00Z ', '2026-03-10T11:59:00.000Z'],
    ['2026-03-10', '2026-03-10T00:00:00.000Z'],
    ['1773143940', '2026-03-10T11:59:00.000Z'],
    ['1773143940.5', '2026-03-10T11:59:00.500Z'],
    ['1773143940000', '2026-03-10T11:59:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
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

  it.each(['yesterday', '', '2026-13-45T00:00:00Z', '[object Object]'])('does not read %j', (raw) => {
    expect(readEventTime(raw)).toBeUndefined();
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
    expect(settleEventTime(ago(days * day), actionSource, now)).toEqual(expect.any(Number));
    expect(settleEventTime(ago(days * day + 1), actionSource, now)).toMatchObject({ code: 'event_too_old' });
  });

  it.each([1, second, 5 * minute])('counts a clock %i ms ahead as now', (ahead) => {
    expect(settleEventTime(ago(-ahead), 'website', now)).toBe(1_773_144_000);
  });

  it('refuses what lies further in the future', () => {
    expect(settleEventTime(ago(-5 * minute - 1), 'website', now)).toMatchObject({ code: 'event_too_new' });
  });
});
