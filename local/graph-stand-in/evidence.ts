import type { PageName } from '../../shared/meta/members/pages.ts';

/**
 * Why the stand-in does something: a page of Meta's, or an assumption, which says what it rests on. A page may give the
 * rule and leave the code open: then `note` says where the code is from.
 */
export type Evidence =
  | { readonly source: PageName; readonly note?: string }
  | { readonly assumed: true; readonly note: string };

export const from = (source: PageName, note?: string): Evidence => ({ source, ...(note !== undefined && { note }) });
export const assumed = (note: string): Evidence => ({ assumed: true, note });
