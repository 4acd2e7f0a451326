import type { IdProblem } from '../user-data/click-id.ts';
import { type DropCode, dropReasons } from '../user-data/drop-reasons.ts';

/** A product line, or the member of it that is wrong. */
export type ContentPart = 'line' | 'id' | 'quantity' | 'item_price' | 'delivery_category';

/** What was left out of a server event, or would make it better. Names fields, never their values. */
export type Warning = {
  readonly message: string;
  /** Field of the mapping: `user_data.email`, `contents[0].id`. */
  readonly path: string;
} & (
  | { readonly code: 'content_left_out'; readonly part: ContentPart }
  | { readonly code: 'field_left_out' | 'field_replaced'; readonly expected: string }
  | { readonly code: 'match_key_left_out'; readonly reason: DropCode }
  | {
      readonly code:
        | 'click_id_malformed'
        | 'click_in_future'
        | 'click_too_old'
        | 'cookie_malformed'
        | 'currency_left_out'
        | 'currency_missing'
        | 'event_source_url_missing'
        | 'field_unknown'
        | 'ip_address_left_out'
        | 'match_key_md5'
        | 'personal_data_removed'
        | 'text_too_long'
        | 'user_agent_missing'
        | 'user_data_insufficient';
    }
);

export const personalDataRemoved = (path: string, name = path): Warning => ({
  code: 'personal_data_removed',
  path,
  message: `${name}: personal data was taken out.`,
});

/** Sent without being searched, it could hold personal data. */
export const textTooLong = (path: string, name = path): Warning => ({
  code: 'text_too_long',
  path,
  message: `${name}: what is too long to be searched for personal data was cut or left out.`,
});

export const matchKeyLeftOut = (path: string, name: string, reason: DropCode): Warning => ({
  code: 'match_key_left_out',
  path,
  message: `${name} was left out: ${dropReasons[reason].message}.`,
  reason,
});

/** @param name member of `user_data` that names a click or a browser, or the URL that a click was looked for in */
export function cookieLeftOut(name: string, problem: IdProblem): Warning {
  const path = `user_data.${name}`;
  if (problem === 'nobody') return matchKeyLeftOut(path, name, 'nobody');
  const isCookie = name === 'fbc' || name === 'fbp';
  const what = isCookie ? name : `The fbclid of ${name}`;
  const [code, why] = {
    malformed: [isCookie ? 'cookie_malformed' : 'click_id_malformed', 'it is not well formed'] as const,
    too_old: ['click_too_old', 'the click is older than 90 days'] as const,
    in_future: ['click_in_future', 'the click is later than the event'] as const,
  }[problem];
  return { code, path, message: `${what} was left out: ${why}.` };
}

export const cookieUnusual = (name: 'fbc' | 'fbp'): Warning => ({
  code: 'cookie_malformed',
  path: `user_data.${name}`,
  message: `${name} does not look like the ${name} cookie.`,
});
