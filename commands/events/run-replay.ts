import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageText } from '../../shared/lib/json/message-text.ts';
import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinations } from '../../shared/meta/compile-destinations.ts';
import { packMessages } from '../../shared/queue/message.ts';
import type { Timeline } from '../../shared/record/timeline.ts';
import { SegmentEvent } from '../../shared/segment/event.ts';
import { findQueues, readQueue } from '../common/find-queues.ts';
import { loadDeployedConfig, type Services, withServices } from '../common/services.ts';
import { targetOf } from '../common/target-options.ts';
import { type Outgoing, sendBatch, toBatches } from '../dead-letters/send-batch.ts';
import type { CommandEffects } from '../kit/effects.ts';
import type { OptionValues } from '../kit/option.ts';
import { CommandError } from '../kit/report-errors.ts';
import { UsageError } from '../kit/usage-error.ts';
import { stateDirectoryOf, withRecord } from './open-record.ts';
import { readTimelinesOf } from './read-timelines.ts';
import { acceptedEvents, type Place } from './record-queries.ts';
import type { RecordStore, Span } from './record-store.ts';
import {
  type Forecast,
  forecastLines,
  newForecast,
  planReplay,
  type Replayed,
  type ReplayRules,
} from './replay-plan.ts';
import { replayPosition } from './replay-position.ts';
import type { replayOptions } from './replay-options.ts';
import { spanOf } from './span-options.ts';

/** Events that are read at a time. */
const pageEvents = 10_000;
/** Events between two notes of the position: so many may be sent twice after a kill at the worst. */
const stepEvents = 200;
const settleMs = 500;
const longestSettleMs = 120_000;
const dayMs = 86_400_000;

export interface ReplayResult {
  readonly forecast: Forecast;
  readonly dryRun: boolean;
  /** Events × destinations that were put on the queue, earlier runs of the same replay included. */
  readonly sent: number;
  readonly finished: boolean;
}

type Replaying = OptionValues<typeof replayOptions>;

/** Forecasts, and sends what is to be sent. @throws UsageError, CommandError */
export async function runReplay(
  { dryRun, yes, rate, sinceConfig, acceptDuplicates, ...options }: Replaying,
  effects: CommandEffects & { readonly say: (line: string) => void },
): Promise<{ readonly result: ReplayResult; readonly failed?: boolean }> {
  const { clock, say, err, root, stopped, input } = effects;
  const target = targetOf(options, effects);
  const { event: names = [], destination: only, outcome } = options;
  const { from, to } = options;
  // Another replay has a position of its own.
  const wanted = [from?.text, to?.text, sinceConfig, names, only, outcome, acceptDuplicates];
  const state = target.deployment === 'local' ? await stateDirectoryOf(target) : target.deployment;
  const position = replayPosition(root, [state, wanted]);
  const saved = dryRun ? undefined : position.read();
  const now = clock();
  if (from === undefined && !sinceConfig) throw new UsageError('--from is missing: 2026-03-10, or 26h');
  const changed = sinceConfig ? configChangedAt(target.deployment, root) : undefined;
  const span: Span =
    saved?.span ??
    spanOf({ since: changed === undefined ? from : { text: '', at: () => changed }, until: to }, now, dayMs);
  const config = await loadDeployedConfig(target);
  for (const name of only ?? []) {
    if (config.destinations[name] === undefined)
      throw new UsageError(`there is no destination ${JSON.stringify(name)}`);
  }
  const destinations = await compileDestinations(config, sha256Hex);
  const rules: ReplayRules = { config, destinations, only, outcomes: outcome, acceptDuplicates, now };

  return withServices(target, async (services) =>
    withRecord(target, async ({ store }) => {
      if (saved?.sending) await settled(services, options);
      const forecast = newForecast();
      for await (const _ of planned(store, span, names, saved?.after, rules, forecast));
      if (saved) say(`Going on where the last run stopped: ${saved.sent.toLocaleString('en-US')} sent before.`);
      for (const line of forecastLines(forecast)) say(line);
      const result = { forecast, dryRun, sent: saved?.sent ?? 0, finished: false };
      if (dryRun) return { result };
      if (!yes && input.isTTY === true && !(await confirmed(effects))) {
        say('Nothing was sent.');
        return { result, failed: true };
      }
      const { events: queue } = options.eventsQueue ? { events: options.eventsQueue } : await findQueues(services);
      let sent = saved?.sent ?? 0;
      let after = saved?.after;
      const startedAt = saved?.startedAt ?? now.getTime();
      const note = (sending: boolean): void => position.write({ startedAt, span, sent, after, sending });
      for await (const step of planned(store, span, names, after, rules, newForecast())) {
        if (stopped.aborted) break;
        const began = Date.now();
        if (step.replayed.length > 0) {
          note(true);
          await send(services, queue, step.replayed, now);
          sent += step.replayed.length;
        }
        after = step.after;
        note(false);
        if (step.replayed.length === 0) continue;
        const percent = forecast.send === 0 ? 100 : Math.floor(((sent - (saved?.sent ?? 0)) / forecast.send) * 100);
        say(`${bar(percent)} ${sent.toLocaleString('en-US')} sent`);
        await sleep(Math.max(0, (step.replayed.length / rate) * 1_000 - (Date.now() - began)), undefined, {
          signal: stopped,
        }).catch(() => {});
      }
      const finished = !stopped.aborted;
      if (finished) position.remove();
      else err('Interrupted. The same command goes on from here.');
      return { result: { forecast, dryRun, sent, finished }, failed: !finished };
    }),
  );
}

