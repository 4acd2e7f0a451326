import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseTime, settleTimes } from '../../../shared/segment/timestamps.ts';

const at = (clock: string): Date => new Date(`2026-03-10T${clock}.000Z`);
const receivedAt = at('12:00:00');

describe('settleTimes', () => {
  it.each([
    ['corrects a clock that is ten minutes slow', { timestamp: at('11:49:00'), sentAt: at('11:50:00') }, '11:59:00'],
    ['corrects a clock that is an hour fast', { timestamp: at('12:59:00'), sentAt: at('13:00:00') }, '11:59:00'],
    ['leaves a right clock alone', { timestamp: at('11:59:00'), sentAt: at('12:00:00') }, '11:59:00'],
    ['corrects originalTimestamp alike', { originalTimestamp: at('11:49:00'), sentAt: at('11:50:00') }, '11:59:00'],
    ['keeps the given time without sentAt', { timestamp: at('09:00:00') }, '09:00:00'],
    ['keeps originalTimestamp without sentAt', { originalTimestamp: at('09:00:00') }, '09:00:00'],
    ['takes receivedAt without any time', {}, '12:00:00'],
    ['takes receivedAt when only sentAt is known', { sentAt: at('08:00:00') }, '12:00:00'],
    ['is never later than receivedAt', { timestamp: at('11:50:00'), sentAt: at('11:40:00') }, '12:00:00'],
    [
      'keeps a timestamp that is given beside the original, since it is corrected already',
      { timestamp: at('10:00:00'), originalTimestamp: at('11:00:00'), sentAt: at('11:30:00') },
      '10:00:00',
    ],
  ])('%s', (_, given, clock) => {
    const all = { timestamp: undefined, originalTimestamp: undefined, sentAt: undefined, ...given };

    expect(settleTimes(all, receivedAt).timestamp).toBe(at(clock).toISOString());
  });

  it('keeps an import of last month where it was', () => {
    const given = { timestamp: new Date('2026-02-10T00:00:00Z'), originalTimestamp: undefined, sentAt: at('11:59:59') };

    expect(settleTimes(given, receivedAt).timestamp).toBe('2026-02-10T00:00:01.000Z');
  });

  it('gives all four times', () => {
    const given = { timestamp: at('11:49:00'), originalTimestamp: undefined, sentAt: at('11:50:00') };

    expect(settleTimes(given, receivedAt)).toEqual({
      timestamp: '2026-03-10T11:59:00.000Z',
      originalTimestamp: '2026-03-10T11:49:00.000Z',
      sentAt: '2026-03-10T11:50:00.000Z',
      receivedAt: '2026-03-10T12:00:00.000Z',
    });
  });

  it('survives the most distant times that can be read', () => {
    const given = {
      timestamp: parseTime(100_000_000),
      originalTimestamp: undefined,
      sentAt: parseTime('2199-12-31T23:59:59Z'),
    };

    expect(Date.parse(settleTimes(given, receivedAt).timestamp)).toBeLessThan(receivedAt.getTime());
  });
});

