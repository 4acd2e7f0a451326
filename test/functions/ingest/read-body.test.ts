import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../functions/ingest/read-body.ts';
import { InvalidRequestError } from '../../../shared/errors.ts';

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
  ])('refuses more than 4 MB %s with 413', (_, body, isBase64) => {
    expect(refusal(body, isBase64)).toMatchObject({ status: 413, code: 'request_too_large' });
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
