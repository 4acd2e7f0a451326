import { describe, expect, it } from 'vitest';
import { findFault } from '../../../shared/segment/incoming-event.ts';
import { alias, group, identify, page, track } from '../../support/factories.ts';

const minimal = { type: 'track', event: 'Seen', userId: 'user-1' };

describe('findFault', () => {
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
    ['a sentAt that cannot be read, since it only corrects', { ...minimal, sentAt: 'soon' }],
    ['a bag with a member named __proto__', { ...minimal, properties: JSON.parse('{"__proto__": {"a": 1}}') }],
  ])('finds none in %s', (_, event) => {
    expect(findFault(event)).toBeUndefined();
  });

  it.each([
    ['no type', { type: undefined }, 'type_unknown', 'type'],
    ['an unknown type', { type: 'purchase' }, 'type_unknown', 'type'],
    ['a type in capitals', { type: 'Track' }, 'type_unknown', 'type'],
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
    ['an object as userId', { userId: {} }, 'field_invalid', 'userId'],
    ['an object as anonymousId', { anonymousId: {} }, 'field_invalid', 'anonymousId'],
    ['a boolean as messageId', { messageId: true }, 'field_invalid', 'messageId'],
    ['a list as properties', { properties: [] }, 'field_invalid', 'properties'],
    ['text as traits', { traits: 'x' }, 'field_invalid', 'traits'],
    ['a number as context', { context: 1 }, 'field_invalid', 'context'],
    ['a boolean as integrations', { integrations: false }, 'field_invalid', 'integrations'],
    ['a timestamp that is no time', { timestamp: 'yesterday' }, 'timestamp_invalid', 'timestamp'],
    ['an empty timestamp', { timestamp: '' }, 'timestamp_invalid', 'timestamp'],
    ['an originalTimestamp that is no time', { originalTimestamp: {} }, 'timestamp_invalid', 'originalTimestamp'],
  ])('finds %s, and says where it is and what to do', (_, change, code, path) => {
    const fault = findFault({ ...minimal, ...change });

    expect(fault).toEqual({ code, path, message: expect.stringMatching(/\.$/), fix: expect.stringMatching(/\.$/) });
  });

  it('quotes nothing of the event', () => {
    const fault = findFault({ ...minimal, userId: { email: 'jane@example.com' }, properties: 'jane@example.com' });

    expect(JSON.stringify(fault)).not.toContain('jane');
  });
});
