import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import { InvalidRequestError } from '../../../shared/segment/invalid-request-error.ts';

const limitBytes = 4 * 1024 * 1024;

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
    ['plain text', text, false],
    ['base64', base64(text), true],
    ['gzip', base64(gzipSync(text)), true],
    ['gzip in two members', base64(Buffer.concat([gzipSync('{"event":"Größe'), gzipSync(' 🛒"}')])), true],
    ['zlib, which HTTP calls deflate', base64(deflateSync(text)), true],
    ['a byte order mark', `\uFEFF${text}`, false],
    ['a byte order mark inside gzip', base64(gzipSync(`\uFEFF${text}`)), true],
  ])('reads %s', (_, body, isBase64) => {
    expect(readBody(body, isBase64)).toBe(text);
  });

  it.each([
    ['gzip in gzip', gzipSync(gzipSync(text)), ''],
    ['Zstandard', zstdCompressSync(text), ''],
    ['Brotli that says so', brotliCompressSync(text), 'br'],
    ['deflate without a mark that says so', deflateRawSync(text), 'gzip, deflate'],
    ['gzip under the name of Brotli', gzipSync(text), 'br'],
    ['plain text under the name of Brotli', Buffer.from(text), 'br'],
    ['plain text behind blanks under the name of deflate', Buffer.from(`\n ${text}`), 'deflate'],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), ''],
    ['UTF-16 without one', Buffer.from(text, 'utf16le'), ''],
    ['UTF-16 the other way round', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), ''],
  ])('reads %s', (_, bytes, encoding) => {
    expect(readBody(base64(bytes), true, encoding).trim()).toBe(text);
  });

  it('reads Brotli whatever its first byte is', () => {
    for (const quality of [0, 1, 5, 11]) {
      for (const window of [10, 16, 22, 24]) {
        const whole = JSON.stringify({
          batch: Array.from({ length: window }, (__, index) => ({ id: index * quality })),
        });
        const packed = brotliCompressSync(whole, {
          params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window },
        });

        expect(readBody(base64(packed), true, 'br')).toBe(whole);
      }
    }
  });

  it('reads no body as empty text', () => {
    expect([readBody(undefined, false), readBody('', false)]).toEqual(['', '']);
  });

  it('reads bytes that are no UTF-8 as replacement characters', () => {
    expect(readBody(base64(Buffer.from([0x22, 0xff, 0x22])), true)).toBe('"\uFFFD"');
  });

  it.each([
    ['plain', 'x'.repeat(limitBytes), false],
    ['in base64', base64('x'.repeat(limitBytes)), true],
    ['inflated', base64(gzipSync('x'.repeat(limitBytes))), true],
  ])('takes 4 MB %s', (_, body, isBase64) => {
    expect(readBody(body, isBase64)).toHaveLength(limitBytes);
  });

  it.each([
    ['plain', 'x'.repeat(limitBytes + 1), false],
    ['in bytes though not in characters', 'ß'.repeat(limitBytes / 2 + 1), false],
    ['in base64', base64('x'.repeat(limitBytes + 1)), true],
    ['inflated', base64(gzipSync('x'.repeat(limitBytes + 1))), true],
    ['inflated, by a bomb', base64(gzipSync(Buffer.alloc(64 * 1024 * 1024))), true],
    ['inflated, by a bomb in a bomb', base64(gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024)))), true],
    ['inflated by Brotli', base64(brotliCompressSync(Buffer.alloc(64 * 1024 * 1024))), true, 'br'],
  ])('refuses more than 4 MB %s with 413', (_, body, isBase64, encoding = '') => {
    expect(refusal(body, isBase64, encoding)).toMatchObject({ status: 413, code: 'request_too_large' });
  });

  const packed = gzipSync(text);
  const changed = Buffer.from(packed);
  changed.writeUInt32LE(0, changed.length - 8);

  it.each([
    ['gzip that is cut off', packed.subarray(0, packed.length - 5)],
    ['gzip with a wrong checksum', changed],
    ['two bytes of gzip', packed.subarray(0, 2)],
    ['zlib that is cut off', deflateSync(text).subarray(0, 8)],
  ])('refuses %s with 400', (_, bytes) => {
    expect(refusal(base64(bytes), true)).toMatchObject({ status: 400, code: 'request_invalid' });
  });
});
