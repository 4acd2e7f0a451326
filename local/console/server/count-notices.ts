import { compareCounts } from '../../../commands/quality/compare-counts.ts';
import type { AskRecord } from '../../../commands/events/open-record.ts';
import { type CountChange, changeText } from '../../../shared/alarms/count-changes.ts';
import type { HealthNotice } from './wire.ts';

/** The counts are of closed hours: they change once an hour. */
const everyMs = 10 * 60_000;
const mostNamed = 3;

/** Compares the record's counts with those of the weeks before, now and then while somebody looks. */
export function countWatch(ask: AskRecord | undefined): (now: number) => readonly CountChange[] {
  let latest: readonly CountChange[] = [];
  let askedAt = 0;
  return (now) => {
    if (ask !== undefined && now - askedAt > everyMs) {
      askedAt = now;
      ask(({ store }) => compareCounts(store, now)).then(
        (changes) => {
          latest = changes;
        },
        // A record that is not there yet has nothing to compare.
        () => {
          latest = [];
        },
      );
    }
    return latest;
  };
}

/** Event names that fell, and those that grew, a line each. @param target options that name the deployment */
export function countNotices(changes: readonly CountChange[], target: string): HealthNotice[] {
  const fell = changes.filter(({ changePercent }) => changePercent < 0);
  const grew = changes.filter(({ changePercent }) => changePercent > 0);
  return [
    noticeOf(
      fell,
      'dead',
      'Does its sender still send? The requests that were refused say what does not come in.',
      target,
    ),
    noticeOf(grew, 'waiting', 'Is it sent twice, or by somebody else? The page Duplicates tells of the Pixel.', target),
  ].filter((notice) => notice !== undefined);
}

function noticeOf(
  changes: readonly CountChange[],
  tone: HealthNotice['tone'],
  fix: string,
  target: string,
): HealthNotice | undefined {
  if (changes.length === 0) return undefined;
  const more = changes.length - mostNamed;
  const named = changes.slice(0, mostNamed).map(changeText).join(', ');
  return {
    ...{ kind: 'counts_changed', tone, fix, link: 'quality', command: `npm run quality -- ${target}` },
    title: `${named}${more > 0 ? ` and ${more} more` : ''}.`,
    detail: 'In the last three closed hours, against the same weekday and hours of the weeks before.',
  };
}
