import { queueOptions } from '../common/queue-options.ts';
import { targetOptions } from '../common/target-options.ts';
import { flag, numberFrom, text } from '../kit/option.ts';
import { personOptions } from './selectors.ts';

export const eraseOptions = {
  ...personOptions,
  yes: flag('asks nothing'),
  wait: text(
    '<seconds>',
    'how long to wait for messages that nobody can see, such as those that wait for their next try; 30 if left out',
    numberFrom(0, 3_600).default(30),
  ),
  eventsQueue: queueOptions.eventsQueue,
  deadLetterQueue: queueOptions.deadLetterQueue,
  ...targetOptions,
};
