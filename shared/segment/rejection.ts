import { eventTypes } from './event.ts';
import { segmentLimits } from './limits.ts';

/** Fault of an event and what its sender can do. Quotes nothing of the event. */
export interface Fault {
  readonly code: RejectionCode;
  /** The member at fault, e.g. `properties`; empty for the event as a whole. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** Why one event was refused, for the sender: which, what is wrong, what to do. */
export interface Rejection extends Fault {
  readonly index: number;
  readonly messageId?: string | undefined;
}

export type RejectionCode =
  | 'event_invalid'
  | 'event_name_missing'
  | 'event_not_allowed'
  | 'event_too_deep'
  | 'event_too_large'
  | 'group_id_missing'
  | 'identity_missing'
  | 'previous_id_missing'
  | 'type_unknown';

export const faults = {
  notAnObject: {
    code: 'event_invalid',
    path: '',
    message: 'An event must be a JSON object.',
    fix: 'Send an object such as {"type": "track", "event": "Order Completed", "userId": "…"}.',
  },
  typeUnknown: {
    code: 'type_unknown',
    path: 'type',
    message: 'The event has no type that is known.',
    fix: `Set type to one of ${eventTypes.join(', ')}.`,
  },
  eventNameMissing: {
    code: 'event_name_missing',
    path: 'event',
    message: 'A track call needs an event name.',
    fix: 'Set event to a name such as "Order Completed".',
  },
  eventNotAllowed: {
    code: 'event_not_allowed',
    path: 'event',
    message: 'The source of this write key may not send an event of this name.',
    fix: 'Send it with the write key of another source, or add the name to events of the source in the configuration.',
  },
  groupIdMissing: {
    code: 'group_id_missing',
    path: 'groupId',
    message: 'A group call needs a groupId.',
    fix: 'Set groupId to the id of the group.',
  },
  previousIdMissing: {
    code: 'previous_id_missing',
    path: 'previousId',
    message: 'An alias call needs a previousId.',
    fix: 'Set previousId to the id that the person had before.',
  },
  identityMissing: {
    code: 'identity_missing',
    path: 'userId',
    message: 'The event has neither a userId nor an anonymousId.',
    fix: 'Set userId for a known person, else anonymousId.',
  },
  tooLarge: {
    code: 'event_too_large',
    path: '',
    message: `The event is larger than ${segmentLimits.eventBytes} bytes (64 KB).`,
    fix: 'Send fewer or shorter properties, traits and context.',
  },
  tooDeep: {
    code: 'event_too_deep',
    path: '',
    message: `The event is nested deeper than ${segmentLimits.eventDepth} levels.`,
    fix: 'Flatten the nested objects and lists.',
  },
} as const satisfies Record<string, Fault>;
