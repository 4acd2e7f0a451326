import { signal } from '@preact/signals';
import type { SearchAnswer } from '../../server/wire.ts';
import { ask } from './api.ts';

/** Events of the stream that hold a text anywhere, as the server finds it in what it keeps of them. */
export interface Found {
  readonly text: string;
  readonly seqs: ReadonlySet<number>;
  /** The last event that was looked at. */
  readonly upTo: number;
  /** Of the latest events, those whose content is no longer kept, so that only their names and ids were looked at. */
  readonly unread: number;
}

const nothing: Found = { text: '', seqs: new Set(), upTo: 0, unread: 0 };

export const found = signal<Found>(nothing);
let underWay: string | undefined;

/** Looks for a text in what came since it was looked for last. */
export async function search(text: string, latest: number): Promise<void> {
  const wanted = text.trim();
  if (wanted === '') {
    if (found.peek() !== nothing) found.value = nothing;
    return;
  }
  const before = found.peek().text === wanted ? found.peek() : { ...nothing, text: wanted };
  if (before.upTo >= latest || underWay === wanted) return;
  underWay = wanted;
  try {
    const { seqs, upTo, unread } = await ask<SearchAnswer>(
      `search?${new URLSearchParams({ q: wanted, since: String(before.upTo) })}`,
    );
    if (underWay !== wanted) return;
    const isSame = found.peek().text === wanted && seqs.length === 0;
    found.value = {
      ...{ text: wanted, upTo },
      seqs: isSame ? before.seqs : new Set([...before.seqs, ...seqs]),
      unread: before.upTo === 0 ? unread : before.unread,
    };
  } catch {
    // Without an answer the connection is gone as well; it is looked again with the next events.
  } finally {
    if (underWay === wanted) underWay = undefined;
  }
}
