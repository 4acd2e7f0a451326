import { arrayPathDirective } from './directives/array-path.ts';
import { caseDirective } from './directives/case.ts';
import { excludeWhenNullDirective } from './directives/exclude-when-null.ts';
import { flattenDirective } from './directives/flatten.ts';
import { ifDirective } from './directives/if.ts';
import { jsonDirective } from './directives/json.ts';
import { liquidDirective } from './directives/liquid.ts';
import { literalDirective } from './directives/literal.ts';
import { mergeDirective } from './directives/merge.ts';
import { multiplyDirective } from './directives/multiply.ts';
import { pathDirective } from './directives/path.ts';
import { replaceDirective } from './directives/replace.ts';
import { templateDirective } from './directives/template.ts';
import { transformDirective } from './directives/transform.ts';
import type { Directive } from './compile-context.ts';

const byName = {
  '@arrayPath': arrayPathDirective,
  '@case': caseDirective,
  '@excludeWhenNull': excludeWhenNullDirective,
  '@flatten': flattenDirective,
  '@if': ifDirective,
  '@json': jsonDirective,
  '@liquid': liquidDirective,
  '@literal': literalDirective,
  '@merge': mergeDirective,
  '@multiply': multiplyDirective,
  '@path': pathDirective,
  '@replace': replaceDirective,
  '@template': templateDirective,
  '@transform': transformDirective,
} satisfies Readonly<Record<`@${string}`, Directive>>;

export type DirectiveName = keyof typeof byName;

/**
 * Everything a mapping can say, by the name it is said with. All but `@multiply` are Segment's.
 *
 * @see https://segment.com/docs/connections/destinations/actions/
 */
export const directives: ReadonlyMap<string, Directive> = new Map(Object.entries(byName));
