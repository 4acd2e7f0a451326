import { graphVersionDaysLeft } from '../../../shared/meta/graph/graph-versions.ts';
import { reasonOf } from '../../../shared/reasons/reasons.ts';
import type { Config } from '../../../shared/config/config.ts';
import type { BatchLine } from '../../runtime/batch-line.ts';
import type { RefusalLine } from '../../runtime/refusal-line.ts';
import type { HealthNotice } from './wire.ts';

/** How long after they happened refused and throttled requests are still told. */
const shownMs = { refused: 10 * 60_000, throttled: 60_000, missed: 10 * 60_000, warned: 24 * 3_600_000 } as const;
const versionWarningDays = 90;
const shownReasons = 3;

interface Held {
  readonly since: number;
  isTokenRefused: boolean;
}

interface Refused {
  readonly at: number;
  readonly code: string;
  readonly reason: string;
  readonly fix: string;
  readonly source: string;
  readonly requests: number;
}

/** Events that wait at a destination, by their reason. */
export type Waiting = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface HealthSurroundings {
  readonly config: Config;
  readonly waiting: Waiting;
  /** Options of a command that name the deployment, such as `--env local --port 3001`. */
  readonly target: string;
  /** Events that are nowhere, though nothing is on its way. */
  readonly missing: number;
}

/** Puts together what is wrong with the pipeline right now, from what the functions report. */
export class Health {
  readonly #held = new Map<string, Held>();
  readonly #refused: Refused[] = [];
  readonly #warnings = new Map<string, { readonly at: number; readonly text: string }>();
  #throttled: { at: number; requests: number } | undefined;
  #missed: { at: number; receipts: number } | undefined;

