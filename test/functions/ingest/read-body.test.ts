import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import { InvalidRequestError } from '../../../shared/errors.ts';

const limitBytes = 512_000;

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');

function refusal(...request: Parameters<typeof readBody>): Pick<InvalidRequestError, 'status' | 'code' | 'message'> {
  try {
    readBody(...request);
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('readBody', () => {
  const text = '{"event":"Größe 🛒"}';

  it.each([
    ['plain text', text, false, undefined],
    ['base64', base64(text), true, undefined],
    ['an encoding of identity', text, false, 'identity'],
    ['an empty encoding', text, false, ''],
    ['gzip', base64(gzipSync(text)), true, 'gzip'],
    ['gzip in capitals', base64(gzipSync(text)), true, ' GZIP '],
    ['gzip that no header tells of', base64(gzipSync(text)), true, undefined],
    ['gzip under another name', base64(gzipSync(text)), true, 'x-gzip'],
    ['gzip in two members', base64(Buffer.concat([gzipSync('{"event":"Größe'), gzipSync(' 🛒"}')])), true, 'gzip'],
    ['a byte order mark', `\uFEFF${text}`, false, undefined],
    ['a byte order mark inside gzip', base64(gzipSync(`\uFEFF${text}`)), true, 'gzip'],
  ])('reads %s', (_, body, isBase64, encoding) => {
    expect(readBody(body, isBase64, encoding)).toBe(text);
  });

  it('reads no body as empty text', () => {
    expect([readBody(undefined, false, undefined), readBody('', false, undefined)]).toEqual(['', '']);
  });

  it('reads bytes that are no UTF-8 as replacement characters', () => {
    expect(readBody(base64(Buffer.from([0x22, 0xff, 0x22])), true, undefined)).toBe('"\uFFFD"');
  });

  it.each([
    ['plain', 'x'.repeat(limitBytes), false, undefined],
    ['in base64', base64('x'.repeat(limitBytes)), true, undefined],
    ['inflated', base64(gzipSync('x'.repeat(limitBytes))), true, 'gzip'],
  ])('takes 500 KB %s', (_, body, isBase64, encoding) => {
    expect(readBody(body, isBase64, encoding)).toHaveLength(limitBytes);
  });

  it.each([
    ['plain', 'x'.repeat(limitBytes + 1), false, undefined],
    ['in bytes though not in characters', 'ß'.repeat(limitBytes / 2 + 1), false, undefined],
    ['in base64', base64('x'.repeat(limitBytes + 1)), true, undefined],
    ['inflated', base64(gzipSync('x'.repeat(limitBytes + 1))), true, 'gzip'],
    ['inflated, by a bomb', base64(gzipSync(Buffer.alloc(64 * 1024 * 1024))), true, undefined],
  ])('refuses more than 500 KB %s with 413', (_, body, isBase64, encoding) => {
    expect(refusal(body, isBase64, encoding)).toMatchObject({ status: 413, code: 'request_too_large' });
  });

  const packed = gzipSync(text);
  const changed = Buffer.from(packed);
  changed.writeUInt32LE(0, changed.length - 8);

  it.each([
    ['gzip that is cut off', packed.subarray(0, packed.length - 5), 'gzip'],
    ['gzip with a wrong checksum', changed, 'gzip'],
    ['two bytes of gzip', packed.subarray(0, 2), undefined],
    ['plain text that calls itself gzip', Buffer.from(text), 'gzip'],
    ['deflate', deflateSync(text), 'deflate'],
    ['Brotli', Buffer.from(text), 'br'],
  ])('refuses %s with 400', (_, bytes, encoding) => {
    expect(refusal(base64(bytes), true, encoding)).toMatchObject({ status: 400, code: 'request_invalid' });
  });
});
