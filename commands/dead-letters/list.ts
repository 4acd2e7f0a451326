import { defineCommand } from '../kit/define-command.ts';
import { countLetters, countLines, limitLines } from './counts.ts';
import type { Counts } from './seen.ts';
import { letterFacts, letterLines } from './describe-letter.ts';
import type { Filter } from './filter.ts';
import { filterOf, filterOptions } from './filter-options.ts';
import type { Letter } from './letter.ts';
import { lookOptions, withLook } from './look.ts';
import type { Seen } from './seen.ts';

/** Lines of letters on a terminal; counts are of all. */
const mostLines = 1_000;

export const list = defineCommand({
  name: 'dead-letters list',
  summary: 'counts, then a line per event, the oldest failure first',
  page: 'docs/dead-letters.md',
  examples: [
    'npm run dead-letters -- list',
    'npm run dead-letters -- list --env production --stage deliver --code meta_rejected',
  ],
  options: { ...filterOptions, ...lookOptions },
  endsByItself: true,
  async run(options, effects) {
    const filter = filterOf(options);
    return withLook(options, filter, 'facts', effects, async ({ selected, seen, now }) => {
      const letters = selected.flatMap((message) => message.letters);
      const counts = countLetters(letters);
      for (const line of listLines({ letters, counts, seen, filter, now })) effects.say(line);
      const { counts: _, ...looked } = seen;
      return { result: { counts, ...looked, letters: letters.map((letter) => letterFacts(letter, now)) } };
    });
  },
  print(result, { err }) {
    for (const line of limitLines(result)) err(line);
  },
});

interface Listed {
  readonly letters: readonly Letter[];
  readonly counts: Counts;
  readonly seen: Seen;
  readonly filter: Filter;
  readonly now: Date;
}

function listLines({ letters, counts, seen, filter, now }: Listed): string[] {
  const lines = countLines(counts, seen, filter);
  if (letters.length === 0) return lines;
  const left = letters.length - mostLines;
  const rest =
    left > 0 ? ['', `… and ${left.toLocaleString('en-US')} more: choose by --code, --source … or take --json.`] : [];
  return [...lines, '', ...letterLines(letters.slice(0, mostLines), now), ...rest];
}
