import type { Problem } from '../meta/event/problem.ts';
import type { Warning } from '../meta/event/warning.ts';
import { problems } from '../reasons/problems.ts';
import { directiveAt } from './directive-at.ts';
import type { Advice } from './explanation.ts';
import { pathsIn } from './paths-in.ts';
import { warningFix } from './warning-fix.ts';
import { orList } from './words.ts';

/** A warning of the mapper with what to do about it. */
export const warningAdvice = (warning: Warning): Advice => {
  const { code, message, path } = warning;
  return { code, message, path, fix: warningFix(warning) };
};

/** A problem of the mapper with what to do about it. */
export function problemAdvice({ code, message, path }: Problem, mapping: unknown): Advice {
  if (path === undefined) return { code, message, fix: problems[code].fix };
  return { code, message, path, fix: code === 'field_missing' ? missingFix(path, mapping) : problems[code].fix };
}

/** Names the members of the event that the mapping reads: putting the value there is all there is to do. */
function missingFix(place: string, mapping: unknown): string {
  const read = pathsIn(directiveAt(mapping, place.split('.')));
  if (read.length === 0) return `Give ${place} a value in the mapping: it has none.`;
  return `Send it as ${orList(read.map(withoutRoot))}, or change the mapping of ${place}.`;
}

export const withoutRoot = (path: string): string => path.replace(/^\$\.?/, '');
