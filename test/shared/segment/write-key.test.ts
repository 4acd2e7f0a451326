import { describe, expect, it } from 'vitest';
import {
  possibleKeysInAuthorization,
  possibleWriteKeys,
  sourceLookup,
  writeKeyFromBody,
  writeKeyFromHeaders,
  writeKeyFromQuery,
} from '../../../shared/segment/write-key.ts';
import { config, serverKey, sha256, siteKey } from '../../support/factories.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('writeKeyFromHeaders', () => {
  it.each([
    ['the key with a colon', `Basic ${base64('key-1:')}`, 'key-1'],
    ['the key alone', `Basic ${base64('key-1')}`, 'key-1'],
    ['a password, which does not count', `Basic ${base64('key-1:secret')}`, 'key-1'],
    ['the scheme in any case', `bAsIc ${base64('key-1:')}`, 'key-1'],
    ['more spaces', `Basic   ${base64('key-1:')} `, 'key-1'],
    ['base64 without padding', `Basic ${base64('key-1:').replace(/=+$/, '')}`, 'key-1'],
    ['base64url', `Basic ${Buffer.from('key??>>:').toString('base64url')}`, 'key??>>'],
    ['letters beyond ASCII', `Basic ${base64('clé:')}`, 'clé'],
    ['the key with its line end', `Basic ${base64('key-1\n')}`, 'key-1'],
    ['the key with blanks', `Basic ${base64(' key-1\r\n:')}`, 'key-1'],
    ['the key with a zero behind it', `Basic ${base64('key-1\0:')}`, 'key-1'],
    ['the key in quotes', `Basic ${base64('"key-1":')}`, 'key-1'],
    ['a line end behind the header', `Basic ${base64('key-1:')}\n`, 'key-1'],
    ['only a line end', `Basic ${base64('\n')}`, undefined],
    ['an empty user', `Basic ${base64(':secret')}`, undefined],
    ['an OAuth token', 'Bearer eyJhbGciOiJSUzI1NiJ9', undefined],
    ['no credentials', 'Basic ', undefined],
    ['something that is no base64', 'Basic ???', undefined],
    ['an empty header', '', undefined],
    ['no header', undefined, undefined],
  ])('reads %s', (_, header, key) => {
    expect(writeKeyFromHeaders({ authorization: header })).toBe(key);
  });
});

describe("Jitsu's header", () => {
  it.each([
    [{ 'x-write-key': 'key-1' }, 'key-1'],
    [{ 'x-write-key': ' key-1 ' }, 'key-1'],
    [{ 'x-write-key': '' }, undefined],
    [{ 'x-write-key': 'key-1', authorization: `Basic ${base64('key-2:')}` }, 'key-2'],
    [{ 'x-write-key': 'key-1', authorization: 'Bearer token' }, 'key-1'],
  ])('of %j gives %s', (headers, key) => {
    expect(writeKeyFromHeaders(headers)).toBe(key);
  });
});

describe('possibleKeysInAuthorization', () => {
  it.each([
    ['key-1', 'the key alone'],
    ['Bearer key-1', 'a bearer'],
    ['Token key-1:secret', 'a token with a password'],
    [base64('key-1:'), 'base64 without its word'],
    [`Bearer ${base64('key-1:')}`, 'base64 behind another word'],
    ['Basic key-1', 'a key that nobody encoded'],
    [`Basic ${base64(`${base64('key-1:')}:`)}`, 'a key with its colon that was encoded twice'],
    [`Basic ${base64(base64('key-1'))}`, 'a key that was encoded twice'],
    [`Basic ${base64(`${base64('key-1\n')}:`)}`, 'a key that was encoded with its line end, then by a library'],
  ])('finds the key in %s, %s', (authorization) => {
    expect(possibleKeysInAuthorization(authorization)).toContain('key-1');
  });

  it.each([undefined, '', ' ', 'a b c', `Bearer ${'x'.repeat(1_000)}`])('finds none in %j', (authorization) => {
    expect(possibleKeysInAuthorization(authorization)).toEqual([]);
  });
});

describe('writeKeyFromQuery', () => {
  it.each(['writeKey', 'writekey', 'write_key'])('reads %s', (name) => {
    expect(writeKeyFromQuery({ [name]: ' key-1' })).toBe('key-1');
  });

  it('finds none elsewhere', () => {
    expect(writeKeyFromQuery({ key: 'key-1', writeKey: '' })).toBeUndefined();
  });
});

describe('possibleWriteKeys', () => {
  it.each([
    ['{"writeKey":"key-1","batch":[]}', ['key-1']],
    ['{"batch":[{"writeKey" : "key-1"},{"writeKey":"key-1"}],"writeKey":"key-2"}', ['key-1', 'key-2']],
    ['{"writeKey":" key-1\\n"}', ['key-1']],
    ['{"writeKey":"a\\"b"}', ['a"b']],
    ['{"writeKey":5,"a":{"writeKey":null},"b":{"writeKey":""}}', []],
    [`{"writeKey":"${'x'.repeat(500)}"}`, []],
    ['{"writeKey":"cut off', []],
    ['', []],
  ])('finds in %s %j', (text, keys) => {
    expect(possibleWriteKeys(text)).toEqual(keys);
  });

  it('finds no more than eight', () => {
    const text = JSON.stringify(Array.from({ length: 100 }, (_, index) => ({ writeKey: `key-${index}` })));

    expect(possibleWriteKeys(text)).toHaveLength(8);
  });
});

describe('writeKeyFromBody', () => {
  it.each([
    ['an event', { writeKey: 'key-1', type: 'track' }, 'key-1'],
    ['a batch', { writeKey: 'key-1', batch: [{ writeKey: 'key-2' }] }, 'key-1'],
    ['the first event of a batch', { batch: [{ writeKey: 'key-1' }, { writeKey: 'key-2' }] }, 'key-1'],
    ['the first event when the batch has an empty key', { writeKey: '', batch: [{ writeKey: 'key-1' }] }, 'key-1'],
    ['an empty batch', { batch: [] }, undefined],
    ['a batch of no objects', { batch: [null, 'x'] }, undefined],
    ['a key that is no text', { writeKey: 5 }, undefined],
    ['a list', [{ writeKey: 'key-1' }], undefined],
    ['null', null, undefined],
    ['nothing', undefined, undefined],
  ])('reads %s', (_, body, key) => {
    expect(writeKeyFromBody(body)).toBe(key);
  });
});

describe('sourceLookup', () => {
  it.each([
    [serverKey, 'server'],
    [siteKey, 'site'],
    ['another key', undefined],
    ['', undefined],
    [sha256(serverKey), undefined],
  ])('finds the source of "%s"', (key, name) => {
    expect(sourceLookup(config())(key)?.name).toBe(name);
  });

  it('takes the old and the new key while a key is rotated', () => {
    const rotating = { server: { writeKeyHashes: [sha256('old'), sha256('new')], destinations: ['main'] } };
    const find = sourceLookup({ ...config(), sources: rotating });

    expect([find('old')?.name, find('new')?.name]).toEqual(['server', 'server']);
  });

  it('groups the messages of a source only where there is another to be fair to', () => {
    const [name, source] = Object.entries(config().sources)[0] ?? ['', undefined];
    if (source === undefined) throw new Error('the configuration has no source');
    const alone = sourceLookup({ ...config(), sources: { [name]: source } });

    expect(sourceLookup(config())(serverKey)?.groupId).toBe('server');
    expect([serverKey, siteKey].map((key) => alone(key)).find(Boolean)?.groupId).toBeUndefined();
  });
});
