/** Marks in the notes of Segment vectors: what each asks of an answer, where Segment's own is not to be copied. */

/** Match keys that Segment cleans in a way of its own: only that a digest goes out is asked. */
export const looseMatchKeys: Readonly<Record<string, readonly string[]>> = {
  'unhashed-or-uppercase-passthrough': ['ph', 'ge'],
  'phone-leading-zero': ['ph'],
  'phone-no-country-code': ['ph'],
  'phone-extension-kept': ['ph'],
  'birthday-format': ['db'],
  'zip-plus-four': ['zp'],
  'city-punctuation': ['ct'],
  'name-punctuation': ['fn', 'ln'],
  'state-not-mapped': ['st'],
  'country-not-mapped': ['country'],
  'email-not-checked': ['em'],
  'md5-hashed-again': ['em', 'ph', 'external_id', 'fn', 'ln', 'ct', 'st', 'zp', 'country', 'db', 'ge'],
  'external-id-duplicates': ['external_id'],
  'empty-user-id-hides-anonymous-id': ['external_id'],
};

/** Product lines whose bad parts go out differently. */
export const looseContents: ReadonlySet<string> = new Set([
  'null-becomes-zero',
  'contents-without-quantity',
  'one-bad-item-drops-event',
  'fractional-quantity-drops-event',
]);

/** Segment posts what Meta refuses, or reports it in the words of the engine: ours is an error. */
export const refused: ReadonlySet<string> = new Set([
  'empty-user-data',
  'empty-pixel-id',
  'event-time-unparseable',
  'mapping-error-without-status',
  'engine-worded-message',
]);

/** Segment loses the event for one bad part: ours goes out without that part. */
export const delivered: ReadonlySet<string> = new Set([
  'one-bad-item-drops-event',
  'fractional-quantity-drops-event',
  'default-search-rejects-spec-event',
  'lower-case-currency-rejected',
]);

/** Nothing is to be learnt from Segment's answer: any will do, so long as there is one. */
export const free: ReadonlySet<string> = new Set([
  'crash',
  'prototype-leak',
  'dotted-key-unreachable',
  'quoted-key-unreachable',
  'unknown-filter-ignored',
  'checked-then-ignored',
  'replacement-specials',
  'documented-null-rejected',
  'falsy-else-dropped',
  'merge-spreads-non-objects',
  'website-without-user-agent',
  'url-not-checked',
  'app-data-incomplete-extinfo',
  'app-data-without-app-source',
  'value-without-currency',
  'object-as-text',
  'website-without-url',
]);
