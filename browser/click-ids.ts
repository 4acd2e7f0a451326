/** Where a visitor's ids are kept; in a page, `document`, `localStorage` if the browser allows it, and `location`. */
export interface IdStore {
  readonly document: { cookie: string };
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): void } | undefined;
  readonly location: { readonly hostname: string; readonly protocol: string };
}

/** Meta's ids of a click on an ad and of a browser, as its cookies have them. */
export interface ClickIds {
  readonly fbc: string | undefined;
  readonly fbp: string | undefined;
}

const key = 'fb_clicks';
const fbclidOf = (click: string | undefined): string | undefined => click?.split('.')[1];

/** A click that a URL names, as `<milliseconds>.<fbclid>`; letter case counts. */
export function clickIn(search: string, now: number): string | undefined {
  const fbclid = /[?&]fbclid=([\w-]+)/.exec(search)?.[1];
  return fbclid && `${now}.${fbclid}`;
}

/**
 * The visitor's ids, after writing what is missing: the newest click of the last 90 days under the time at which it was first
 * seen, and a browser id. Newer ones of the Pixel's stay.
 *
 * @param click that the page's URL named
 * @param mayWrite whether anything is written; without it the ids are those that are there
 */
export function clickIds(
  { document, storage, location }: IdStore,
  click: string | undefined,
  now: number,
  mayWrite: boolean,
): ClickIds {
  const read = (name: string): string | undefined => document.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1];
  /** Writes to the widest domain that takes a cookie, as the Pixel does: the number in it says how many labels that has. */
  const write = (name: string, rest: string): string => {
    const labels = location.hostname.split('.');
    let value = `fb.1.${rest}`;
    if (mayWrite)
      labels.some((_, at) => {
        value = `fb.${at}.${rest}`;
        const domain = labels.slice(-1 - at).join('.');
        const secure = location.protocol === 'https:' ? ';secure' : '';
        document.cookie = `${name}=${value};domain=${domain};path=/;max-age=7776000;samesite=lax${secure}`;
        return read(name) === value;
      });
    return value;
  };
  const fbc = read('_fbc');
  const current = fbc?.slice(5);
  const clicks = [...(storage?.getItem(key) ?? '').split(' '), current ?? '', click ?? '']
    .filter((each) => now - parseInt(each, 10) < 7776e6)
    .sort((one, other) => parseInt(one, 10) - parseInt(other, 10))
    .filter((each, at, all) => all.findIndex((other) => fbclidOf(other) === fbclidOf(each)) === at);
  if (mayWrite) storage?.setItem(key, clicks.join(' '));
  const newest = clicks.at(-1);
  return {
    fbc: newest && (fbclidOf(newest) === fbclidOf(current) ? fbc : write('_fbc', newest)),
    fbp: read('_fbp') ?? (mayWrite ? write('_fbp', `${now}.${String(Math.random()).slice(2, 12)}`) : undefined),
  };
}
