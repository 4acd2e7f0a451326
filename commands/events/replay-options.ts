import * as z from 'zod';
import { targetOptions } from '../common/target-options.ts';
import { flag, oneOf, text, texts, wholeNumberFrom } from '../kit/option.ts';
import { queueOptions } from '../common/queue-options.ts';
import { rangeOptions } from './span-options.ts';

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
