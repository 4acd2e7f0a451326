import { mapConcurrently } from '../../shared/lib/concurrency.ts';
import { type RulesOfSource, rulesOfSources } from '../../shared/segment/source-rules.ts';
import { targetOf } from '../common/target-options.ts';
import { loadDeployedConfig } from '../common/services.ts';
import type { CommandEffects } from '../kit/effects.ts';
import { defineCommand } from '../kit/define-command.ts';
import { plural } from '../kit/plural.ts';
import { countLetters, countLines, limitLines } from './counts.ts';
import type { Counts } from './seen.ts';
import { filterOf, filterOptions } from './filter-options.ts';
import { parallelRequests } from './held-queue.ts';
import { countEvents, eventsOf, type Kept, keptLines } from './kept.ts';
import { type Look, type LookOptions, changeOptions, lettersThatWent, lookOptions, withLook } from './look.ts';
import type { OpenedMessage } from './open-message.ts';
import { replacementOf } from './replacement.ts';
import { type Outgoing, toBatches } from './send-batch.ts';
import { type IsShopSale, shopSalesOf } from './shop-sales.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** Counts of what a redrive did, or would do. */
export interface Redriven {
  /** Of the letters that were asked for. */
  readonly counts: Counts;
  /** Events that share a message with those that were asked for, and go or stay with them. */
  readonly companions: number;
  readonly warnings: readonly Warning[];
  readonly dryRun: boolean;
  /** Warnings stopped it: nothing was done. */
  readonly refused: boolean;
  /** Events that went back on the events queue. */
  readonly redriven: number;
  /** Events that would go or have been tried. */
  readonly wouldRedrive: number;
  readonly kept: readonly Kept[];
}

export interface RedriveOptions {
  readonly dryRun: boolean;
  /** Go on in spite of warnings. */
  readonly yes: boolean;
  /** Permissions of the sources by the configuration; undefined where it is not known. */
  readonly rules: RulesOfSource | undefined;
  readonly isShopSale?: IsShopSale | undefined;
}

type Moving = Pick<Look, 'selected' | 'now' | 'held' | 'send' | 'stopped'>;

/** Puts letters back on the events queue. Each is deleted only after SQS confirmed the message that replaces it. */
export async function redriveLetters(
  look: Moving,
  { dryRun, yes, rules, isShopSale }: RedriveOptions,
): Promise<Redriven> {
  const { selected, now } = look;
  const counts = countLetters(selected.flatMap((message) => message.letters));
  const { ready, kept } = prepare(
    selected.map(({ opened }) => opened),
    rules,
  );
  const warnings = warningsOf(
    ready.flatMap(({ opened }) => opened.letters),
    now,
    isShopSale,
  );
  const planned = {
    counts,
    companions: countEvents(selected.map(({ opened }) => opened)) - counts.total,
    warnings,
    dryRun,
    refused: !dryRun && warnings.length > 0 && !yes,
    redriven: 0,
    wouldRedrive: countEvents(ready.map(({ opened }) => opened)),
    kept,
  };
  if (dryRun || planned.refused) return planned;
  const done = await sendAll(ready, look);
  return { ...planned, redriven: done.redriven, kept: [...kept, ...done.kept] };
}

export const redrive = defineCommand({
  name: 'dead-letters redrive',
  summary: 'puts letters back on the events queue; each is deleted only after SQS confirmed what replaces it',
  page: 'docs/dead-letters.md',
  examples: ['npm run dead-letters -- redrive --code currency_invalid --newer-than 48h'],
  options: {
    ...filterOptions,
    ...changeOptions,
    ...lookOptions,
  },
  endsByItself: true,
  async run({ dryRun, yes, ...options }, effects) {
    const filter = filterOf(options);
    const known = await knownFacts(options, effects);
    return withLook(options, filter, 'send', effects, async (look) => {
      const { counts: _, ...looked } = look.seen;
      const redriven = await redriveLetters(look, { dryRun, yes, rules: known?.rules, isShopSale: known?.isShopSale });
      if (redriven.redriven > 0) await look.operated('redrive', lettersThatWent(look.selected, redriven.kept));
      for (const line of countLines(redriven.counts, look.seen, filter)) effects.say(line);
      for (const line of redriveLines(redriven)) effects.say(line);
      const failed = !dryRun && (redriven.refused || redriven.kept.length > 0);
      return { result: { ...redriven, ...looked }, failed };
    });
  },
  print(result, { err }) {
    for (const line of limitLines(result)) err(line);
  },
});

/** Queues that are named without a deployment may belong to a configuration that is not in this project. */
async function knownFacts(
  options: LookOptions,
  effects: CommandEffects,
): Promise<{ rules: RulesOfSource; isShopSale: IsShopSale } | undefined> {
  if (options.env === undefined && options.deadLetterQueue !== undefined) return undefined;
  const target = targetOf({ ...options, env: options.env ?? 'local' }, effects);
  const config = await loadDeployedConfig(target);
  return { rules: rulesOfSources(config), isShopSale: shopSalesOf(config) };
}

function redriveLines({ companions, warnings, dryRun, refused, redriven, wouldRedrive, kept }: Redriven): string[] {
  return [
    ...(companions > 0 ? [`${plural(companions, 'more event')} in the same messages: these go or stay together.`] : []),
    ...warnings.map(({ message }) => `Warning: ${message}`),
    ...(refused
      ? ['Nothing was redriven. Go on with --yes, or leave these out by a filter such as --newer-than 48h.']
      : [
          dryRun
            ? `Dry run: ${plural(wouldRedrive, 'event')} would go back on the events queue.`
            : `${plural(redriven, 'event')} went back on the events queue.`,
          ...keptLines(kept),
        ]),
  ];
}

interface Ready extends Outgoing {
  readonly opened: OpenedMessage;
}

function prepare(
  messages: readonly OpenedMessage[],
  rules: RulesOfSource | undefined,
): { ready: Ready[]; kept: Kept[] } {
  const ready: Ready[] = [];
  const kept: Kept[] = [];
  for (const opened of messages) {
    const replacement = replacementOf(opened, rules);
    if ('refusal' in replacement) kept.push(keptOf(opened, replacement.refusal));
    else ready.push({ opened, ...replacement });
  }
  return { ready, kept };
}

const keptOf = ({ id, letters }: OpenedMessage, why: string): Kept => ({ id, events: eventsOf(letters), why });

async function sendAll(
  ready: readonly Ready[],
  { send, held, stopped }: Moving,
): Promise<{ redriven: number; kept: Kept[] }> {
  const kept: Kept[] = [];
  let redriven = 0;
  let failure: string | undefined;
  await mapConcurrently(toBatches(ready), parallelRequests, async (batch) => {
    if (stopped.aborted) failure ??= 'Interrupted before it was sent.';
    const confirmed = failure === undefined ? await attempt(batch) : [];
    const removed = await held.remove(confirmed.map(({ opened }) => opened.id));
    for (const item of batch) {
      if (!confirmed.includes(item))
        kept.push(keptOf(item.opened, failure ?? 'SQS did not take it. Redrive it again.'));
      else if (!removed.has(item.opened.id)) kept.push(keptOf(item.opened, 'Sent, but SQS did not delete the letter.'));
    }
    redriven += countEvents(confirmed.map(({ opened }) => opened));
  });
  return { redriven, kept };

  async function attempt(batch: readonly Ready[]): Promise<readonly Ready[]> {
    try {
      return await send(batch);
    } catch (error) {
      failure = `The events queue failed: ${(error as Error).message}`;
      return [];
    }
  }
}
