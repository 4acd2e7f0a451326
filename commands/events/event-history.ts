import type { EventHistory } from '../../local/console/server/event-history.ts';
import type { HistoryRow } from '../../local/console/server/wire.ts';
import type { AskRecord } from './open-record.ts';
import { readTimelines } from './read-timelines.ts';
import { standings } from './record-queries.ts';
import type { Row } from './record-store.ts';
import { bothForms, wantedBy } from './selectors.ts';

/** The record as the console asks it: one text is whatever kind of id it may be. */
export function eventHistory(ask: AskRecord): EventHistory {
  return {
    find: (text, span) =>
      ask(async ({ store, digest }) => {
        const any = { userId: [text], anonymousId: [text], email: [text], phone: [text], orderId: [text] };
        const wanted = wantedBy({ ...any, eventId: [text] }, [text], digest);
        const timelines = await readTimelines(store, span, wanted);
        // Only who knows an id that is kept as a digest can say it.
        return timelines.map((timeline) =>
          wanted.ids.includes(timeline.messageId) ? { ...timeline, messageId: text } : timeline,
        );
      }),
    timeline: (id, span) =>
      ask(async ({ store, digest }) => {
        const ids = bothForms(id, digest);
        const timelines = await readTimelines(store, span, { ids, eventIds: [id], persons: [] }, true);
        const own = timelines.find(({ messageId }) => ids.includes(messageId));
        // Only who knows an id that is kept as a digest can say it.
        return own ? { ...own, messageId: id } : timelines[0];
      }),
    list: ({ outcome, reason, source, destination, event }, span, limit) =>
      ask(async ({ store }) => {
        const listed = (one: string | undefined): readonly string[] => (one === undefined ? [] : [one]);
        const filter = {
          ...{ outcomes: listed(outcome), reasons: listed(reason), sources: listed(source), events: listed(event) },
          destinations: listed(destination),
        };
        return (await store.query(standings(store.dialect, span, filter, limit))).map(rowOf);
      }),
  };
}

/** Steps after which an event waits. */
const waiting: ReadonlySet<unknown> = new Set(['attempt', 'redriven', 'replayed']);

function rowOf({ id, k, s, e, d, m, r, t }: Row): HistoryRow {
  const part = (name: string, value: string | number | undefined) =>
    value === undefined ? {} : { [name]: String(value) };
  return {
    ...{ messageId: String(id), source: String(s ?? ''), event: String(e ?? ''), at: Number(t) },
    outcome: waiting.has(k) ? 'waiting' : (k as HistoryRow['outcome']),
    ...part('destination', d),
    ...part('mapping', m),
    ...part('reason', r),
  };
}
