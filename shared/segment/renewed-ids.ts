import { isObject } from './event.ts';

/** Form of Meta's cookies: labels of the domain less one, milliseconds, click id or random number, perhaps an appendix. */
const form = /^fb\.([0-2])\.(\d{13})\.[A-Za-z0-9_-]{1,3000}(?:\.[A-Za-z0-9_-]{2,8})?$/;
const ninetyDaysInSeconds = 7_776_000;
const names = ['_fbp', '_fbc'] as const;

/**
 * Meta's cookies as the server sets them again, since browsers cut the life of those that scripts write to seven days: what the
 * browser has, or what the page says where that is newer. Only for a page of the same site: the cookies' domain, which their own
 * number tells, is above the endpoint's name and above the page's.
 *
 * @param given `{ fbp, fbc }` from the page
 * @param host that the page sent the request to
 * @returns values of `Set-Cookie`; readable by scripts, since the Pixel reads them
 */
export function renewedIds(
  { cookie, origin }: Readonly<Record<string, string | undefined>>,
  given: unknown,
  host: string | undefined,
): string[] {
  const endpoint = hostnameOf(`https://${host}`);
  const page = hostnameOf(origin);
  if (endpoint === undefined || page === undefined) return [];
  return names.flatMap((name) => {
    const value = newest(cookieNamed(name, cookie), isObject(given) ? given[name.slice(1)] : undefined);
    const domain = value && domainOf(value, endpoint, page);
    if (value === undefined || domain === undefined) return [];
    const attributes = [`Max-Age=${ninetyDaysInSeconds}`, 'Path=/', ...domain, 'Secure', 'SameSite=Lax'];
    return [`${name}=${value}; ${attributes.join('; ')}`];
  });
}

const hostnameOf = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : URL.parse(url)?.hostname;

const cookieNamed = (name: string, header: string | undefined): string | undefined =>
  header
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** The value that was made last; of two of the same time, the browser's. */
function newest(...values: readonly unknown[]): string | undefined {
  let best: { readonly value: string; readonly time: number } | undefined;
  for (const value of values) {
    const time = typeof value === 'string' ? Number(form.exec(value)?.[2] ?? Number.NaN) : Number.NaN;
    if (typeof value === 'string' && time > (best?.time ?? 0)) best = { value, time };
  }
  return best?.value;
}

/** The attribute for the cookie's domain; none of it where only this host has the cookie. */
function domainOf(value: string, endpoint: string, page: string): readonly string[] | undefined {
  const labels = Number(form.exec(value)?.[1]) + 1;
  const domain = endpoint.split('.').slice(-labels).join('.');
  const isAbove = (host: string): boolean => host === domain || host.endsWith(`.${domain}`);
  if (labels > 1 && /[a-z]/i.test(domain) && isAbove(endpoint) && isAbove(page)) return [`Domain=${domain}`];
  return endpoint === page ? [] : undefined;
}
