import { gunzipSync } from 'node:zlib';
import { InvalidRequestError } from '../../shared/errors.ts';
import { segmentLimits } from '../../shared/segment/limits.ts';

/**
 * The text of a request's body. RudderStack's library sends gzip under a form's content type, so the gateway's base64,
 * the header and the first bytes all count; the content type does not.
 *
 * @throws InvalidRequestError when it is over the limit, plain or inflated, or is not what its encoding says
 */
export function readBody(body: string | undefined, isBase64: boolean, contentEncoding: string | undefined): string {
  if (body === undefined) return '';
  const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8');
  if (bytes.length > segmentLimits.bodyBytes) throw tooLarge();
  if (isGzip(bytes)) return decode(inflate(bytes));
  const encoding = contentEncoding?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return decode(bytes);
  throw unreadable(
    encoding === 'gzip'
      ? 'The body is not gzip, though its Content-Encoding says so.'
      : 'The Content-Encoding is not supported.',
    'Send the body plain, or compressed with gzip.',
  );
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function inflate(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: segmentLimits.bodyBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw unreadable('The gzip body is damaged.', 'Check for a body that was cut off or changed on its way.');
  }
}

// Removes a byte order mark, on which JSON.parse would stumble.
const utf8 = new TextDecoder();
const decode = (bytes: Buffer): string => utf8.decode(bytes);

const tooLarge = (): InvalidRequestError =>
  new InvalidRequestError(
    413,
    'request_too_large',
    `The body is larger than ${segmentLimits.bodyBytes} bytes (500 KB).`,
    'Send fewer events in a request.',
  );

const unreadable = (message: string, fix: string): InvalidRequestError =>
  new InvalidRequestError(400, 'request_invalid', message, fix);
