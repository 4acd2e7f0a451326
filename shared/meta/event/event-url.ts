/** A scheme and a host. */
const wholeUrl = /^https?:\/\/[^\s/?#\\]+/i;

/**
 * A URL as Meta takes it: whole, of http or https, without the blanks around it. In apps and tests a page stands at all sorts of other
 * places: `about:blank`, `file:///…`, `capacitor://localhost`, `/settings`.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event#event-source-url
 */
export const eventUrl = (raw: string): string | undefined => plainEventUrl(raw) ?? generalEventUrl(raw);

const usualStart = 'https://';

/** Fast twin of {@link generalEventUrl} for URLs as browsers have them: undefined for all others. */
export function plainEventUrl(raw: string): string | undefined {
  const last = raw.charCodeAt(raw.length - 1);
  const isPlain = raw.startsWith(usualStart) && isLetterOrDigit(raw.charCodeAt(usualStart.length));
  return isPlain && last > 0x20 && last < 0x7f ? raw : undefined;
}

const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);

/** The rule of {@link eventUrl}. */
export function generalEventUrl(raw: string): string | undefined {
  const url = raw.trim();
  return wholeUrl.test(url) ? url : undefined;
}
