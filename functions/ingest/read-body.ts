import { gunzipSync, inflateSync } from 'node:zlib';
import { InvalidRequestError } from '../../shared/errors.ts';
import { fill } from '../../shared/reasons/reason.ts';
import { requestErrors } from '../../shared/reasons/request-errors.ts';
import { segmentLimits } from '../../shared/segment/limits.ts';

/**
 * The text of a request's body. Its bytes decide, not its headers: RudderStack's library sends gzip under a form's content type,
 * proxies inflate a body and leave its `Content-Encoding`, or the other way round. What begins like gzip or zlib is inflated,
 * anything else is text; no JSON begins so.
 *
 * @throws InvalidRequestError when it is over the limit, plain or inflated, or damaged
 */
export function readBody(body: string | undefined, isBase64: boolean): string {
  if (body === undefined) return '';
  const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8');
  if (bytes.length > segmentLimits.bodyBytes) throw tooLarge();
  if (isGzip(bytes)) return decode(inflate(bytes, gunzipSync));
  if (isZlib(bytes)) return decode(inflate(bytes, inflateSync));
  return decode(bytes);
}

const isGzip = ([first, second]: Buffer): boolean => first === 0x1f && second === 0x8b;

/** The first two bytes together are a multiple of 31. @see https://www.rfc-editor.org/rfc/rfc1950#section-2.2 */
const isZlib = ([first = 0, second = 0]: Buffer): boolean => first === 0x78 && ((first << 8) | second) % 31 === 0;

/** Stops as soon as more comes out than a body may hold. */
function inflate(bytes: Buffer, inflated: typeof gunzipSync): Buffer {
  try {
    return inflated(bytes, { maxOutputLength: segmentLimits.bodyBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new InvalidRequestError('request_invalid', requestErrors.request_invalid.cases.damaged);
  }
}

// Removes a byte order mark, on which JSON.parse would stumble.
const utf8 = new TextDecoder();
const decode = (bytes: Buffer): string => utf8.decode(bytes);

function tooLarge(): InvalidRequestError {
  const { message, fix } = requestErrors.request_too_large;
  return new InvalidRequestError('request_too_large', {
    message: fill(message, { bytes: segmentLimits.bodyBytes }),
    fix,
  });
}