describe('parseTime', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(['2026-03-10T12:00:00.000', '2026-03-10T12:00:00', '2026-03-10T12:00', '2026-03-10 12:00:00'])(
    'reads %s, which has no offset, as UTC wherever the machine is',
    (value) => {
      vi.stubEnv('TZ', 'America/New_York');

      expect(new Date(2026, 2, 10, 12).getUTCHours()).toBe(16);
      expect(parseTime(value)?.toISOString()).toBe('2026-03-10T12:00:00.000Z');
    },
  );

  it.each([
    ['2026-03-10T12:00:00.000Z', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T12:00:00Z', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T17:30:00.000+05:30', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T12:00:00.123456789Z', '2026-03-10T12:00:00.123Z'],
    ['2026-03-10', '2026-03-10T00:00:00.000Z'],
    ['Tue, 10 Mar 2026 12:00:00 GMT', '2026-03-10T12:00:00.000Z'],
    [1_773_144_000_000, '2026-03-10T12:00:00.000Z'],
    [1_773_144_000, '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T12:00:00,123Z', '2026-03-10T12:00:00.123Z'],
    ['2026-03-10T13:00:00.5+01:00[Europe/Paris]', '2026-03-10T12:00:00.500Z'],
    ['2026-03-10T12:00[UTC]', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T13:00:00+0100', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T13:00:00+01', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 12:00:00 UTC', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 13:00:00 +0100', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10t12:00:00z', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T23:59:60Z', '2026-03-11T00:00:00.000Z'],
    ['2026/03/10 12:00', '2026-03-10T12:00:00.000Z'],
    ['  2026-03-10T12:00:00.000Z\n', '2026-03-10T12:00:00.000Z'],
    ['20260310', '2026-03-10T00:00:00.000Z'],
    ['20260310T120000Z', '2026-03-10T12:00:00.000Z'],
    ['20260310120000', '2026-03-10T12:00:00.000Z'],
    [20_260_310_120_000, '2026-03-10T12:00:00.000Z'],
    ['1773144000', '2026-03-10T12:00:00.000Z'],
    ['1773144000.25', '2026-03-10T12:00:00.250Z'],
    [1_773_144_000.25, '2026-03-10T12:00:00.250Z'],
    ['1773144000000', '2026-03-10T12:00:00.000Z'],
    [1_773_144_000_000_000, '2026-03-10T12:00:00.000Z'],
    ['1773144000000000', '2026-03-10T12:00:00.000Z'],
    ['1773144000000000000', '2026-03-10T12:00:00.000Z'],
    ['/Date(1773144000000)/', '2026-03-10T12:00:00.000Z'],
    ['/Date(1773144000000+0100)/', '2026-03-10T12:00:00.000Z'],
    ['Tue Mar 10 2026 13:00:00 GMT+0100 (Central European Standard Time)', '2026-03-10T12:00:00.000Z'],
    ['Tue Mar 10 12:00:00 2026', '2026-03-10T12:00:00.000Z'],
    ['Tue Mar 10 12:00:00 UTC 2026', '2026-03-10T12:00:00.000Z'],
    ['31/12/2026 10:00', '2026-12-31T10:00:00.000Z'],
    ['12/31/2026', '2026-12-31T00:00:00.000Z'],
    [{ date: '2026-03-10 12:00:00.000000', timezone_type: 3, timezone: 'UTC' }, '2026-03-10T12:00:00.000Z'],
    [{ date: '2026-03-10 13:00:00.000000', timezone_type: 1, timezone: '+01:00' }, '2026-03-10T12:00:00.000Z'],
    [{ seconds: 1_773_144_000, nanos: 5 }, '2026-03-10T12:00:00.000Z'],
    [{ _seconds: 1_773_144_000 }, '2026-03-10T12:00:00.000Z'],
    [{ $date: '2026-03-10T12:00:00Z' }, '2026-03-10T12:00:00.000Z'],
    ['"2026-03-10T12:00:00Z"', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 12:00:00 +0000 UTC', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 13:00:00.5 +0100 CET', '2026-03-10T12:00:00.500Z'],
    ['2026-03-10 12:00:00.123456 +0000 UTC m=+0.001234', '2026-03-10T12:00:00.123Z'],
    ['1.773144E9', '2026-03-10T12:00:00.000Z'],
    ['1.773144E12', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T13:00:00+01:00[Europe/Paris][u-ca=iso8601]', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T13:00:00[Europe/Paris][u-ca=iso8601]', '2026-03-10T12:00:00.000Z'],
    // In summer, and on the night in which clocks are put on.
    ['2026-07-10T14:00:00[Europe/Paris]', '2026-07-10T12:00:00.000Z'],
    ['2026-03-29T01:30:00[Europe/Paris]', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29T03:30:00[Europe/Paris]', '2026-03-29T01:30:00.000Z'],
    ['2026-03-10 08:00:00 America/New_York', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 08:00:00 EDT', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10 04:00:00.5 PST', '2026-03-10T12:00:00.500Z'],
    // As PHP writes a DateTime: moment/moment#3887.
    [{ date: '2026-03-10 13:00:00.000000', timezone_type: 3, timezone: 'Europe/Paris' }, '2026-03-10T12:00:00.000Z'],
    // Python's isoformat() with a Z behind it (znick/anytask#313), and a plus sign that a query made a blank of.
    ['2026-03-10T12:00:00+00:00Z', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T13:00:00.123+01:00Z', '2026-03-10T12:00:00.123Z'],
    ['2026-03-10T13:00:00 01:00', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T11:00:00\u221201:00', '2026-03-10T12:00:00.000Z'],
    ['2026-W11-2T12:00:00Z', '2026-03-10T12:00:00.000Z'],
    ['2026W112', '2026-03-10T00:00:00.000Z'],
    ['2026-069T12:00:00Z', '2026-03-10T12:00:00.000Z'],
    ['10.03.2026 12:00:00', '2026-03-10T12:00:00.000Z'],
    ['10. 3. 2026', '2026-03-10T00:00:00.000Z'],
    ['Tuesday, 10-Mar-26 12:00:00 GMT', '2026-03-10T12:00:00.000Z'],
    ['2026-03-10T12:00:00.Z', '2026-03-10T12:00:00.000Z'],
    // Java's Instant and LocalDateTime without their module.
    [{ epochSecond: 1_773_144_000, nano: 5 }, '2026-03-10T12:00:00.000Z'],
    [[2026, 3, 10, 12, 0], '2026-03-10T12:00:00.000Z'],
    [['2026-03-10T12:00:00Z'], '2026-03-10T12:00:00.000Z'],
    [{ $date: { $numberLong: '1773144000000' } }, '2026-03-10T12:00:00.000Z'],
  ])('reads %j', (value, time) => {
    expect(parseTime(value)?.toISOString()).toBe(time);
  });

  it.each([
    '',
    'yesterday',
    '""',
    '2026-03-10T12:00:00[Europe/Nowhere]',
    { date: '2026-03-10 12:00:00.000000', timezone_type: 3, timezone: 'Mars' },
    '2026-W54-1',
    '2026-000',
    '2026-367',
    '31.02.2026',
    '9999-12-31T23:59:59Z',
    1e20,
    { $date: { $date: { $date: 1 } } },
    [1, 2],
    [2026, 13, 10],
    [2026, 3, 10, 'x'],
    '1.773144E99',
    'item 5',
    '12',
    '2026-13-45',
    '1969-12-31T23:59:59Z',
    '9999-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    0,
    '0',
    86_400,
    // What Go and .NET, MySQL and Unix have for no time at all: gravwell/gravwell#1009, DataDog/datadog-agent#47769.
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00',
    '0000-00-00 00:00:00',
    '1970-01-01T00:00:00.000Z',
    // segmentio/analytics-swift#76.
    '2026-11-30T12:00:00.029:Z',
    '2026-02-30T00:00:00Z',
    '2026-03-10T25:00:00Z',
    '2026',
    'item 5 of 2001',
    // Either month or day.
    '03/04/2026',
    'March 2026'.padEnd(1_000, ' x'),
    [],
    true,
    null,
    undefined,
    {},
    [2026],
  ])('does not take %j for a time', (value) => {
    expect(parseTime(value)).toBeUndefined();
  });
});
