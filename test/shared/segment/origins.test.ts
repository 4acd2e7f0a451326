import { describe, expect, it } from 'vitest';
import { compileOrigins, originHeaders, preflightHeaders } from '../../../shared/segment/origins.ts';
import { config, siteOrigin } from '../../support/factories.ts';

describe('compileOrigins', () => {
  it.each([
    [['https://shop.example'], 'https://shop.example', true],
    [['https://a.example', 'https://b.example'], 'https://b.example', true],
    [['*'], 'https://any.example', true],
    [['*'], 'null', true],
    [['https://shop.example'], 'null', false],
    [['https://shop.example'], 'http://shop.example', false],
    [['https://shop.example'], 'https://shop.example:8443', false],
    [['https://shop.example'], 'https://shop.example.evil.example', false],
    [['https://shop.example'], 'https://sub.shop.example', false],
    // ionic-team/capacitor#1041, authgear/authgear-server#3637.
    [['null', 'capacitor://localhost'], 'null', true],
    [['null', 'capacitor://localhost'], 'capacitor://localhost', true],
    [['capacitor://localhost'], 'ionic://localhost', false],
    [['https://*.shop.example'], 'https://www.shop.example', true],
    [['https://*.shop.example'], 'https://de.www.shop.example', true],
    [['https://*.shop.example'], 'https://shop.example', false],
    [['https://*.shop.example'], 'https://.shop.example', false],
    [['https://*.shop.example'], 'http://www.shop.example', false],
    [['https://*.shop.example'], 'https://www.shop.example:8443', false],
    [['https://*.shop.example'], 'https://evilshop.example', false],
    [['https://*.shop.example'], 'https://evil.example/.shop.example', false],
    [['https://*.shop.example:8443'], 'https://www.shop.example:8443', true],
    [[], 'https://shop.example', false],
    [undefined, 'https://shop.example', false],
  ])('with %j lets %s send: %s', (allowedOrigins, origin, allowed) => {
    expect(compileOrigins(allowedOrigins)(origin)).toBe(allowed);
  });
});

describe('originHeaders', () => {
  const headersFor = originHeaders(config());

  it('names the origin, since "*" would forbid credentials', () => {
    expect(headersFor(siteOrigin)).toEqual({
      'access-control-allow-origin': siteOrigin,
      'access-control-allow-credentials': 'true',
      vary: 'origin',
    });
  });

  it.each([undefined, '', 'null', 'https://other.example'])('says nothing to %s', (origin) => {
    expect(headersFor(origin)).toEqual({});
  });
});

describe('preflightHeaders', () => {
  it('grants what RudderStack asks for', () => {
    const asked = 'anonymousid,authorization,content-type,rsa-retry-attempt,sentat';

    expect(preflightHeaders(asked)).toEqual({
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': asked,
      'access-control-max-age': '86400',
    });
  });

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a line break', 'authorization\r\nset-cookie: a=b'],
    ['too long a list', 'a'.repeat(1001)],
  ])('grants the usual headers when asked for %s', (_, asked) => {
    expect(preflightHeaders(asked)['access-control-allow-headers']).toBe(
      'authorization, content-type, anonymousid, sentat, x-retry-count, x-write-key',
    );
  });
});
