import type { ReasonRow } from './reason.ts';

interface RejectionRow extends ReasonRow {
  /** The member at fault, e.g. `properties`; empty for the event as a whole. */
  readonly path: string;
}

/** Why an event is refused at the endpoint. Its sender reads the row in the answer, and a dead letter keeps it. */
export const rejections = {
  event_invalid: {
    path: '',
    message: 'An event must be a JSON object.',
    fix: 'Send an object such as {"type": "track", "event": "Order Completed", "userId": "…"}.',
  },
  event_name_missing: {
    path: 'event',
    message: 'A track call needs an event name.',
    fix: 'Set event to a name such as "Order Completed".',
  },
  event_not_allowed: {
    path: 'event',
    message: 'The source of this write key may not send an event of this name.',
    fix: 'Send it with the write key of another source, or add the name to events of the source in the configuration.',
  },
  event_too_deep: {
    path: '',
    message: 'The event is nested deeper than {levels} levels.',
    fix: 'Flatten the nested objects and lists.',
  },
  event_too_large: {
    path: '',
    message: 'The event is larger than {bytes} bytes (64 KB).',
    fix: 'Send fewer or shorter properties, traits and context.',
  },
  group_id_missing: {
    path: 'groupId',
    message: 'A group call needs a groupId.',
    fix: 'Set groupId to the id of the group.',
  },
  identity_missing: {
    path: 'userId',
    message: 'The event has neither a userId nor an anonymousId.',
    fix: 'Set userId for a known person, else anonymousId.',
  },
  previous_id_missing: {
    path: 'previousId',
    message: 'An alias call needs a previousId.',
    fix: 'Set previousId to the id that the person had before.',
  },
  type_unknown: {
    path: 'type',
    message: 'The event has no type that is known.',
    fix: 'Set type to one of {types}.',
  },
} as const satisfies Readonly<Record<string, RejectionRow>>;

export type RejectionCode = keyof typeof rejections;
