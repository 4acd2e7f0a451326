import { describe, expect, it } from 'vitest';
import { type CheckedEvent, checkEvent, type RequestDefaults } from '../../../shared/segment/check-event.ts';
import { identify, now, page, track } from '../../support/factories.ts';

const defaults: RequestDefaults = { source: 'server', receivedAt: now, randomId: () => 'random' };

const eventOf = (checked: CheckedEvent): Record<string, unknown> => {
  if ('rejection' in checked) throw new Error(`Rejected: ${checked.rejection.code}`);
  return JSON.parse(checked.json) as Record<string, unknown>;
};

const idOf = (raw: unknown, more: Partial<RequestDefaults> = {}): unknown =>
  eventOf(checkEvent(raw, { ...defaults, ...more }))['messageId'];

const withoutId = (overrides: Record<string, unknown> = {}) =>
  track('Seen', {}, { messageId: undefined, ...overrides });

/** A track call that is this long as JSON, or shorter by less than a letter. */
function sizedTrack(bytes: number, letter = 'x'): Record<string, unknown> {
  const empty = Buffer.byteLength(JSON.stringify(track('Seen', { text: '' })));
  return track('Seen', { text: letter.repeat((bytes - empty) / Buffer.byteLength(letter)) });
}

describe('checkEvent', () => {
  it('keeps what the sender gave and adds the times', () => {
    const raw = track('Seen', { a: 1 }, { context: { ip: '192.0.2.1' }, channel: 'server' });

    expect(eventOf(checkEvent(raw, defaults))).toEqual({
      ...raw,
      originalTimestamp: '2026-03-10T11:59:00.000Z',
      receivedAt: '2026-03-10T12:00:00.000Z',
    });
  });

  it('tells the length of its text in bytes', () => {
    const checked = checkEvent(track('Größe', { emoji: '🛒' }), defaults);

    expect(checked).toMatchObject({ bytes: Buffer.byteLength('json' in checked ? checked.json : '') });
  });

  it.each([
    ['adds the type of the path', { type: undefined }, 'page'],
    ['keeps its own type', { type: 'identify' }, 'identify'],
  ])('%s', (_, change, type) => {
    const raw = { userId: 'user-1', ...change };

    expect(eventOf(checkEvent(raw, { ...defaults, type: 'page' }))['type']).toBe(type);
  });

  it('takes the write key out', () => {
    expect(eventOf(checkEvent(track('Seen', {}, { writeKey: 'key-1' }), defaults))).not.toHaveProperty('writeKey');
  });

  it('does not let the sender say when it was received', () => {
    const raw = track('Seen', {}, { receivedAt: '2020-01-01T00:00:00.000Z' });

    expect(eventOf(checkEvent(raw, defaults))['receivedAt']).toBe('2026-03-10T12:00:00.000Z');
  });

  it.each([
    ['the batch', { timestamp: '2026-03-10T12:59:00Z' }, '2026-03-10T13:00:00Z', '2026-03-10T11:59:00.000Z'],
    [
      'the event before that of the batch',
      { timestamp: '2026-03-10T12:59:00Z', sentAt: '2026-03-10T13:00:00Z' },
      '2026-03-10T18:00:00Z',
      '2026-03-10T11:59:00.000Z',
    ],
  ])('corrects the clock by sentAt of %s', (_, change, sentAt, timestamp) => {
    const checked = checkEvent(track('Seen', {}, change), { ...defaults, sentAt });

    expect(eventOf(checked)['timestamp']).toBe(timestamp);
  });

  it('lays the bags of the event over those of the batch', () => {
    const raw = track('Seen', {}, { context: { page: { url: 'own' } }, integrations: { A: true } });
    const batch = { context: { page: { url: 'batch', title: 'T' } }, integrations: { A: false, All: false } };

    expect(eventOf(checkEvent(raw, { ...defaults, ...batch }))).toMatchObject({
      context: { page: { url: 'own', title: 'T' } },
      integrations: { A: true, All: false },
    });
  });

  it('takes the bags of the batch where the event has null', () => {
    const raw = track('Seen', {}, { context: null, integrations: null });

    expect(eventOf(checkEvent(raw, { ...defaults, context: { a: 1 }, integrations: { All: false } }))).toMatchObject({
      context: { a: 1 },
      integrations: { All: false },
    });
  });

  it('keeps a member named __proto__ as a member', () => {
    const raw = JSON.parse(
      '{"type":"identify","userId":"u","messageId":"m","__proto__":{"a":1},"traits":{"__proto__":{}}}',
    );
    const checked = checkEvent(raw, { ...defaults, context: JSON.parse('{"__proto__":{"polluted":1}}') });

    const text = 'json' in checked ? checked.json : '';
    expect(text).toContain('"__proto__":{"a":1},"traits":{"__proto__":{}},"context":{"__proto__":{"polluted":1}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('messageId', () => {
  it.each([
    ['text', 'order-1', 'order-1'],
    ['a number, as text', 17, '17'],
  ])('is kept when it is %s', (_, messageId, kept) => {
    expect(idOf(track('Seen', {}, { messageId }))).toBe(kept);
  });

  it.each([[undefined], [''], [null]])(
    'is made from the content when it is %j and the event has a time',
    (messageId) => {
      expect(idOf(withoutId({ messageId }))).toMatch(/^content-[0-9a-f]{40}$/);
    },
  );

  it.each([
    ['sent again later', { sentAt: '2026-03-10T12:05:00.000Z' }, {}],
    ['sent again later, in a batch', {}, { sentAt: '2026-03-10T12:05:00.000Z' }],
    ['received later', {}, { receivedAt: new Date('2026-03-10T12:05:00.000Z') }],
    ['sent with the key in the body', { writeKey: 'key-1' }, {}],
  ])('is the same for a call %s', (_, change, more) => {
    expect(idOf(withoutId(change), more)).toBe(idOf(withoutId()));
  });

  it.each([
    ['another time', { timestamp: '2026-03-10T11:59:00.001Z' }, {}],
    ['another person', { userId: 'user-2' }, {}],
    ['other properties', { properties: { a: 1 } }, {}],
    ['another context', {}, { context: { a: 1 } }],
    ['another source', {}, { source: 'site' }],
  ])('differs for a call with %s', (_, change, more) => {
    expect(idOf(withoutId(change), more)).not.toBe(idOf(withoutId()));
  });

  it('is made from the content when the time is an originalTimestamp', () => {
    const raw = withoutId({ timestamp: undefined, originalTimestamp: '2026-03-10T11:59:00Z' });

    expect(idOf(raw)).toMatch(/^content-/);
  });

  it('is random without a time, since two such calls may be two events', () => {
    expect(idOf(withoutId({ timestamp: undefined, sentAt: '2026-03-10T11:59:00Z' }))).toBe('random');
  });
});

describe('limits', () => {
  it('takes an event of 65,536 bytes', () => {
    const raw = sizedTrack(65_536);

    expect(Buffer.byteLength(JSON.stringify(raw))).toBe(65_536);
    expect(checkEvent(raw, defaults)).toMatchObject({ messageId: 'track-1' });
  });

  it.each([
    ['65,537 bytes', sizedTrack(65_537)],
    ['fewer characters but more bytes', track('Seen', { text: 'ß'.repeat(32_800) })],
  ])('rejects an event of %s', (_, raw) => {
    expect(checkEvent(raw, defaults)).toMatchObject({ rejection: { code: 'event_too_large', messageId: 'track-1' } });
  });

  it('counts what the batch adds', () => {
    const raw = sizedTrack(65_000);

    expect(checkEvent(raw, { ...defaults, context: { text: 'x'.repeat(800) } })).toMatchObject({
      rejection: { code: 'event_too_large' },
    });
  });

  it('does not hold escapes of its own against the sender', () => {
    expect(checkEvent(sizedTrack(65_536, '\uFFFF'), defaults)).toMatchObject({ messageId: 'track-1' });
  });

  it.each([
    [100, true],
    [101, false],
    [50_000, false],
  ])('takes %i levels of nesting: %s', (levels, taken) => {
    const inner = levels - 2;
    const raw = identify(JSON.parse(`${'{"a":'.repeat(inner)}{}${'}'.repeat(inner)}`));

    expect(checkEvent(raw, defaults)).toMatchObject(
      taken ? { messageId: 'identify-1' } : { rejection: { code: 'event_too_deep' } },
    );
  });
});

describe('halves of surrogate pairs', () => {
  // A text that was cut in the middle of an emoji.
  it.each([
    ['a\uD83D', 'a\uFFFD'],
    ['\uDED2b', '\uFFFDb'],
    ['🛒', '🛒'],
    ['\\ud83d', '\\ud83d'],
    ['\\\uD83D"\n', '\\\uFFFD"\n'],
  ])('are replaced: %j becomes %j', (text, repaired) => {
    const checked = checkEvent(track(`x${text}`, { [text]: [text] }), defaults);

    expect(eventOf(checked)).toMatchObject({ event: `x${repaired}`, properties: { [repaired]: [repaired] } });
    expect(checked).toMatchObject({ bytes: Buffer.byteLength('json' in checked ? checked.json : '') });
  });
});

describe('what a source may send', () => {
  const limited = { ...defaults, allowedEvents: new Set(['Product Viewed']) };

  it('is a track call with one of its names', () => {
    expect(checkEvent(track('Product Viewed'), limited)).toMatchObject({ messageId: 'track-1' });
  });

  it.each(['Order Completed', 'product viewed', 'Product Viewed '])('is not the event %j', (name) => {
    expect(checkEvent(track(name), limited)).toMatchObject({ rejection: { code: 'event_not_allowed', path: 'event' } });
  });

  it.each([identify(), page('Order Completed'), { type: 'screen', userId: 'u' }])(
    'is any call of type $type',
    (raw) => {
      expect(checkEvent(raw, limited)).toHaveProperty('json');
    },
  );

  it('gets its prefix before the message id, made or given', () => {
    const prefixed = { ...defaults, messageIdPrefix: 'web-' };

    expect(checkEvent(track('A'), prefixed)).toMatchObject({ messageId: 'web-track-1' });
    expect(idOf(track('A', {}, { messageId: 'web-order-1' }), prefixed)).toBe('web-web-order-1');
    expect(idOf(withoutId({ timestamp: undefined }), prefixed)).toBe('web-random');
  });
});

describe('a time that cannot be read', () => {
  it.each([['yesterday'], ['0001-01-01T00:00:00Z'], [''], [0], [{}]])(
    'such as %j gives way to the time of receipt',
    (timestamp) => {
      const checked = checkEvent(track('A', {}, { timestamp }), defaults);

      expect(eventOf(checked)).toMatchObject({ timestamp: '2026-03-10T12:00:00.000Z' });
      expect(checked).toMatchObject({ concerns: [{ code: 'timestamp_unreadable', path: 'timestamp' }] });
    },
  );
});

describe('rejection', () => {
  it.each([[null], ['text'], [5], [[]], [true]])('refuses %j, which is no event', (raw) => {
    expect(checkEvent(raw, defaults)).toMatchObject({ rejection: { code: 'event_invalid', path: '' } });
  });

  it('names the message id that the sender gave', () => {
    expect(checkEvent(track('', {}, { messageId: 9 }), defaults)).toMatchObject({ rejection: { messageId: '9' } });
  });

  it('names no message id when the sender gave none', () => {
    expect(checkEvent(track('', {}, { messageId: undefined }), defaults)).not.toHaveProperty('rejection.messageId');
  });
});
