import type { Steps } from '../mapping/path.ts';

/** A field that every event has at its root. */
export type RootField = 'type' | 'event' | 'name' | 'userId';

/** An object of the event that fields are looked up in. */
export type Bag = 'properties' | 'traits' | 'context';

export type Field =
  | { readonly kind: 'root'; readonly name: RootField }
  | { readonly kind: 'path'; readonly bag: Bag; readonly steps: Steps }
  /** Its name has a part that is one of the words `and`, `or` and `null`: nothing said about it is ever true. */
  | { readonly kind: 'unreachable' };

export type Literal = string | number | boolean | null;

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A trigger as a tree. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly field: Field; readonly operator: Operator; readonly value: Literal }
  | {
      readonly kind: 'contains' | 'match';
      readonly field: Field;
      readonly text: string;
      /** Written as `!contains(…)`: still needs a text in the field. */
      readonly isNegated: boolean;
    };
