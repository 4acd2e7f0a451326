import * as z from 'zod';
import { eventTypes } from './event.ts';
import { segmentLimits } from './limits.ts';
import type { Fault, RejectionCode } from './rejection.ts';
import { parseTime } from './timestamps.ts';

// Libraries send null for what they do not know, and some callers send numbers as ids: both are fine.
const id = z.union([z.string(), z.number()]).nullish();
const bag = z.record(z.string(), z.unknown()).nullish();
const time = z
  .unknown()
  .refine((value) => value === null || parseTime(value) !== undefined)
  .optional();
const filled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : typeof value === 'number';
const requiredText = z.string().refine(filled);
const requiredId = z.union([z.string(), z.number()]).refine(filled);

const common = {
  userId: id,
  anonymousId: id,
  messageId: id,
  properties: bag,
  traits: bag,
  context: bag,
  integrations: bag,
  timestamp: time,
  originalTimestamp: time,
};

/** A call as any of the libraries sends it. Only what the pipeline relies on is checked; the rest passes as it is. */
const IncomingEvent = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('track'), ...common, event: requiredText }),
  z.looseObject({ type: z.literal('group'), ...common, groupId: requiredId }),
  z.looseObject({ type: z.literal('alias'), ...common, previousId: requiredId }),
  z.looseObject({ type: z.enum(['page', 'screen', 'identify']), ...common }),
]);

interface Advice {
  readonly code: RejectionCode;
  readonly message: string;
  readonly fix: string;
}

const bagAdvice = (name: string): Advice => ({
  code: 'field_invalid',
  message: `${name} must be an object.`,
  fix: `Send ${name} as a JSON object, or leave it out.`,
});
const idAdvice = (name: string): Advice => ({
  code: 'field_invalid',
  message: `${name} must be text.`,
  fix: `Send ${name} as a string.`,
});
const timeAdvice = (name: string): Advice => ({
  code: 'timestamp_invalid',
  message: `${name} is not a time.`,
  fix: `Send ${name} as ISO 8601 text in UTC, such as "2026-01-31T12:00:00.000Z", or leave it out.`,
});

/** What to tell the sender when a member fails its rule above. */
const advice: Readonly<Record<string, Advice>> = {
  type: {
    code: 'type_unknown',
    message: 'The event has no type that is known.',
    fix: `Set type to one of ${eventTypes.join(', ')}.`,
  },
  event: {
    code: 'event_name_missing',
    message: 'A track call needs an event name.',
    fix: 'Set event to a name such as "Order Completed".',
  },
  groupId: {
    code: 'group_id_missing',
    message: 'A group call needs a groupId.',
    fix: 'Set groupId to the id of the group.',
  },
  previousId: {
    code: 'previous_id_missing',
    message: 'An alias call needs a previousId.',
    fix: 'Set previousId to the id that the person had before.',
  },
  userId: idAdvice('userId'),
  anonymousId: idAdvice('anonymousId'),
  messageId: idAdvice('messageId'),
  properties: bagAdvice('properties'),
  traits: bagAdvice('traits'),
  context: bagAdvice('context'),
  integrations: bagAdvice('integrations'),
  timestamp: timeAdvice('timestamp'),
  originalTimestamp: timeAdvice('originalTimestamp'),
};

export const faults = {
  notAnObject: {
    code: 'event_invalid',
    path: '',
    message: 'An event must be a JSON object.',
    fix: 'Send an object such as {"type": "track", "event": "Order Completed", "userId": "…"}.',
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
    message: `The event is larger than ${segmentLimits.eventBytes} bytes (32 KB).`,
    fix: 'Send fewer or shorter properties, traits and context.',
  },
  tooDeep: {
    code: 'event_too_deep',
    path: '',
    message: `The event is nested deeper than ${segmentLimits.eventDepth} levels.`,
    fix: 'Flatten the nested objects and lists.',
  },
} as const satisfies Record<string, Fault>;

/** The first thing wrong with a call, or undefined. */
export function findFault(event: Readonly<Record<string, unknown>>): Fault | undefined {
  const parsed = IncomingEvent.safeParse(event);
  if (!parsed.success) {
    const member = String(parsed.error.issues[0]?.path[0] ?? '');
    const known = Object.hasOwn(advice, member) ? advice[member] : undefined;
    return known === undefined ? faults.notAnObject : { ...known, path: member };
  }
  return filled(event['userId']) || filled(event['anonymousId']) ? undefined : faults.identityMissing;
}
