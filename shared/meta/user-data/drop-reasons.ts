import { type DropReason, hashedRows, type MatchKeyCode } from './match-key-table.ts';

/** Reasons that any key may have. */
const common = {
  empty: { message: 'empty', fix: 'Leave the member out of the event where there is no value.' },
  not_text: { message: 'neither text nor a number', fix: 'Send the value as text.' },
  too_long: {
    message: 'too long',
    fix: 'Send only the value itself; check that the mapping reads the right member.',
  },
  nobody: {
    message: 'it means nobody',
    fix: 'Leave the member out where the value is not known: a word such as guest would make one person of many.',
  },
  digest_of_nobody: {
    message: 'digest of an empty value or of a word that means nobody',
    fix: 'Hash only values that are there; leave out empty ones and words such as null.',
  },
} as const satisfies Readonly<Record<string, DropReason>>;

/** Why a value is left out of `user_data`. */
export type DropCode = keyof typeof common | MatchKeyCode;

/** The message and the fix of every reason for which a value is left out. */
export const dropReasons = {
  ...common,
  ...Object.fromEntries(hashedRows.map(({ rule: { otherwise } }) => [otherwise.code, otherwise])),
} as Readonly<Record<DropCode, DropReason>>;
