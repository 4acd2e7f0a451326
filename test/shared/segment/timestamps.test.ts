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
    const given = { timestamp: parseTime(0), originalTimestamp: undefined, sentAt: parseTime('9998-12-31T23:59:59Z') };

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
    [0, '1970-01-01T00:00:00.000Z'],
  ])('reads %j', (value, time) => {
    expect(parseTime(value)?.toISOString()).toBe(time);
  });

  it.each([
    '',
    'yesterday',
    'item 5',
    '12',
    '2026-13-45',
    '1969-12-31T23:59:59Z',
    '9999-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    8.64e15,
    true,
    null,
    undefined,
    {},
    [2026],
  ])('does not take %j for a time', (value) => {
    expect(parseTime(value)).toBeUndefined();
  });
});
