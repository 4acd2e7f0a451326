import { limits } from './limits.ts';
import { invalidParameter, within } from './sqs-error.ts';

/**
 * One page of a list. As SQS does, a list without `MaxResults` is cut at its limit and has no next page.
 *
 * @param token `NextToken` of the page before
 */
export function page<T>(
  items: readonly T[],
  maxResults: number | undefined,
  token: string | undefined,
): { items: readonly T[]; nextToken?: string } {
  const size = within('MaxResults', maxResults ?? limits.queuesListed, 1, limits.queuesListed);
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(start) || start < 0) throw invalidParameter('NextToken', 'it is none of this list');
  const end = start + size;
  const more = maxResults !== undefined && end < items.length;
  return { items: items.slice(start, end), ...(more && { nextToken: String(end) }) };
}
