import { createHash } from 'node:crypto';
import { Config } from '../../shared/config/config.ts';
import type { JsonObject } from '../../shared/segment/event.ts';

/** The clock of every test that gives no other. */
export const now = new Date('2026-03-10T12:00:00.000Z');

/** Key of the source `server`. */
export const serverKey = 'server-write-key';
/** Key of the source `site`, whose pages are at `siteOrigin`. */
export const siteKey = 'site-write-key';
export const siteOrigin = 'https://shop.example';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Call = Record<string, unknown>;

function call(type: string, members: JsonObject, overrides: JsonObject): Call {
  const usual = { type, messageId: `${type}-1`, userId: 'user-1', timestamp: '2026-03-10T11:59:00.000Z' };
  const all = Object.entries({ ...usual, ...members, ...overrides });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** A valid track call; an override of `undefined` takes a member away. */
export const track = (event: string, properties: JsonObject = {}, overrides: JsonObject = {}): Call =>
  call('track', { event, properties }, overrides);

export const identify = (traits: JsonObject = {}, overrides: JsonObject = {}): Call =>
  call('identify', { traits }, overrides);

export const page = (name: string, properties: JsonObject = {}, overrides: JsonObject = {}): Call =>
  call('page', { name, properties }, overrides);

export const group = (groupId: string, overrides: JsonObject = {}): Call => call('group', { groupId }, overrides);

export const alias = (previousId: string, overrides: JsonObject = {}): Call => call('alias', { previousId }, overrides);

/** A source for servers and one for a site's pages, both delivering to `main`. */
export const config = (): Config =>
  Config.parse({
    sources: {
      server: { writeKeyHashes: [sha256(serverKey)], destinations: ['main'] },
      site: { writeKeyHashes: [sha256(siteKey)], destinations: ['main'], allowedOrigins: [siteOrigin] },
    },
    destinations: {
      main: {
        datasetId: '1234567890123456',
        accessTokenSecret: 'conversions/test/main',
        mappings: [{ name: 'purchase', action: 'purchase', fields: { action_source: 'website' } }],
      },
    },
  });

/** A directive that gives a value for every event: as the plain value it could be refused when the configuration is read. */
export const inEvent = (value: unknown): JsonObject => ({
  '@transform': { apply: { value, type: { '@path': '$.type' } }, mapping: { '@path': '$.value' } },
});
