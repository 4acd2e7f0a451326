/** Faults that keep Meta from recognising the browser's and the server's event as one, each with its cause and what to do. */
export const dedupFaults = {
  browser_only: {
    what: 'The server never sent what the Pixel did.',
    cause:
      'The mapping is missing or switched off, its events are refused or skipped, or the page tells the Pixel more than the library.',
    fix: 'Look for the event with `npm run events -- list`, or take the call out of the page.',
  },
  server_only: {
    what: 'Most of what the server sent was never given to the Pixel.',
    cause: 'Blockers keep a part away, but not so much: the mapping is not mirrored, or the Pixel does not load.',
    fix: 'Set pixel.mirror for the mapping, and look at a page for a content security policy that stops the Pixel.',
  },
  name_differs: {
    what: 'The same id goes out under two names.',
    cause: 'The page names the event otherwise than the mapping does.',
    fix: 'Use the name of the mapping in the page: Meta compares name and id.',
  },
  id_missing: {
    what: 'The Pixel got events without an event id.',
    cause: 'fbq is called without { eventID: … } as its fourth argument.',
    fix: 'Give eventID, or let the plugin mirror the event and take the call out of the page.',
  },
  id_type: {
    what: 'The ids are the same number, written in two ways.',
    cause: 'One side makes a number of the id: leading zeros or a decimal point differ.',
    fix: 'Make the id a text on both sides.',
  },
  id_case: {
    what: 'The ids differ in upper and lower case only.',
    cause: 'One side changes the letter case of the id.',
    fix: 'Send the id as it is on both sides: Meta compares letter by letter.',
  },
  id_prefix: {
    what: 'One id is the other one with something in front of it or behind it.',
    cause: 'One side adds a prefix, such as the source\'s messageIdPrefix or "order-".',
    fix: 'Add it on both sides, or on neither.',
  },
  id_reused: {
    what: 'One id stands for several events.',
    cause: 'The id names something that happens again, such as a visitor, a product or a page.',
    fix: "Make an id for each event; for an order, the order's id. Meta drops every event but the first for 48 hours.",
  },
  sent_twice: {
    what: 'The Pixel got the same event twice within seconds, once under an id that the server does not know.',
    cause: 'The page calls fbq by itself beside the plugin, or a second tag does.',
    fix: 'Keep one of the two: pixel.mirror without this mapping, or no call in the page.',
  },
  server_first: {
    what: 'The server was faster than the Pixel.',
    cause: 'The page tells the library or its server before it tells the Pixel.',
    fix: 'Call the Pixel first, or set deliverAfterSeconds on the destination: without ids Meta recognises only this order.',
  },
  gap_too_long: {
    what: 'More than 48 hours lie between the two.',
    cause: 'One side is sent late: a queue that waited, a job at night, a replay.',
    fix: 'Send within 48 hours: later, Meta counts both.',
  },
  test_code_one_side: {
    what: 'Only one side carries a test event code.',
    cause: 'testEventCode is set for the destination or for the Pixel alone.',
    fix: 'Set it on both, or remove it: one of the two shows up in Test Events without the other.',
  },
} as const;

export type DedupFault = keyof typeof dedupFaults;
