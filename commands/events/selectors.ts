import type { Identifier, IdentifierKind, PersonDigest } from '../../shared/record/person-digests.ts';
import { recordedId } from '../../shared/record/recorded-id.ts';
import { texts } from '../kit/option.ts';
import { UsageError } from '../kit/usage-error.ts';
import type { Wanted } from './record-store.ts';

/** Options that name a person or an order. */
export const personOptions = {
  userId: texts('<id>', 'events of this user id'),
  anonymousId: texts('<id>', 'events of this anonymous id'),
  email: texts('<address>', 'events with this email address, plain or as its SHA-256'),
  phone: texts('<number>', 'events with this phone number, with its country code, plain or as its SHA-256'),
};

/** Options by which one event or a few are found. */
export const selectorOptions = {
  ...personOptions,
  orderId: texts('<id>', 'events with this order id'),
  eventId: texts('<id>', 'the event that Meta got under this event id'),
};

type Given = { readonly [Key in keyof typeof personOptions]: readonly string[] | undefined } & {
  readonly orderId?: readonly string[] | undefined;
};

const kinds = ['userId', 'anonymousId', 'email', 'phone', 'orderId'] as const satisfies readonly IdentifierKind[];

/** Identifiers that options name. */
export const identifiersIn = (options: Given): Identifier[] =>
  kinds.flatMap((kind) => (options[kind] ?? []).map((value) => ({ kind, value })));

/** A message id as the record may keep it. */
export const bothForms = (id: string, digest: PersonDigest): string[] => [
  ...new Set([id, recordedId(id, digest), `~${digest({ kind: 'messageId', value: id })}`]),
];

/** Selectors of what options and message ids name. @throws UsageError when nothing is named */
export function wantedBy(
  options: Given & { readonly eventId?: readonly string[] | undefined },
  messageIds: readonly string[],
  digest: PersonDigest,
): Wanted {
  const identifiers = identifiersIn(options);
  const { eventId: eventIds = [] } = options;
  if (identifiers.length + eventIds.length + messageIds.length === 0) {
    throw new UsageError('name an event or a person: a message id, --user-id, --email, --order-id …');
  }
  return {
    ids: messageIds.flatMap((id) => bothForms(id, digest)),
    eventIds: eventIds.flatMap((id) => bothForms(id, digest)),
    persons: identifiers.map(digest),
  };
}
