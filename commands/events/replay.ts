import * as z from 'zod';
import { targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { flag, oneOf, text, texts, wholeNumberFrom } from '../kit/option.ts';
import { queueOptions } from '../common/queue-options.ts';
import { rangeOptions } from './span-options.ts';
import type { ReplayResult } from './run-replay.ts';

const outcomes = ['skipped', 'dead', 'delivered', 'none'] as const;

export const replayOptions = {
  ...rangeOptions,
  sinceConfig: flag('from when the configuration file was changed last, in place of --from'),
  event: texts('<name>', 'only events with this name, or calls of this type'),
  destination: texts('<name>', 'only to this destination, such as a new one'),
  outcome: texts('<outcome>', `only what ended so: ${outcomes.join(', ')}`, z.array(oneOf(outcomes)).optional()),
  acceptDuplicates: flag('sends what Meta took as well; it counts twice what is older than 48 hours'),
  rate: text('<n>', 'events a second at most; 500 if left out', wholeNumberFrom(1, 100_000).default(500)),
  dryRun: flag('the forecast, and nothing is sent'),
  yes: flag('asks nothing'),
  eventsQueue: queueOptions.eventsQueue,
  ...targetOptions,
};

export const replay = defineCommand({
  name: 'events replay',
  summary: 'sends past events once more under the same event ids, what Meta took left out; forecast first',
  page: 'docs/record.md',
  examples: [
    'npm run events -- replay --from 2026-03-10 --to 2026-03-10 --event "Order Completed" --dry-run',
    'npm run events -- replay --from 26h --outcome dead --env production --yes',
  ],
  options: replayOptions,
  endsByItself: true,
  // Loaded for who sends: questions to the record need neither clients nor mappings.
  run: async (options, effects) => (await import('./run-replay.ts')).runReplay(options, effects),
  print({ dryRun, sent, finished }: ReplayResult, { out }) {
    if (dryRun) out('Dry run: nothing was sent.');
    else if (finished) out(`${sent.toLocaleString('en-US')} sent. What becomes of them: npm run events -- stats`);
  },
});
