import { metaLimits } from '../../shared/meta/limits.ts';
import { isObject } from '../../shared/segment/event.ts';
import { parseTime } from '../../shared/segment/timestamps.ts';
import { plural } from '../kit/plural.ts';
import type { Letter } from './letter.ts';

interface Risk {
  readonly code: 'outside_deduplication' | 'outside_age_window';
  readonly applies: (letter: Letter, now: Date) => boolean;
  readonly message: (events: string) => string;
}

const risks: readonly Risk[] = [
  {
    code: 'outside_deduplication',
    applies: ({ firstFailedAt }, now) => now.getTime() - firstFailedAt.getTime() > metaLimits.deduplicationMs,
    message: (events) =>
      `${events} failed first more than 48 hours ago: if Meta got a copy then, from here or from a browser, it counts the event twice.`,
  },
  {
    code: 'outside_age_window',
    applies: ({ event, firstFailedAt }, now) =>
      now.getTime() - (happenedAt(event) ?? firstFailedAt).getTime() > metaLimits.eventAgeMs,
    message: (events) => `${events} happened more than 7 days ago: Meta takes that from physical stores only.`,
  },
];

const happenedAt = (event: unknown): Date | undefined =>
  isObject(event) ? parseTime(event['timestamp'] ?? event['originalTimestamp']) : undefined;

export interface Warning {
  readonly code: Risk['code'];
  readonly events: number;
  readonly message: string;
}

/** Warnings of what Meta makes of letters that are redriven this late. */
export const warningsOf = (letters: readonly Letter[], now: Date): Warning[] =>
  risks.flatMap(({ code, applies, message }) => {
    const events = letters.filter((letter) => applies(letter, now)).length;
    return events === 0 ? [] : [{ code, events, message: message(plural(events, 'event')) }];
  });
