import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { InvalidRequestError } from '../../shared/segment/invalid-request-error.ts';
import { fill } from '../../shared/reasons/reason.ts';
import { requestErrors } from '../../shared/reasons/request-errors.ts';
import { segmentLimits } from '../../shared/segment/limits.ts';

/**
 * The text of a request's body. Its bytes decide, not its headers: RudderStack's library sends gzip under a form's content type,
 * proxies inflate a body and leave its `Content-Encoding`, or the other way round. What begins like gzip, zlib or Zstandard is
 * inflated, twice where it was packed twice; no JSON begins so. Only Brotli and bare deflate have no mark: they are what their
 * header says, where the bytes do not begin as JSON does.
 *
 * @param encoding the request's `Content-Encoding`
 * @throws InvalidRequestError when it is over the limit, plain or inflated, or damaged
 */
export function readBody(body: string | undefined, isBase64: boolean, encoding = ''): string {
  if (body === undefined) return '';
  const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8');
  if (bytes.length > segmentLimits.bodyBytes) throw tooLarge();
  return decode(plainBytes(bytes, encoding));
}

function plainBytes(bytes: Buffer, encoding: string): Buffer {
  const unpack = unpackerOf(bytes) ?? unmarkedUnpacker(bytes, encoding);
  if (unpack === undefined) return bytes;
  const once = inflate(bytes, unpack);
  const again = unpackerOf(once);
  return again === undefined ? once : inflate(once, again);
}

type Unpack = typeof gunzipSync | typeof brotliDecompressSync | typeof zstdDecompressSync;

function unpackerOf(bytes: Buffer): Unpack | undefined {
  const [first = 0, second = 0, third, fourth] = bytes;
  if (first === 0x1f && second === 0x8b) return gunzipSync;
  // The first two bytes together are a multiple of 31. @see https://www.rfc-editor.org/rfc/rfc1950#section-2.2
  if (first === 0x78 && ((first << 8) | second) % 31 === 0) return inflateSync;
  // @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1
  return first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd ? zstdDecompressSync : undefined;
}

function unmarkedUnpacker(bytes: Buffer, encoding: string): Unpack | undefined {
  const isBrotli = /\bbr\b/i.test(encoding);
  if ((!isBrotli && !/\bdeflate\b/i.test(encoding)) || isText(bytes)) return undefined;
  return isBrotli ? brotliDecompressSync : inflateRawSync;
}

/** Bytes with which JSON, and a byte order mark, may begin. */
const textStarts: ReadonlySet<number | undefined> = new Set([...Buffer.from('{[" \t\r\n'), 0xef, 0xfe, 0xff]);
const control = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20);

/** Packed bytes may begin as JSON does, but not for long. */
const isText = (bytes: Buffer): boolean => textStarts.has(bytes[0]) && !bytes.subarray(0, 100).some(control);

/** Stops as soon as more comes out than a body may hold. */
function inflate(bytes: Buffer, unpack: Unpack): Buffer {
  try {
    return unpack(bytes, { maxOutputLength: segmentLimits.bodyBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new InvalidRequestError('request_invalid', requestErrors.request_invalid.cases.damaged);
  }
}

// They remove a byte order mark, on which JSON.parse would stumble.
const utf8 = new TextDecoder();
const utf16 = { le: new TextDecoder('utf-16le'), be: new TextDecoder('utf-16be') } as const;

/** JSON begins with characters of ASCII, so that zeros between them tell UTF-16 without a mark. */
function decode(bytes: Buffer): string {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return utf16.le.decode(bytes);
  if (first === 0xfe && second === 0xff) return utf16.be.decode(bytes);
  const isWide = second === 0 && fourth === 0 && first !== 0 && third !== 0;
  return (isWide ? utf16.le : utf8).decode(bytes);
}

function tooLarge(): InvalidRequestError {
  const { message, fix } = requestErrors.request_too_large;
  return new InvalidRequestError('request_too_large', {
    message: fill(message, { bytes: segmentLimits.bodyBytes }),
    fix,
  });
}
