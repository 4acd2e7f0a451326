import type { ReasonRows } from './reason.ts';

/** Why an event is not sent though nothing is wrong with it, and what to do where that is not wanted. */
export const skips = {
  consent_missing: {
    message: 'The person has not agreed to every consent category of the destination.',
    fix: 'Nothing where the person refused. Otherwise set the categories to true in context.consent.categoryPreferences.',
  },
  destination_removed: {
    message: 'The destination is not in the configuration any more.',
    fix: 'Put the destination back if its events should still be sent.',
  },
  event_restricted: {
    message: 'The destination does not allow events of this name to leave.',
    fix: 'Nothing where that is wanted. Otherwise add the name to minimise.events of the destination.',
  },
  integrations_excluded: {
    message: "The event's integrations object excludes the destination.",
    fix: "Take All: false out of the event's integrations, or set the destination's name in it to true.",
  },
  mapping_removed: {
    message: 'The mapping is not in the configuration any more.',
    fix: 'Put the mapping back under its name if its events should still be sent.',
  },
  no_mapping_matches: {
    message: 'No trigger of the destination matches the event.',
    fix: 'Add a mapping for the event, or widen the trigger of one; letter case and spaces of event names count.',
  },
  same_event_already_mapped: {
    message: 'Another mapping already sends an event of this name and event id, of which Meta keeps one only.',
    fix: 'Narrow one of the two triggers, or map another event_id.',
  },
  source_removed: {
    message: 'The source is not in the configuration any more.',
    fix: 'Put the source back if its events should still be sent.',
  },
} as const satisfies ReasonRows;

export type SkipReason = keyof typeof skips;
