import { longestSearched } from '../meta/privacy/search-allowance.ts';
import type { Warning } from '../meta/event/warning.ts';
import { dropFixes } from '../reasons/drop-reasons.ts';
import { fill } from '../reasons/reason.ts';
import { problemsThatWarn, warningFixes } from '../reasons/warnings.ts';

/** The fix of a warning of the mapper, with the names that the warning gives. */
export function warningFix(warning: Warning): string {
  switch (warning.code) {
    case 'content_left_out':
      return warningFixes[`content_left_out.${warning.part}`];
    case 'cookie_malformed':
      return fill(warningFixes.cookie_malformed, { cookie: warning.path.replace('user_data.', '_') });
    case 'field_left_out':
    case 'field_replaced':
      return fill(warningFixes[warning.code], warning);
    case 'match_key_left_out':
      return dropFixes[warning.reason];
    case 'text_too_long':
      return fill(warningFixes.text_too_long, { characters: longestSearched.toLocaleString('en') });
    case 'event_source_url_missing':
    case 'user_agent_missing':
    case 'user_data_insufficient':
      return problemsThatWarn[warning.code].fix;
    default:
      return warningFixes[warning.code];
  }
}
