import type { Fields } from '../actions/field.ts';
import { fixes, type Problem, type ProblemCode } from '../actions/problem.ts';
import type { Advice } from './explanation.ts';
import { directiveAt, placeOf } from './field-places.ts';
import { pathsIn } from './paths-in.ts';
import { contentPlace, warningRules } from './warning-rules.ts';
import { orList } from './words.ts';

/** What a message may name: the fields of the action, and how the mapping fills them. */
export interface AdviceSubject {
  readonly fields: Fields;
  readonly mapping: unknown;
}

/** A warning of the mapper with what it is about and what to do. */
export function warningAdvice(message: string, { fields }: AdviceSubject): Advice {
  for (const { code, text, place, fix } of warningRules) {
    const match = text.exec(message);
    if (match === null) continue;
    const path = place?.(match, fields);
    return { code, message, ...(path !== undefined && { path }), fix: fix(match) };
  }
  return { message };
}

/** Fields that a problem is about whatever its message says. */
const places: Readonly<Partial<Record<ProblemCode, string>>> = {
  action_source_invalid: 'action_source',
  currency_invalid: 'currency',
  event_source_url_missing: 'event_source_url',
  event_time_invalid: 'event_time',
  event_too_new: 'event_time',
  event_too_old: 'event_time',
  user_agent_missing: 'user_data.client_user_agent',
  user_data_insufficient: 'user_data',
};

/** A problem of the mapper with the field that it is about and what to do. */
export function problemAdvice({ code, message }: Problem, subject: AdviceSubject): Advice {
  const path = places[code] ?? namedPlace(message, subject);
  const fix = (code === 'field_missing' && path !== undefined && missingFix(path, subject)) || fixes[code];
  return { code, message, ...(path !== undefined && { path }), fix };
}

function namedPlace(message: string, { fields }: AdviceSubject): string | undefined {
  const required = /^The required field (\S+) is missing\.$/.exec(message)?.[1];
  if (required !== undefined) return required;
  const [, number, rule = ''] = /^Product (\d+) must (.+)\.$/.exec(message) ?? [];
  if (number !== undefined) return contentPlace(number, rule);
  const label = /^(?:Every item of )?(.+) must be /.exec(message)?.[1];
  if (label !== undefined) return placeOf(label, fields);
  const failed = /^\/([^@:]+)/.exec(message)?.[1];
  return failed?.split('/').filter(Boolean).join('.');
}

/** Names the members of the event that the mapping reads: putting the value there is all there is to do. */
function missingFix(place: string, { mapping }: AdviceSubject): string {
  const read = pathsIn(directiveAt(mapping, place.split('.')));
  if (read.length === 0) return `Give ${place} a value in the mapping: it has none.`;
  return `Send it as ${orList(read.map(withoutRoot))}, or change the mapping of ${place}.`;
}

export const withoutRoot = (path: string): string => path.replace(/^\$\.?/, '');
