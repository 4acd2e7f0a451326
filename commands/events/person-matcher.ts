import { sha256Hex } from '../../shared/lib/sha256/sha256-hex.ts';
import { type Identifier, identifiersOf, type PersonDigest, plainForm } from '../../shared/record/person-digests.ts';
import { isObject } from '../../shared/segment/event.ts';

/** Recognises a person in events and in lines of the record. */
export interface PersonMatcher {
  readonly digests: ReadonlySet<string>;
  /** Whether an event has one of the identifiers, at whatever place: as it is, or as the digest that Meta takes. */
  inEvent(event: unknown): boolean;
  /** Whether a text may be about the person; for texts that are no JSON it is all there is to go by. */
  inText(text: string): boolean;
}

export function personMatcher(identifiers: readonly Identifier[], digest: PersonDigest): PersonMatcher {
  const digests = new Set(identifiers.map(digest));
  const values = new Set(identifiers.flatMap(formsOf));
  const isValue = (value: unknown): boolean =>
    (typeof value === 'string' || typeof value === 'number') && values.has(String(value).trim().toLowerCase());
  const walk = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(walk);
    return isObject(value) ? Object.values(value).some(walk) : isValue(value);
  };
  return {
    digests,
    inEvent: (event) =>
      walk(event) || (isObject(event) && identifiersOf(event).some((identifier) => digests.has(digest(identifier)))),
    inText(text) {
      const lower = text.toLowerCase();
      return values.values().some((value) => lower.includes(value));
    },
  };
}

/** Texts, in lower case, by which an identifier may stand in an event. */
function formsOf({ kind, value }: Identifier): string[] {
  const plain = plainForm({ kind, value });
  const lower = value.trim().toLowerCase();
  return [lower, plain.toLowerCase(), sha256Hex(plain), sha256Hex(lower)];
}
