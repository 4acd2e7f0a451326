import { type StandInError, standInErrors } from './stand-in-error.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Left out of an empty list. */
  readonly paging?: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
    readonly previous?: string;
  };
}

const defaultLimit = 25;
const largestLimit = 100;

const cursorOf = (index: number): string => Buffer.from(`item:${index}`).toString('base64url');

function indexOf(cursor: string): number | undefined {
  const [, index] = /^item:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return index === undefined ? undefined : Number(index);
}

/**
 * One page of a list, by `limit`, `after` and `before` of the query. The links never hold a token.
 *
 * @param url of the list, with its query
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function pageOf<Item>(list: readonly Item[], url: URL): Page<Item> | { readonly error: StandInError } {
  const { searchParams: query } = url;
  const limitText = query.get('limit') ?? String(defaultLimit);
  if (!/^[1-9]\d{0,8}$/.test(limitText)) return { error: standInErrors.limitInvalid };
  const limit = Math.min(Number(limitText), largestLimit);
  const [after, before] = [query.get('after'), query.get('before')];
  const [afterIndex, beforeIndex] = [after, before].map((cursor) => (cursor === null ? -1 : indexOf(cursor)));
  if (afterIndex === undefined || beforeIndex === undefined) return { error: standInErrors.cursorInvalid };

  const start = before === null ? afterIndex + 1 : Math.max(0, beforeIndex - limit);
  const end = before === null ? start + limit : beforeIndex;
  const items = list.slice(start, end);
  if (items.length === 0) return { items };
  const cursors = { before: cursorOf(start), after: cursorOf(start + items.length - 1) };
  return {
    items,
    paging: {
      cursors,
      ...(start + items.length < list.length && { next: link(url, limit, 'after', cursors.after) }),
      ...(start > 0 && { previous: link(url, limit, 'before', cursors.before) }),
    },
  };
}

function link(url: URL, limit: number, direction: 'after' | 'before', cursor: string): string {
  const linked = new URL(url);
  for (const name of ['access_token', 'appsecret_proof', 'after', 'before']) linked.searchParams.delete(name);
  linked.searchParams.set('limit', String(limit));
  linked.searchParams.set(direction, cursor);
  return linked.href;
}
