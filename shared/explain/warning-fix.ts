import { longestSearched } from '../meta/privacy/search-allowance.ts';
import type { Warning } from '../meta/event/warning.ts';
import { dropReasons } from '../reasons/drop-reasons.ts';
import { fill } from '../reasons/reason.ts';
import { warnings } from '../reasons/warnings.ts';

/** The fix of a warning of the mapper, with the names that the warning gives. */
export function warningFix(warning: Warning): string {
  switch (warning.code) {
    case 'content_left_out':
      return warnings.content_left_out.cases[warning.part].fix;
    case 'cookie_malformed':
      return fill(warnings.cookie_malformed.fix, { cookie: warning.path.replace('user_data.', '_') });
    case 'field_left_out':
    case 'field_replaced':
      return fill(warnings[warning.code].fix, warning);
    case 'match_key_left_out':
      return dropReasons[warning.reason].fix;
    case 'text_too_long':
      return fill(warnings.text_too_long.fix, { characters: longestSearched.toLocaleString('en') });
    default:
      return warnings[warning.code].fix;
  }
}
