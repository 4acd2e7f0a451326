import type { ReasonRows } from './reason.ts';

/** Why delivery puts an event back by its own decision, without an answer of the destination. */
export const waits = {
  all_refused: {
    message: 'Every event of the request was refused alike: a setting is wrong.',
    fix: 'Look the error up that the report names, and mend the destination: its events wait.',
  },
  defer: {
    message: 'The destination delivers later.',
    fix: 'Nothing: the event is sent once deliverAfterSeconds of the destination have passed.',
  },
  out_of_time: {
    message: 'The invocation ran out of time.',
    fix: 'Nothing for a while; if it stays, raise the timeout or the concurrency of the deliver function.',
  },
  rate_limit_near: {
    message: 'The rate limit of the destination is nearly used up.',
    fix: 'Nothing: events go out more slowly until Meta says that there is room.',
  },
} as const satisfies ReasonRows;

export type WaitCode = keyof typeof waits;
