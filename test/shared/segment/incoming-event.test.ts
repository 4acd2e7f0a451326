import { describe, expect, it } from 'vitest';
import { type IncomingEvent, readIncoming } from '../../../shared/segment/incoming-event.ts';
import type { Fault } from '../../../shared/segment/rejection.ts';
import { alias, group, identify, now, page, track } from '../../support/factories.ts';

const minimal = { type: 'track', event: 'Seen', userId: 'user-1' };

const read = (raw: Record<string, unknown>, usual = {}): IncomingEvent | Fault =>
  readIncoming(raw, { receivedAt: now, ...usual });

const taken = (raw: Record<string, unknown>): IncomingEvent => {
  const result = read(raw);
  if ('code' in result) throw new Error(`Refused: ${result.code}`);
  return result;
};

const concernsOf = (raw: Record<string, unknown>): string[] =>
  taken(raw).concerns.map(({ code, path }) => `${code} ${path}`);

describe('readIncoming', () => {
  it.each([
    ['a track call', track('Seen')],
    ['an identify call', identify()],
    ['a page call', page('Home')],
    ['a page call without a name', { type: 'page', anonymousId: 'a-1' }],
    ['a screen call', { type: 'screen', name: 'Home', anonymousId: 'a-1' }],
    ['a group call', group('company-1')],
    ['a group call with a number as id', group('', { groupId: 7 })],
    ['an alias call', alias('old-1')],
    ['only what is required', minimal],
    ["RudderStack's visitor with an empty userId", { ...minimal, userId: '', anonymousId: 'a-1' }],
    ['numbers as ids', { ...minimal, userId: 0, messageId: 5 }],
    ['a number as the name of an event', { ...minimal, event: 404 }],
    [
      'null where nothing is known',
      {
        ...minimal,
        anonymousId: null,
        messageId: null,
        properties: null,
        traits: null,
        context: null,
        integrations: null,
        timestamp: null,
        originalTimestamp: null,
      },
    ],
    ['either time alone', { ...minimal, originalTimestamp: '2026-03-10T12:00:00Z' }],
    ['members nobody knows', { ...minimal, channel: 'server', _metadata: [], options: 'x' }],
    ['a bag with a member named __proto__', { ...minimal, properties: JSON.parse('{"__proto__": {"a": 1}}') }],
    // What PHP makes of empty arrays: segmentio/analytics-php#38, br33f/php-GA4-Measurement-Protocol#10.
    ['empty lists for empty objects', { ...minimal, properties: [], traits: [], context: [], integrations: [] }],
  ])('takes %s without a warning', (_, event) => {
    expect(concernsOf(event)).toEqual([]);
  });

  it('reads bags that were written as JSON text', () => {
    const written = { ...minimal, properties: '{"revenue": 5}', context: ' {"traits": {"email": "a@b.example"}}' };

    expect(taken(written).event).toMatchObject({
      properties: { revenue: 5 },
      context: { traits: { email: 'a@b.example' } },
    });
    expect(concernsOf(written)).toEqual([]);
  });

  it('leaves out JSON text that nests deeper than an event may', () => {
    expect(concernsOf({ ...minimal, properties: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` })).toEqual([
      'member_left_out properties',
    ]);
  });

  it.each([
    ['Track', 'track'],
    [' track ', 'track'],
    ['IDENTIFY\n', 'identify'],
  ])('reads the type %j as %s', (type, read) => {
    expect(taken({ ...minimal, type }).event['type']).toBe(read);
  });

  it.each([[undefined], [null], [''], [' ']])('takes the type of the path for %j', (type) => {
    expect(read({ userId: 'u', type }, { type: 'page' })).toMatchObject({ event: { type: 'page' } });
  });

  it.each([
    ['an object as anonymousId', { anonymousId: {} }, 'member_left_out anonymousId'],
    ['a boolean as messageId', { messageId: true }, 'member_left_out messageId'],
    ['a list as properties', { properties: [1] }, 'member_left_out properties'],
    ['text as traits', { traits: 'x' }, 'member_left_out traits'],
    ['a number as context', { context: 1 }, 'member_left_out context'],
    ['a boolean as integrations', { integrations: false }, 'member_left_out integrations'],
    ['a timestamp that is no time', { timestamp: 'yesterday' }, 'timestamp_unreadable timestamp'],
    ['an empty timestamp', { timestamp: '' }, 'timestamp_unreadable timestamp'],
    ['the zero of a clock', { timestamp: '0001-01-01T00:00:00Z' }, 'timestamp_unreadable timestamp'],
    ['an originalTimestamp that is no time', { originalTimestamp: {} }, 'timestamp_unreadable originalTimestamp'],
    ['a sentAt that is no time', { sentAt: 'soon' }, 'timestamp_unreadable sentAt'],
  ])('takes an event with %s, leaves it out and says so', (_, change, concern) => {
    const { event, times, concerns } = taken({ ...minimal, ...change });

    expect(concerns.map(({ code, path }) => `${code} ${path}`)).toEqual([concern]);
    expect(concerns[0]).toMatchObject({ message: expect.stringMatching(/\.$/), fix: expect.stringMatching(/\.$/) });
    const [name = ''] = Object.keys(change);
    expect(JSON.parse(JSON.stringify({ ...event, ...times }))).not.toHaveProperty(
      name === 'timestamp' ? 'originalTimestamp' : name,
    );
    expect(times.timestamp).toBe(now.toISOString());
  });

  it('says everything that it left out', () => {
    const raw = { ...minimal, anonymousId: [], properties: 'x', timestamp: 'x', originalTimestamp: 'y', sentAt: 'z' };

    expect(concernsOf(raw)).toHaveLength(5);
  });

  it('takes the other time where one cannot be read', () => {
    const { times } = taken({ ...minimal, timestamp: '2026-03-10T11:00:00Z', originalTimestamp: 'yesterday' });

    expect(times.timestamp).toBe('2026-03-10T11:00:00.000Z');
  });

  it.each([
    ['no type', { type: undefined }, 'type_unknown', 'type'],
    ['an unknown type', { type: 'purchase' }, 'type_unknown', 'type'],
    ['a type that is a member of every object', { type: 'constructor' }, 'type_unknown', 'type'],
    ['a type that is no text', { type: ['track'] }, 'type_unknown', 'type'],
    ['no event name', { event: undefined }, 'event_name_missing', 'event'],
    ['a blank event name', { event: '  ' }, 'event_name_missing', 'event'],
    ['an event name that is no text', { event: { name: 'x' } }, 'event_name_missing', 'event'],
    ['no groupId', { type: 'group' }, 'group_id_missing', 'groupId'],
    ['an empty groupId', { type: 'group', groupId: '' }, 'group_id_missing', 'groupId'],
    ['no previousId', { type: 'alias' }, 'previous_id_missing', 'previousId'],
    ['no id of a person', { userId: undefined }, 'identity_missing', 'userId'],
    ['blank ids', { userId: ' ', anonymousId: '' }, 'identity_missing', 'userId'],
    ['an object as its only id', { userId: {} }, 'identity_missing', 'userId'],
  ])('refuses an event with %s, and says where it is and what to do', (_, change, code, path) => {
    expect(read({ ...minimal, ...change })).toEqual({
      code,
      path,
      message: expect.stringMatching(/\.$/),
      fix: expect.stringMatching(/\.$/),
    });
  });

  it('quotes nothing of the event', () => {
    const { concerns } = taken({
      ...minimal,
      anonymousId: { email: 'jane@example.com' },
      properties: 'jane@example.com',
    });

    expect(JSON.stringify(concerns)).not.toContain('jane');
  });
});