const bar = (percent: number): string => {
  const filled = Math.min(20, Math.floor(percent / 5));
  return `[${'#'.repeat(filled)}${'.'.repeat(20 - filled)}] ${Math.min(100, percent)}%`;
};

async function confirmed({
  prompt,
  input,
}: {
  prompt: (text: string) => void;
  input: NodeJS.ReadableStream;
}): Promise<boolean> {
  prompt('Send them? [y/N] ');
  for await (const chunk of input) return /^y/i.test(String(chunk).trim());
  return false;
}

function configChangedAt(deployment: string, root: string): number {
  return statSync(resolve(root, 'config', `${deployment}.ts`)).mtimeMs;
}

interface Step {
  readonly replayed: readonly Replayed[];
  /** The last event that was looked at. */
  readonly after: Place;
}

/** Reads the past event by event and plans it, a few at a time. */
async function* planned(
  store: RecordStore,
  span: Span,
  names: readonly string[],
  from: Place | undefined,
  rules: ReplayRules,
  forecast: Forecast,
): AsyncGenerator<Step> {
  let after = from;
  for (;;) {
    const rows = await store.query(acceptedEvents(store.dialect, span, names, after, pageEvents));
    const ids = rows.map(({ id }) => String(id));
    const sought = { from: span.from, to: Math.max(span.to, rules.now.getTime()) + dayMs };
    const timelines = new Map<string, Timeline>();
    for (const timeline of await readTimelinesOf(store, sought, ids)) timelines.set(timeline.messageId, timeline);
    for (let start = 0; start < rows.length; start += stepEvents) {
      const step = rows.slice(start, start + stepEvents);
      const replayed = step.flatMap(({ id, s, ev }) => {
        const event = ev === undefined ? undefined : SegmentEvent.safeParse(JSON.parse(String(ev))).data;
        if (event === undefined) {
          forecast.events++;
          forecast.withoutBody++;
          return [];
        }
        return planReplay({ event, source: String(s), timeline: timelines.get(String(id)) }, rules, forecast);
      });
      const last = step.at(-1);
      after = { t: Number(last?.['t']), id: String(last?.['id']) };
      yield { replayed, after };
    }
    if (rows.length < pageEvents) return;
  }
}

/** Puts events on the events queue, for their destination and mappings alone. @throws CommandError when SQS did not take all */
async function send({ sqs }: Services, queueUrl: string, replayed: readonly Replayed[], now: Date): Promise<void> {
  const groups = Map.groupBy(replayed, ({ source, destination, mappings }) =>
    JSON.stringify([source, destination, mappings]),
  );
  const messages = [...groups.values()].flatMap((group): Outgoing[] => {
    const [{ source, destination, mappings }] = group as [Replayed, ...Replayed[]];
    const retry = { destination, mappings: [...mappings], attempt: 0, firstFailedAt: now.toISOString() };
    const written = group.map(({ event }) => {
      const json = messageText(event);
      return { json, bytes: Buffer.byteLength(json) };
    });
    // Behind each other, so that new events do not wait for old ones.
    const groupId = `${source}/replay`;
    return packMessages({ source, origin: 'replay', retry }, written).map((body) => ({ body, groupId }));
  });
  for (const batch of toBatches(messages)) {
    let owed: readonly Outgoing[] = batch;
    for (let attempt = 1; owed.length > 0; attempt++) {
      const taken = await sendBatch(sqs, queueUrl, owed);
      owed = owed.filter((message) => !taken.includes(message));
      if (owed.length > 0 && attempt === 5) {
        const reason = 'SQS did not take all messages.';
        throw new CommandError({ reason, fix: 'Run the same command again: it goes on where it stopped.' });
      }
    }
  }
}

/** Waits until what the last run may have sent has come to its end, so that the record tells of it. */
async function settled(services: Services, options: { readonly eventsQueue: string | undefined }): Promise<void> {
  const { events: queue } = options.eventsQueue ? { events: options.eventsQueue } : await findQueues(services);
  for (let waited = 0; waited < longestSettleMs; waited += settleMs) {
    const { waiting, inFlight } = await readQueue(services.sqs, queue);
    await sleep(settleMs);
    if (waiting + inFlight === 0) return;
  }
}
