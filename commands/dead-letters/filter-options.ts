import * as z from 'zod';
import { DeadLetter } from '../../shared/queue/dead-letter.ts';
import { oneOf, text, texts } from '../kit/option.ts';
import { readDuration } from './duration.ts';
import type { Filter } from './filter.ts';

const duration = z
  .string()
  .transform((given, { addIssue }) => {
    const ms = readDuration(given);
    if (ms !== undefined) return ms;
    addIssue('is no duration such as 30m, 3h or 2d');
    return z.NEVER;
  })
  .optional();

const { options: stages } = DeadLetter.shape.stage;

/** By what letters can be chosen. */
export const filterOptions = {
  code: texts('<code>', 'only letters with this code; given twice, with either, as with those below'),
  stage: texts('<stage>', `only of this stage: ${stages.join(' or ')}`, z.array(oneOf(stages)).optional()),
  source: texts('<name>', 'only of this source'),
  destination: texts('<name>', 'only of this destination'),
  event: texts('<name>', 'only of events with this name, or calls of this type'),
  id: texts('<id>', "only with this id: the event's own, or that of the message at SQS"),
  olderThan: text('<time>', 'only what failed first before so long: 90s, 30m, 3h, 2d', duration),
  newerThan: text('<time>', 'only what failed first since then', duration),
};

type Values = Omit<Filter, 'olderThanMs' | 'newerThanMs'> & {
  readonly olderThan: number | undefined;
  readonly newerThan: number | undefined;
};

export const filterOf = ({ code, stage, source, destination, event, id, olderThan, newerThan }: Values): Filter => ({
  ...{ code, stage, source, destination, event, id },
  olderThanMs: olderThan,
  newerThanMs: newerThan,
});
