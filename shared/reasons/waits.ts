/** Why delivery puts an event back by its own decision, without an answer of the destination. */
export const waits = {
  all_refused: 'Every event of the request was refused alike: a setting is wrong.',
  defer: 'The destination delivers later.',
  out_of_time: 'The invocation ran out of time.',
  rate_limit_near: 'The rate limit of the destination is nearly used up.',
} as const;

export type WaitCode = keyof typeof waits;

export const waitFixes: Readonly<Record<WaitCode, string>> = {
  all_refused: 'Look the error up that the report names, and mend the destination: its events wait.',
  defer: 'Nothing: the event is sent once deliverAfterSeconds of the destination have passed.',
  out_of_time: 'Nothing for a while; if it stays, raise the timeout or the concurrency of the deliver function.',
  rate_limit_near: 'Nothing: events go out more slowly until Meta says that there is room.',
};
