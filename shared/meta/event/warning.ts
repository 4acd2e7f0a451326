import type { DropReason } from '../user-data/hash.ts';

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
  | { readonly code: 'match_key_left_out'; readonly reason: DropReason }
  | {
      readonly code:
        | 'cookie_malformed'
        | 'currency_left_out'
        | 'currency_missing'
        | 'event_source_url_missing'
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

export const matchKeyLeftOut = (path: string, name: string, reason: DropReason): Warning => ({
  code: 'match_key_left_out',
  path,
  message: `${name} was left out: ${reason}.`,
  reason,
});
