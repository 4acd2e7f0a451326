import { Receipt } from '../../shared/record/receipt.ts';
import { storiesOf, type Story } from '../../shared/record/story.ts';
import { receiptsOfEvents, type Wanted } from './record-queries.ts';
import type { RecordStore, Row, Span } from './record-store.ts';

/** Ids that are asked for in one question. */
const mostIds = 5_000;

/** Receipts of rows; a row that is none is left out. */
export const receiptsIn = (rows: readonly Row[]): Receipt[] => rows.flatMap((row) => Receipt.safeParse(row).data ?? []);

/** Stories of the events that are wanted, the newest first. */
export async function readStories(store: RecordStore, span: Span, wanted: Wanted): Promise<Story[]> {
  return storiesOf(receiptsIn(await store.query(receiptsOfEvents(store.dialect, span, wanted))));
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
