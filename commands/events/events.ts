import { commandGroup } from '../kit/command-group.ts';
import { check } from './check.ts';
import { find } from './find.ts';
import { list } from './list.ts';
import { erase } from './erase.ts';
import { replay } from './replay.ts';
import { stats } from './stats.ts';

export const events = commandGroup({
  name: 'events',
  summary: 'Asks the record what became of events, sends past ones again, and forgets persons.',
  page: 'docs/record.md',
  commands: { find, list, stats, check, replay, erase },
});
