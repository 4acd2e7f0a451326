/** Deepest nesting of a mapping that is compiled. */
export const maxMappingDepth = 100;

/** Deepest nesting of a mapped value that is walked: flattened, cleaned, written as text. */
export const maxDataDepth = 500;

/** Most items that `@arrayPath` shapes and most keys that `@flatten` makes. */
export const maxItems = 10_000;

/** Longest text, in UTF-16 units, that `@template` renders and that the keys of one `@flatten` may add up to. */
export const maxTextLength = 1_000_000;

/** Longest `pattern` and `replacement` of `@replace`, in UTF-16 units, as in Segment. */
export const maxReplaceLength = 10;

/** Longest Liquid template, in UTF-16 units, as in Segment. */
export const maxLiquidLength = 1_000;

/** A mapping with more faults than this is not read to its end. */
export const maxIssues = 100;

/** Characters that the filters of one Liquid template may write for an event. Segment allows 100 million. */
export const maxLiquidCharacters = 4_000_000;
