import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../../shared/config/config.ts';
import { defineConfig } from '../../../shared/config/define-config.ts';
import { ConfigurationError, type Issue } from '../../../shared/errors.ts';
import { sha256 } from '../../support/factories.ts';

const source = { writeKeyHashes: [sha256('key-1')], destinations: ['main'] };
const mapping = { name: 'purchase', action: 'purchase' };
const destination = { datasetId: '1234567890123456', accessTokenSecret: 'conversions/test/main', mappings: [mapping] };
const valid = { sources: { shop: source }, destinations: { main: destination } };

function issuesOf(input: unknown): readonly Issue[] {
  try {
    defineConfig(input as ConfigInput);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues;
    throw error;
  }
  return [];
}

const pathsOf = (input: unknown): string[] => issuesOf(input).map(({ path }) => path);

const withSource = (change: object) => ({ ...valid, sources: { shop: { ...source, ...change } } });
const withDestination = (change: object) => ({ ...valid, destinations: { main: { ...destination, ...change } } });
const withMapping = (change: object) => withDestination({ mappings: [{ ...mapping, ...change }] });

const noOrigin = 'must be an origin such as https://shop.example, one of an app such as capacitor://localhost, or null';
const noPattern =
  'must be "*" alone, an origin such as https://shop.example, or https://*.shop.example for all names below it';

