import { Receipt } from '../../shared/record/receipt.ts';
import { storiesOf, type Story } from '../../shared/record/story.ts';
import { receiptsOfEvents, type Wanted } from './record-queries.ts';
import type { RecordStore, Row, Span } from './record-store.ts';

/** Ids that are asked for in one question. */
const mostIds = 5_000;

/** Receipts of rows; a row that is none is left out. */
export const receiptsIn = (rows: readonly Row[]): Receipt[] => rows.flatMap((row) => Receipt.safeParse(row).data ?? []);

/** Stories of the events that are wanted, the newest first. @param withEvents their Segment events too, where the record keeps them */
export async function readStories(
  store: RecordStore,
  span: Span,
  wanted: Wanted,
  withEvents = false,
): Promise<Story[]> {
  if (store.holding === undefined) return storiesIn(store, span, wanted, withEvents);
  const { ids, eventIds, persons } = wanted;
  if (eventIds.length + persons.length === 0) {
    return ids.length > fewIds
      ? storiesIn(store, span, wanted, withEvents)
      : storiesIn(await store.holding(span, ids), span, wanted, withEvents);
  }
  // Only some receipts of an event name its person: first who it was, then all of these events.
  const found = await storiesIn(await store.holding(span, [...ids, ...eventIds, ...persons]), span, wanted);
  const all = found.map(({ messageId }) => messageId);
  return all.length === 0 ? [] : readStories(store, span, { ids: all, eventIds: [], persons: [] }, withEvents);
}

/** Of more, every file holds one. */
const fewIds = 100;

async function storiesIn(
  { dialect, query }: Pick<RecordStore, 'dialect' | 'query'>,
  span: Span,
  wanted: Wanted,
  withEvents = false,
): Promise<Story[]> {
  return storiesOf(receiptsIn(await query(receiptsOfEvents(dialect, span, wanted, withEvents))));
}

/** The same by ids as the record keeps them, however many. */
export async function readStoriesOf(store: RecordStore, span: Span, ids: readonly string[]): Promise<Story[]> {
  const stories: Story[] = [];
  for (let start = 0; start < ids.length; start += mostIds) {
    const wanted = { ids: ids.slice(start, start + mostIds), eventIds: [], persons: [] };
    stories.push(...(await readStories(store, span, wanted)));
  }
  return stories;
}
