import type { SkipReason } from '../delivery/plan.ts';

/** Why an event is not sent, and what to do where that is not wanted. */
export const skipReasons: Readonly<Record<SkipReason, { readonly message: string; readonly fix: string }>> = {
  consent_missing: {
    message: 'The person has not agreed to every consent category of the destination.',
    fix: 'Nothing where the person refused. Otherwise set the categories to true in context.consent.categoryPreferences.',
  },
  integrations_excluded: {
    message: "The event's integrations object excludes the destination.",
    fix: "Take All: false out of the event's integrations, or set the destination's name in it to true.",
  },
  no_mapping_matches: {
    message: 'No trigger of the destination matches the event.',
    fix: 'Add a mapping for the event, or widen the trigger of one; letter case and spaces of event names count.',
  },
  same_event_already_mapped: {
    message: 'Another mapping already sends an event of this name and event id, of which Meta keeps one only.',
    fix: 'Narrow one of the two triggers, or map another event_id.',
  },
  destination_removed: {
    message: 'The destination is not in the configuration any more.',
    fix: 'Put the destination back if its events should still be sent.',
  },
  mapping_removed: {
    message: 'The mapping is not in the configuration any more.',
    fix: 'Put the mapping back under its name if its events should still be sent.',
  },
  source_removed: {
    message: 'The source is not in the configuration any more.',
    fix: 'Put the source back if its events should still be sent.',
  },
};
