import { fill } from '../reasons/reason.ts';
import { type RejectionCode, rejections } from '../reasons/rejections.ts';
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

const fault = <Code extends RejectionCode>(code: Code) => ({ code, ...rejections[code] });

export const faults = {
  notAnObject: fault('event_invalid'),
  typeUnknown: {
    ...fault('type_unknown'),
    fix: fill(rejections.type_unknown.fix, { types: eventTypes.join(', ') }),
  },
  eventNameMissing: fault('event_name_missing'),
  eventNotAllowed: fault('event_not_allowed'),
  groupIdMissing: fault('group_id_missing'),
  previousIdMissing: fault('previous_id_missing'),
  identityMissing: fault('identity_missing'),
  tooLarge: {
    ...fault('event_too_large'),
    message: fill(rejections.event_too_large.message, { bytes: segmentLimits.eventBytes }),
  },
  tooDeep: {
    ...fault('event_too_deep'),
    message: fill(rejections.event_too_deep.message, { levels: segmentLimits.eventDepth }),
  },
} as const;
