import { defineCommand } from '../kit/define-command.ts';
import type { ReplayResult } from './run-replay.ts';
import { replayOptions } from './replay-options.ts';

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
