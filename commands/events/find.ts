import { targetOf, targetOptions } from '../common/target-options.ts';
import { defineCommand } from '../kit/define-command.ts';
import { recordedId } from '../../shared/record/recorded-id.ts';
import { withRecord } from './open-record.ts';
import { readStories } from './read-stories.ts';
import { selectorOptions, wantedBy } from './selectors.ts';
import { spanOf, spanOptions } from './span-options.ts';
import { storyLines, type ToldStory, toldStory } from './told-story.ts';

const allTime = 400 * 86_400_000;

export const find = defineCommand({
  name: 'events find',
  summary: 'the whole story of an event, or of all events of a person or an order',
  page: 'docs/record.md',
  examples: [
    'npm run events -- find order-4711',
    'npm run events -- find --email jane@example.com --since 2d --env production',
  ],
  operands: [{ name: 'message id', help: 'of the event', required: false }],
  options: { ...selectorOptions, ...spanOptions('as far as the record goes back'), ...targetOptions },
  async run(options, effects, { positionals }) {
    const now = effects.clock();
    const span = spanOf(options, now, allTime);
    return withRecord(targetOf(options, effects), async ({ store, digest }) => {
      const wanted = wantedBy(options, positionals, digest);
      const stories = await readStories(store, span, wanted);
      // Only who knows an id that is kept as a digest can say it.
      const asked = new Map(positionals.map((id) => [recordedId(id, digest), id]));
      const result: { events: ToldStory[] } = { events: stories.map((story) => toldStory(story, asked)) };
      return { result };
    });
  },
  print({ events }, { out, err }) {
    if (events.length === 0)
      err('The record has no such event: it never came, or longer ago than the record goes back.');
    for (const [index, story] of events.entries()) {
      if (index > 0) out('');
      for (const line of storyLines(story, new Date())) out(line);
    }
  },
});
