import { describe, expect, it } from 'vitest';
import { dataText, eventFromQuery, transparentGif } from '../../../shared/segment/pixel.ts';

describe('dataText', () => {
  const json = '{"n":">>>???~~~ÿ"}';
  const encoded = Buffer.from(json).toString('base64');

  it.each([
    ['base64', encoded],
    ['base64 of URLs', Buffer.from(json).toString('base64url')],
    ['base64 with plus signs that became blanks', encoded.replaceAll('+', ' ')],
    ['base64 with blanks around it', ` ${encoded} `],
    ['JSON that was not encoded', json],
  ])('reads %s', (_, data) => {
    expect(dataText(data)).toBe(json);
  });
});

describe('eventFromQuery', () => {
  it.each([
    [
      { event: 'Seen', anonymousId: 'a-1' },
      { event: 'Seen', anonymousId: 'a-1' },
    ],
    [{ writeKey: 'key-1', event: 'Seen' }, { event: 'Seen' }],
    [
      { 'context.page.url': 'https://a.example', 'context.page.title': 'A', 'context.locale': 'de' },
      { context: { page: { url: 'https://a.example', title: 'A' }, locale: 'de' } },
    ],
    [{ 'properties.constructor.name': 'x' }, { properties: { constructor: { name: 'x' } } }],
    [{ 'a..b': 'x', '.a': 'x', 'a.': 'x', '': 'x' }, {}],
    [{ a: 'x', 'a.b': 'y' }, { a: { b: 'y' } }],
    [{}, {}],
  ])('makes of %j the event %j', (query, event) => {
    expect(eventFromQuery(query)).toEqual(event);
  });

  it.each(['__proto__.polluted', 'a.__proto__.polluted', '__proto__'])('takes no member named %s', (path) => {
    const query = JSON.parse(`{${JSON.stringify(path)}: "yes"}`) as Record<string, string>;

    const event = eventFromQuery(query);

    expect([event, ({} as Record<string, unknown>)['polluted']]).toEqual([{}, undefined]);
  });

  it('follows ten steps and no more', () => {
    const event = eventFromQuery({ [Array.from({ length: 500 }, () => 'a').join('.')]: 'x' });

    expect(JSON.stringify(event).split('{')).toHaveLength(11);
  });
});

describe('transparentGif', () => {
  it('is a GIF of one by one pixel', () => {
    const bytes = Buffer.from(transparentGif, 'base64');

    expect([bytes.toString('latin1', 0, 6), bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual(['GIF89a', 1, 1]);
  });
});
