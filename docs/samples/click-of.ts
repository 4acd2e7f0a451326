/** The click on an ad that led to this page, to be kept with the visitor's session until the order. */
export function clickOf(url: URL, now: Date): { fbclid: string; observed_at_ms: number } | undefined {
  const fbclid = url.searchParams.get('fbclid');
  return fbclid ? { fbclid, observed_at_ms: now.getTime() } : undefined;
}
