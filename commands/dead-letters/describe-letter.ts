import { shownName } from './counts.ts';
import { durationText } from './duration.ts';
import type { Letter } from './letter.ts';
import { safeText } from '../kit/safe-text.ts';
import { textTable } from '../kit/table.ts';
import { holdsPersonalData } from './personal-text.ts';

/** Everything about a letter but its event, for `--json`. */
export function letterFacts({ event: _, firstFailedAt, lastFailedAt, eventName, ...letter }: Letter, now: Date) {
  return {
    ...letter,
    eventName: shownName(eventName),
    firstFailedAt: firstFailedAt.toISOString(),
    lastFailedAt: lastFailedAt.toISOString(),
    ageSeconds: Math.floor((now.getTime() - firstFailedAt.getTime()) / 1_000),
  };
}

/** `shop → main/Purchase`, as far as it is known. */
export function routeText({ source, destination, mapping }: Letter): string {
  const to = [destination, mapping].filter((part) => part !== undefined).join('/');
  return `${source ?? '(none)'}${to === '' ? '' : ` → ${to}`}`;
}

/** One row per letter, its columns aligned. */
export function letterLines(letters: readonly Letter[], now: Date): string[] {
  const rows = letters.map((letter) => [
    durationText(now.getTime() - letter.firstFailedAt.getTime()),
    letter.stage,
    letter.code,
    safeText(routeText(letter), 60),
    safeText(letter.events > 1 ? `${letter.events} events, not kept` : shownName(letter.eventName), 40),
    safeText(shownId(letter), 80),
    safeText(letter.reason),
  ]);
  return textTable(rows);
}

/** The event's own id, by which its sender knows it; where there is none, the message's. */
const shownId = ({ id, messageId }: Letter): string =>
  messageId === undefined || holdsPersonalData(messageId) ? id : messageId;
