import type { problems } from '../../reasons/problems.ts';
import { fill } from '../../reasons/reason.ts';
import { type WarningCode, warnings } from '../../reasons/warnings.ts';
import type { IdProblem } from '../user-data/click-id.ts';
import { type DropCode, dropReasons } from '../../reasons/drop-reasons.ts';

/** A product line, or the member of it that is wrong. */
export type ContentPart = 'id' | keyof typeof problems.content_invalid.cases;

/** Warning of a part that was left out of a server event, or would make it better. Names fields, never their values. */
export type Warning = {
  readonly message: string;
  /** Field of the mapping: `user_data.email`, `contents[0].id`. */
  readonly path: string;
} & (
  | { readonly code: 'content_left_out'; readonly part: ContentPart }
  | { readonly code: 'field_left_out' | 'field_replaced'; readonly expected: string }
  | { readonly code: 'match_key_left_out'; readonly reason: DropCode }
  | {
      readonly code: Exclude<
        WarningCode,
        'content_left_out' | 'field_left_out' | 'field_replaced' | 'match_key_left_out'
      >;
    }
);

export const personalDataRemoved = (path: string, name = path): Warning => ({
  code: 'personal_data_removed',
  path,
  message: fill(warnings.personal_data_removed, { name }),
});

/** Sent without being searched, it could hold personal data. */
export const textTooLong = (path: string, name = path): Warning => ({
  code: 'text_too_long',
  path,
  message: fill(warnings.text_too_long, { name }),
});

/** A list of more values than are looked at. @param what the warning calls it; where left out, by its path */
export const valuesLeftOut = (path: string, most: number, what = path): Warning => ({
  code: 'field_left_out',
  path,
  message: fill(warnings['field_left_out.values'], { name: what, most }),
  expected: `a list of at most ${most} values`,
});

/** An object, or the value of a directive, of which not all is looked at. */
export const valueTooLarge = (path: string): Warning => ({
  code: 'field_left_out',
  path,
  message: fill(warnings['field_left_out.large'], { name: path }),
  expected: 'a smaller value',
});

export const matchKeyLeftOut = (path: string, name: string, reason: DropCode): Warning => ({
  code: 'match_key_left_out',
  path,
  message: fill(warnings.match_key_left_out, { name, why: dropReasons[reason] }),
  reason,
});

/** @param name member of `user_data` that names a click or a browser, or the URL that a click was looked for in */
export function cookieLeftOut(name: string, problem: IdProblem): Warning {
  const path = `user_data.${name}`;
  if (problem === 'nobody') return matchKeyLeftOut(path, name, 'nobody');
  const isCookie = name === 'fbc' || name === 'fbp';
  const code = problem === 'malformed' ? (isCookie ? 'cookie_malformed' : 'click_id_malformed') : clickCodes[problem];
  const what = isCookie ? name : `The fbclid of ${name}`;
  return { code, path, message: fill(warnings[code], { what }) };
}

const clickCodes = { too_old: 'click_too_old', in_future: 'click_in_future' } as const;

export const cookieUnusual = (name: 'fbc' | 'fbp'): Warning => ({
  code: 'cookie_malformed',
  path: `user_data.${name}`,
  message: fill(warnings['cookie_malformed.unusual'], { name }),
});
