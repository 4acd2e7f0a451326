import { describe, expect, it } from 'vitest';
import { type Connection, withConnection } from '../../../shared/segment/connection.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';

const server: Connection = { isBrowser: false, address: () => '203.0.113.7', userAgent: 'okhttp/4' };
const browser: Connection = { ...server, isBrowser: true, userAgent: 'Browser/1.0' };

const by = (name: unknown, more: JsonObject = {}): JsonObject => ({ library: { name, version: '1.0.0' }, ...more });

describe('withConnection', () => {
  it.each([
    ...['analytics.js', 'RudderLabs JavaScript SDK', '@jitsu/js'],
    ...[
      'analytics-ios',
      'analytics-android',
      'analytics-swift',
      '@segment/analytics-react-native',
      'analytics-flutter',
    ],
    ...['rudder-ios-library', 'com.rudderstack.android.sdk.core'],
  ])('gives the events of %s, which runs on the device of a customer, the address', (name) => {
    expect(withConnection(by(name), server)).toEqual({ ...by(name), ip: '203.0.113.7' });
  });

  it.each([
    ...[
      '@segment/analytics-node',
      'analytics-node',
      'analytics-python',
      'analytics-ruby',
      'analytics-php',
      'analytics-go',
    ],
    ...['RudderStack Node SDK', 'rudder-sdk-python', 'analytics-java', 'analytics-kotlin', '', 5, undefined],
  ])("gives the events of %j, which may be a server's, none", (name) => {
    expect(withConnection(by(name), server)).toEqual(by(name));
  });

  it('gives it to a library of phones and servers where a device is named', () => {
    const context = by('analytics-kotlin', { device: { model: 'Pixel 9' } });

    expect(withConnection(context, server)).toMatchObject({ ip: '203.0.113.7' });
  });

  it.each([[true], ['true']])('gives it where context.direct is %j', (direct) => {
    expect(withConnection({ direct }, server)).toEqual({ direct, ip: '203.0.113.7' });
  });

  it.each([[false], ['no'], [1], [undefined]])('gives none where context.direct is %j', (direct) => {
    expect(withConnection({ direct }, server)).toEqual({ direct });
  });

  it("gives a browser's events address and user agent, even without a context", () => {
    expect(withConnection(undefined, browser)).toEqual({ ip: '203.0.113.7', userAgent: 'Browser/1.0' });
  });

  it('gives a phone no user agent: it is that of an HTTP client', () => {
    expect(withConnection(by('analytics-ios'), server)).not.toHaveProperty('userAgent');
  });

  it('keeps what the event gives', () => {
    const context = by('analytics.js', { ip: '198.51.100.1', userAgent: 'Own' });

    expect(withConnection(context, browser)).toBe(context);
  });

  it.each([[''], [' '], [null], [5]])('does not take %j for an address', (ip) => {
    expect(withConnection({ ip, userAgent: ip }, browser)).toEqual({ ip: '203.0.113.7', userAgent: 'Browser/1.0' });
  });

  it('adds nothing where nothing is known', () => {
    const unknown = { ...browser, address: () => undefined, userAgent: undefined };

    expect(withConnection(undefined, unknown)).toBeUndefined();
  });

  it('asks for the address only where it is needed', () => {
    const context = by('@segment/analytics-node');
    const address = () => {
      throw new Error('Asked for nothing.');
    };

    expect(withConnection(context, { ...server, address })).toBe(context);
  });
});
