/** A scheme and a host, of names in any script or an address of IPv6, with what may stand around it. */
const wholeUrl = /^https?:\/\/(?:[^\s/?#\\@]*@)?(?:[^\s/?#\\@<>{}|^"`[\]]+|\[[\da-f:.]+\](?::\d+)?)(?:[/?#\\]|$)/i;

/**
 * A URL as Meta takes it: whole, of http or https, without the blanks around it. In apps and tests a page stands at all sorts of other
 * places: `about:blank`, `file:///…`, `capacitor://localhost`, `/settings`.
 *
 * @see https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/server-event#event-source-url
 */
export function eventUrl(raw: string): string | undefined {
  const url = raw.trim();
  return wholeUrl.test(url) ? url : undefined;
}
