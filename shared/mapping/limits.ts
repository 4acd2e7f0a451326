/** Deepest nesting of a mapping that is compiled. */
export const maxMappingDepth = 100;

/** Longest path or template, in UTF-16 units, that is taken from an event. */
export const maxWrittenLength = 1_000;

/** Deepest nesting of a mapped value that is walked: flattened, cleaned, written as text. */
export const maxDataDepth = 500;

/** Most items of a list that are looked at. */
export const maxItems = 1_000;

/** Most members of one object that are looked at, and that `@flatten` makes. */
export const maxMembers = 300;

/** Most values of a mapped object, at all depths, that are looked at. */
export const maxValues = 2_500;

/** Longest text, in UTF-16 units, that `@template` renders and that the keys of one `@flatten` may add up to. */
export const maxTextLength = 100_000;

/** Longest text, in UTF-16 units, that is changed character by character: by `@case`, `@replace` and the filters of `@liquid`. */
export const maxChangedLength = 4_096;

/** Longest `pattern` and `replacement` of `@replace`, in UTF-16 units, as in Segment. */
export const maxReplaceLength = 10;

/** Longest Liquid template, in UTF-16 units, as in Segment. */
export const maxLiquidLength = 1_000;

/** A mapping with more faults than this is not read to its end. */
export const maxIssues = 100;

/** Characters that the filters of one Liquid template may write for an event. Segment allows 100 million. */
export const maxLiquidCharacters = 4_000_000;
