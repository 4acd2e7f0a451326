/** What the click ids of a visitor are worked out from; in a page, the page's own. */
export interface IdStore {
  /** `document` */
  readonly cookies: { cookie: string };
  /** `localStorage`; undefined where the browser forbids it. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly location: Pick<Location, 'hostname' | 'protocol'>;
}

/** Meta's ids of a click on an ad and of a browser, as its cookies have them. */
export interface ClickIds {
  readonly fbc?: string | undefined;
  readonly fbp?: string | undefined;
}

/** A click and when it was first seen, in milliseconds. */
export type Click = readonly [time: number, fbclid: string];

const longestAgeMs = 7776e6;
const key = 'meta_clicks';

/** The click that a URL names; letter case counts. */
export const clickIn = (search: string, now: number): Click | undefined => {
  const fbclid = /[?&]fbclid=([\w-]+)/.exec(search)?.[1];
  return fbclid ? [now, fbclid] : undefined;
};

const cookieNamed = ({ cookies }: IdStore, name: string): string | undefined =>
  cookies.cookie.match(`(?:^|; )${name}=([^;]+)`)?.[1];

/** Writes a cookie to the widest domain that takes it, as the Pixel does: the number in it says how many labels that has. */
function write(store: IdStore, name: string, [time, payload]: Click): string | undefined {
  const { hostname, protocol } = store.location;
  const labels = hostname.split('.');
  for (let at = labels.length - 1; at >= 0; at--) {
    const value = `fb.${labels.length - 1 - at}.${time}.${payload}`;
    const domain = labels.slice(at).join('.');
    const secure = protocol === 'https:' ? ';secure' : '';
    store.cookies.cookie = `${name}=${value};domain=${domain};path=/;max-age=7776000;samesite=lax${secure}`;
    if (cookieNamed(store, name) === value) return value;
  }
  return undefined;
}

/**
 * The visitor's ids, after writing what is missing: the newest click of the last 90 days under the time at which it was first
 * seen, and a browser id. Newer ones of the Pixel's stay. Nobody calls this before the visitor may be recognised.
 *
 * @param click that the page's URL named, and when
 */
export function clickIds(store: IdStore, click: Click | undefined, now: number): ClickIds {
  const cookie = cookieNamed(store, '_fbc');
  const seen = new Map<string, number>();
  const see = (time: number, fbclid = ''): void => {
    if (fbclid && now - time < longestAgeMs) seen.set(fbclid, Math.min(time, seen.get(fbclid) ?? time));
  };
  for (const kept of store.storage?.getItem(key)?.split(' ') ?? []) {
    const [time, fbclid] = kept.split('.');
    see(Number(time), fbclid);
  }
  const [, , time, current] = cookie?.split('.') ?? [];
  see(Number(time), current);
  if (click) see(...click);
  const [newest] = [...seen].sort(([, one], [, other]) => other - one);
  store.storage?.setItem(key, [...seen].map(([fbclid, at]) => `${at}.${fbclid}`).join(' '));
  const fbp = cookieNamed(store, '_fbp') ?? write(store, '_fbp', [now, String(Math.random()).slice(2, 12)]);
  if (!newest || newest[0] === current) return { fbc: newest && cookie, fbp };
  const written: Click = [newest[1], newest[0]];
  return { fbc: write(store, '_fbc', written) ?? `fb.1.${written.join('.')}`, fbp };
}