describe('defineConfig', () => {
  it('fills the defaults', () => {
    expect(defineConfig(valid)).toEqual({
      sources: { shop: source },
      destinations: {
        main: {
          ...destination,
          graphVersion: 'v26.0',
          integrationNames: [
            'Facebook Conversions API (Actions)',
            'Facebook Conversions API',
            'Facebook Conversions',
            'FACEBOOK_CONVERSIONS',
          ],
          consentCategories: [],
          deliverAfterSeconds: 0,
          strict: false,
          personalData: 'remove',
          mappings: [{ ...mapping, fields: {}, defaults: true, enabled: true, syncMode: 'add' }],
        },
      },
    });
  });

  it.each([
    ['several write keys, while one is rotated', withSource({ writeKeyHashes: [sha256('old'), sha256('new')] })],
    [
      'origins',
      withSource({
        allowedOrigins: [
          ...['https://shop.example', 'http://localhost:8080', 'https://xn--mller-kva.example', '*'],
          ...[
            'capacitor://localhost',
            'ionic://localhost',
            'null',
            'https://*.shop.example',
            'https://*.shop.example:8443',
          ],
        ],
      }),
    ],
    ['names of events and a prefix', withSource({ events: ['Product Viewed'], messageIdPrefix: 'web-' })],
    ['proxies by number', { ...valid, trustedProxies: 1 }],
    ['proxies by provider and range', { ...valid, trustedProxies: ['cloudflare', '192.0.2.0/24', '2001:db8::/32'] }],
    ['no sources', { ...valid, sources: {} }],
    ['an ARN as secret name', withDestination({ accessTokenSecret: 'a/b_c+d=e.f@g-h' })],
    ['one mapping name in two destinations', { ...valid, destinations: { main: destination, other: destination } }],
  ])('takes %s', (_, input) => {
    expect(issuesOf(input)).toEqual([]);
  });

  it.each([
    ['no text as a write key', withSource({ writeKeyHashes: ['key-1'] }), 'sources.shop.writeKeyHashes[0]'],
    [
      'a hash in capitals',
      withSource({ writeKeyHashes: [sha256('a').toUpperCase()] }),
      'sources.shop.writeKeyHashes[0]',
    ],
    ['a source without write keys', withSource({ writeKeyHashes: [] }), 'sources.shop.writeKeyHashes'],
    ['a source without destinations', withSource({ destinations: [] }), 'sources.shop.destinations'],
    ['an origin with a path', withSource({ allowedOrigins: ['https://a.example/'] }), 'sources.shop.allowedOrigins[0]'],
    ['an origin without a scheme', withSource({ allowedOrigins: ['a.example'] }), 'sources.shop.allowedOrigins[0]'],
    ['no names of events', withSource({ events: [] }), 'sources.shop.events'],
    ['a prefix with a blank', withSource({ messageIdPrefix: 'a b' }), 'sources.shop.messageIdPrefix'],
    ['a provider nobody knows', { ...valid, trustedProxies: ['akamai'] }, 'trustedProxies[0]'],
    ['a range that is none', { ...valid, trustedProxies: ['192.0.2.0/99x'] }, 'trustedProxies[0]'],
    ['a misspelt member', withSource({ allowedOrigin: ['*'] }), 'sources.shop'],
    ['a source name with a space', { ...valid, sources: { 'my shop': source } }, 'sources.my shop'],
    ['a dataset id as a number', withDestination({ datasetId: 1234567890123456 }), 'destinations.main.datasetId'],
    ['a dataset id with letters', withDestination({ datasetId: '12a' }), 'destinations.main.datasetId'],
    [
      'a secret name with a space',
      withDestination({ accessTokenSecret: 'a b' }),
      'destinations.main.accessTokenSecret',
    ],
    ['a token instead of a version', withDestination({ graphVersion: '25' }), 'destinations.main.graphVersion'],
    ['a destination without mappings', withDestination({ mappings: [] }), 'destinations.main.mappings'],
    ['a sync mode other than add', withMapping({ syncMode: 'delete' }), 'destinations.main.mappings[0].syncMode'],
    ['a mapping without an action', withMapping({ action: undefined }), 'destinations.main.mappings[0].action'],
    ['an empty mapping name', withMapping({ name: '' }), 'destinations.main.mappings[0].name'],
    ['nothing', {}, 'sources'],
  ])('refuses %s', (_, input, path) => {
    expect(pathsOf(input)[0]).toBe(path);
  });

  it.each([
    ['https://Shop.example', 'https://shop.example'],
    ['HTTPS://shop.example', 'https://shop.example'],
    ['https://b.example:443', 'https://b.example'],
    ['http://b.example:80', 'http://b.example'],
    ['https://müller.example', 'https://xn--mller-kva.example'],
    ['https://b.example/', 'https://b.example'],
    ['https://user@b.example', 'https://b.example'],
    [' https://b.example', 'https://b.example'],
  ])('refuses the origin %s, which no browser sends, and names %s', (written, origin) => {
    expect(issuesOf(withSource({ allowedOrigins: [written] }))).toEqual([
      { path: 'sources.shop.allowedOrigins[0]', message: `must be an origin as browsers write it: ${origin}` },
    ]);
  });

  it.each([
    ['shop.example', noOrigin],
    ['shop.example:443', noOrigin],
    ['ftp://shop.example', noOrigin],
    ['https://', noOrigin],
    ['https://*', noPattern],
    ['https://*.example', noPattern],
    ['https://shop.*', noPattern],
    ['https://*.*.example', noPattern],
    ['https://*.shop.example/', noPattern],
    ['*.shop.example', noPattern],
  ])('refuses the origin %s and says what one is', (written, message) => {
    expect(issuesOf(withSource({ allowedOrigins: [written] }))).toEqual([
      { path: 'sources.shop.allowedOrigins[0]', message },
    ]);
  });

  it.each([
    [
      'a destination that does not exist',
      withSource({ destinations: ['main', 'mian'] }),
      { path: 'sources.shop.destinations[1]', message: 'there is no destination "mian"; known are "main"' },
    ],
    [
      'a destination named like a member of every object',
      withSource({ destinations: ['constructor'] }),
      { path: 'sources.shop.destinations[0]', message: 'there is no destination "constructor"; known are "main"' },
    ],
    [
      'a destination where there are none',
      { ...valid, destinations: {} },
      { path: 'sources.shop.destinations[0]', message: 'there is no destination "main"; known are none' },
    ],
    [
      'a destination listed twice, which would get every event twice',
      withSource({ destinations: ['main', 'main'] }),
      { path: 'sources.shop.destinations[1]', message: '"main" is already listed' },
    ],
    [
      'a write key of two sources',
      { ...valid, sources: { shop: source, app: source } },
      {
        path: 'sources.app.writeKeyHashes[0]',
        message: 'this write key already belongs to the source "shop"; every source needs its own',
      },
    ],
    [
      'two mappings of one name',
      withDestination({ mappings: [mapping, { ...mapping, action: 'search' }] }),
      {
        path: 'destinations.main.mappings[1].name',
        message: '"purchase" is taken by another mapping of this destination',
      },
    ],
    [
      'a mapping to mirror that is not there',
      withDestination({ pixel: { mirror: ['purchase', 'purchases'] } }),
      {
        path: 'destinations.main.pixel.mirror[1]',
        message: 'there is no mapping "purchases"; did you mean "purchase"?',
      },
    ],
    [
      'a member of pixel that nobody reads',
      withDestination({ pixel: { mirror: true, autoconfig: true } }),
      { path: 'destinations.main.pixel', message: 'has no member "autoconfig"; did you mean "autoConfig"?' },
    ],
  ])('refuses %s', (_, input, issue) => {
    expect(issuesOf(input)).toEqual([issue]);
  });

  it('reports every problem of form together', () => {
    const sources = { shop: { writeKeyHashes: ['x', 'y'], destinations: [] } };
    const destinations = { main: { ...destination, datasetId: 'x', mappings: [{ name: 'a' }] } };

    expect(pathsOf({ sources, destinations })).toEqual([
      'sources.shop.writeKeyHashes[0]',
      'sources.shop.writeKeyHashes[1]',
      'sources.shop.destinations',
      'destinations.main.datasetId',
      'destinations.main.mappings[0].action',
    ]);
  });

  it('reports every problem of reference together', () => {
    const sources = { shop: { ...source, destinations: ['a', 'b'] }, app: source };
    const destinations = { main: { ...destination, mappings: [mapping, mapping] } };

    expect(pathsOf({ sources, destinations })).toEqual([
      'sources.shop.destinations[0]',
      'sources.shop.destinations[1]',
      'sources.app.writeKeyHashes[0]',
      'destinations.main.mappings[1].name',
    ]);
  });

  it('says all of it in the message', () => {
    expect(() => defineConfig(withSource({ destinations: ['mian'] }))).toThrow(
      'The configuration is not valid:\n  ✖ sources.shop.destinations[0]: there is no destination "mian"; known are "main"',
    );
  });
});
