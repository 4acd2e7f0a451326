import type { LocalRoute } from '../../emulators/http-api/http-api.ts';
import type { DeadLetterService } from './dead-letter-service.ts';
import { detailsOfLetters, type DetailsSource } from './event-details.ts';
import { type EventHistory, rowsOf, type TimeRange } from './event-history.ts';
import { numberOf, paramsOf } from './request-params.ts';
import { sendJson, sendProblem } from './respond.ts';
import { detailsOfTimeline } from './timeline-details.ts';
import type { EventDetails, HistoryAnswer } from './wire.ts';

const hourMs = 3_600_000;
const mostRows = 500;
/** As long as the record is usually kept. */
const longestMs = 90 * 24 * hourMs;

/** Events of the past: those that a text names, or all with an outcome, within a time range. */
export const historyRoute =
  (history: EventHistory | undefined): LocalRoute =>
  async (request, response) => {
    if (history === undefined) return sendProblem(response, 404, 'Nothing is recorded here.');
    const asked = paramsOf(request);
    const to = numberOf(asked.get('to')) ?? Date.now();
    const from = numberOf(asked.get('from')) ?? to - 24 * hourMs;
    const text = asked.get('q')?.trim() ?? '';
    const member = (name: string): string | undefined => asked.get(name) || undefined;
    const filter = {
      ...{ outcome: member('outcome'), reason: member('reason'), source: member('source') },
      ...{ destination: member('destination'), event: member('event') },
    };
    try {
      const rows =
        text === ''
          ? await history.list(filter, { from, to }, mostRows)
          : (await history.find(text, { from, to }))
              .flatMap(rowsOf)
              .filter((row) =>
                Object.entries(filter).every(
                  ([name, wanted]) => wanted === undefined || row[name as keyof typeof row] === wanted,
                ),
              );
      const answer: HistoryAnswer = { rows: rows.slice(0, mostRows), limitReached: rows.length >= mostRows, from, to };
      sendJson(response, answer);
    } catch (error) {
      sendProblem(response, 502, error instanceof Error ? error.message : 'The record could not be read.');
    }
  };

export interface PastEvent {
  readonly id: string;
  /** When it came, as far as its address says. */
  readonly at: number | undefined;
  readonly deadLetters: Pick<DeadLetterService, 'lettersOf'>;
  readonly history: EventHistory | undefined;
  readonly source: DetailsSource;
  readonly now: Date;
}

/** An event that is not among the latest: as the dead letter queue has it, else as the record tells it. */
export async function pastEvent({
  id,
  at,
  deadLetters,
  history,
  source,
  now,
}: PastEvent): Promise<EventDetails | undefined> {
  const known = detailsOfLetters(await deadLetters.lettersOf(id), source, now);
  if (known !== undefined || history === undefined) return known;
  // What happened around the time that the address names, and whatever came after it.
  const range: TimeRange = { from: (at ?? now.getTime() - longestMs) - hourMs, to: now.getTime() + hourMs };
  const timeline = await history.timeline(id, range);
  return timeline && detailsOfTimeline(timeline, source, now);
}
