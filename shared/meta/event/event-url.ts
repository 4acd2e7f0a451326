/** A scheme and a host, of names in any script or an address of IPv6, with what may stand around it. */
const wholeUrl = /^https?:\/\/(?:[^\s/?#\\@]*@)?([^\s/?#\\@<>{}|^"`%[\]]+|\[[\da-f:.]+\](?::\d+)?)(?:[/?#\\]|$)/i;

/** It begins as a name does, or an address of IPv6. */
const namesHost = /^[\p{L}\p{N}[_-]/u;
const nobodysHost = /^(?:undefined|null|none|nan)(?::\d+)?$/i;

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
  if (!raw.startsWith(usualStart)) return undefined;
  let end = usualStart.length;
  while (end < raw.length && isHost(raw.charCodeAt(end))) end++;
  const isWhole = end > usualStart.length && (end === raw.length || raw.charCodeAt(end) === slash);
  const last = raw.charCodeAt(raw.length - 1);
  // A host without a dot takes a closer look.
  const dotAt = raw.indexOf('.', usualStart.length);
  if (dotAt <= usualStart.length || dotAt >= end) return undefined;
  return isWhole && last > 0x20 && last < 0x7f ? raw : undefined;
}

const slash = 47;

/** Letters, digits, dots and hyphens of ASCII. */
const isHost = (code: number): boolean =>
  ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;

/** The rule of {@link eventUrl}. */
export function generalEventUrl(raw: string): string | undefined {
  const url = raw.trim();
  const host = wholeUrl.exec(url)?.[1];
  return host === undefined || !namesHost.test(host) || nobodysHost.test(host) ? undefined : url;
}