  report({ at, holds = [], held = [], mended = [], tokensRefused = [], ...more }: BatchLine): void {
    const now = at.getTime();
    for (const destination of held) {
      const sinceSeconds = holds.find((hold) => hold.destination === destination)?.sinceSeconds ?? 0;
      const since = now - sinceSeconds * 1_000;
      const before = this.#held.get(destination);
      this.#held.set(destination, {
        since: before === undefined ? since : Math.min(before.since, since),
        isTokenRefused: tokensRefused.includes(destination) || before?.isTokenRefused === true,
      });
    }
    for (const { destination } of mended) if (!held.includes(destination)) this.#held.delete(destination);
    const { requestsThrottled = 0, ReceiptsMissed = 0, answers } = more;
    if (requestsThrottled > 0) {
      const before = this.#throttled;
      const isRecent = before !== undefined && now - before.at < shownMs.throttled;
      this.#throttled = { at: now, requests: requestsThrottled + (isRecent ? before.requests : 0) };
    }
    if (ReceiptsMissed > 0) this.#missed = { at: now, receipts: ReceiptsMissed + (this.#missed?.receipts ?? 0) };
    for (const [version, text] of Object.entries(answers?.versionWarningTexts ?? {})) {
      this.#warnings.set(version, { at: now, text });
    }
  }

  refused({ code, reason, fix, source = '', requests }: RefusalLine, now: number): void {
    this.#refused.push({ at: now, ...{ code, reason, fix, source, requests } });
    if (this.#refused.length > 1_000) this.#refused.shift();
  }

  /** The gravest first. */
  notices({ config, waiting, target, missing }: HealthSurroundings, now: number): readonly HealthNotice[] {
    return [
      ...this.#holds(waiting, target, config),
      ...gap(missing),
      ...this.#atTheDoor(now),
      ...this.#throttling(now),
      ...this.#versions(config, now),
      ...this.#record(now),
    ];
  }

  #holds(waiting: Waiting, target: string, config: Config): HealthNotice[] {
    return [...this.#held].flatMap(([destination, { since, isTokenRefused }]) => {
      const reasons = [...(waiting.get(destination) ?? [])].toSorted(([, a], [, b]) => b - a);
      const events = reasons.reduce((sum, [, count]) => sum + count, 0);
      // What waited was purged, or went out before the report of it came.
      if (events === 0) {
        this.#held.delete(destination);
        return [];
      }
      const [code = ''] = reasons[0] ?? [];
      const reason = reasonOf(code);
      const command = commandOf(code, isTokenRefused, `${target} --destination ${destination}`, target);
      return [
        {
          kind: isTokenRefused ? 'token_refused' : 'held',
          tone: 'dead',
          title: isTokenRefused
            ? `Meta refuses the token of ${destination}: nothing is delivered to it.`
            : `Nothing is delivered to ${destination}: ${lower(reason?.message ?? code)}`,
          detail: `${countOf(events, 'event')} ${events === 1 ? 'waits' : 'wait'} (${code}). None is lost: ${events === 1 ? 'it goes' : 'they go'} out by ${events === 1 ? 'itself' : 'themselves'} once it is mended.${
            config.destinations[destination] === undefined ? ' The configuration no longer has the destination.' : ''
          }`,
          fix: plain(reason?.fix ?? ''),
          ...{ destination, since, events, code },
          ...(command !== undefined && { command }),
        } as const,
      ];
    });
  }

  #atTheDoor(now: number): HealthNotice[] {
    const recent = this.#refused.filter(({ at }) => now - at < shownMs.refused);
    if (recent.length === 0) return [];
    const groups = [...Map.groupBy(recent, ({ code }) => code).values()]
      .map((group) => ({ last: group.at(-1) as Refused, requests: group.reduce((sum, one) => sum + one.requests, 0) }))
      .toSorted((a, b) => b.last.at - a.last.at);
    const requests = groups.reduce((sum, group) => sum + group.requests, 0);
    const [latest] = groups;
    return [
      {
        kind: 'requests_refused',
        tone: 'waiting',
        title: `${countOf(requests, 'request')} refused at the door in the last ten minutes: ${groups
          .slice(0, shownReasons)
          .map(({ last: { code }, requests: number }) => `${code} ${number}`)
          .join(', ')}.`,
        detail: `Last: ${latest?.last.reason ?? ''}${latest?.last.source ? ` (from ${latest.last.source})` : ''} Its events are with the sender only.`,
        fix: plain(latest?.last.fix ?? ''),
        since: Math.min(...recent.map(({ at }) => at)),
        code: latest?.last.code ?? '',
        link: `stream?q=${encodeURIComponent(latest?.last.code ?? '')}`,
      },
    ];
  }

  #throttling(now: number): HealthNotice[] {
    const last = this.#throttled;
    if (last === undefined || now - last.at > shownMs.throttled) return [];
    return [
      {
        kind: 'throttled',
        tone: 'waiting',
        title: `Meta throttles: ${countOf(last.requests, 'request')} answered with a rate limit.`,
        detail: 'Their events wait and go out more slowly by themselves.',
        fix: 'Nothing, unless it stays: then ask Meta for a higher limit, or send less.',
        since: last.at,
      },
    ];
  }

  #versions({ destinations }: Config, now: number): HealthNotice[] {
    const ending = Object.entries(destinations).flatMap(([name, { graphVersion }]) => {
      const days = graphVersionDaysLeft(graphVersion, new Date(now));
      return days === undefined || days > versionWarningDays ? [] : [{ name, graphVersion, days }];
    });
    const notices = ending.map(
      ({ name, graphVersion, days }): HealthNotice => ({
        kind: 'version_warned',
        tone: 'waiting',
        title:
          days > 0
            ? `Graph API ${graphVersion} of ${name} can end in ${countOf(days, 'day')}.`
            : `Graph API ${graphVersion} of ${name} has ended: Meta answers in the oldest version that is left.`,
        detail: this.#warnings.get(graphVersion)?.text ?? '',
        fix: 'Set graphVersion of the destination to a newer version.',
      }),
    );
    const others = [...this.#warnings].filter(
      ([version, { at }]) => now - at < shownMs.warned && !ending.some(({ graphVersion }) => graphVersion === version),
    );
    return [
      ...notices,
      ...others.map(
        ([version, { text, at }]): HealthNotice => ({
          kind: 'version_warned',
          tone: 'waiting',
          title: `Meta warns of Graph API ${version}.`,
          detail: text,
          fix: 'Set graphVersion of the destination to a newer version.',
          since: at,
        }),
      ),
    ];
  }

  #record(now: number): HealthNotice[] {
    const last = this.#missed;
    if (last === undefined || now - last.at > shownMs.missed) return [];
    return [
      {
        kind: 'record_missing',
        tone: 'waiting',
        title: `The record misses ${countOf(last.receipts, 'receipt')}.`,
        detail: 'Delivery goes on: only its history has a gap.',
        fix: 'Look for an error of Firehose or of the disk in the output.',
        since: last.at,
      },
    ];
  }
}

const gap = (missing: number): HealthNotice[] =>
  missing === 0
    ? []
    : [
        {
          kind: 'gap',
          tone: 'dead',
          title: `${countOf(missing, 'event')} without an outcome, though the queue is empty.`,
          detail: 'That is a bug.',
          fix: 'Look for an error in the output of npm start.',
          link: 'balance',
        },
      ];

/** The line to type, where one command mends it. */
function commandOf(code: string, isTokenRefused: boolean, target: string, place: string): string | undefined {
  const fix = reasonOf(code)?.fix ?? '';
  if (isTokenRefused || fix.includes('token:set')) return `npm run token:set -- ${target}`;
  if (fix.includes('npm run datasets')) return `npm run datasets -- ${target}`;
  return `npm run doctor -- ${place}`;
}

const grouped = new Intl.NumberFormat('en');
const countOf = (number: number, noun: string): string => `${grouped.format(number)} ${noun}${number === 1 ? '' : 's'}`;
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
/** Fixes mark commands as Markdown does; a page has its own way. */
const plain = (text: string): string => text.replaceAll('`', '');
