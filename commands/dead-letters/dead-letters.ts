import { commandGroup } from '../kit/command-group.ts';
import { list } from './list.ts';
import { purge } from './purge.ts';
import { redrive } from './redrive.ts';
import { show } from './show.ts';

export const deadLetters = commandGroup({
  name: 'dead-letters',
  summary: 'Lists, shows, redrives and purges what the pipeline gave up on.',
  page: 'docs/dead-letters.md',
  commands: { list, show, redrive, purge },
});
