import { BlockList, isIP } from 'node:net';
import type { Config } from '../../shared/config/config.ts';
import { proxyRanges } from './proxy-ranges.ts';

export interface ClientAddress {
  /** The address that connected to the API. */
  readonly connectedFrom: string;
  /** `X-Forwarded-For`. */
  readonly forwardedFor: string | undefined;
  /** `Forwarded`, which some proxies write instead. @see https://www.rfc-editor.org/rfc/rfc7239 */
  readonly forwarded?: string | undefined;
}

/**
 * Tells the address a request came from, seen through proxies of ours. Each of them adds the address that connected to it at the end
 * of `X-Forwarded-For`. What stands further to the left than the first address that is no proxy's is what the client says, and is
 * not believed; addresses of private networks between proxies are passed over.
 *
 * @param hops how many proxies the stack itself put before the API
 * @param trusted the configuration's `trustedProxies`
 * @returns undefined when only addresses of proxies and private networks are known
 */
export function clientAddressReader(
  hops: number,
  trusted: Config['trustedProxies'],
): (request: ClientAddress) => string | undefined {
  const allHops = hops + (typeof trusted === 'number' ? trusted : 0);
  const proxies = typeof trusted === 'object' ? rangesOf(trusted) : undefined;
  const hasProxies = allHops > 0 || proxies !== undefined;
  return ({ connectedFrom, forwardedFor, forwarded }) => {
    const named = chainOf(connectedFrom, forwardedFor);
    const chain =
      hasProxies && forwarded && named.length === 1 ? chainOf(connectedFrom, addressesIn(forwarded)) : named;
    // Before the first of its places nothing is known: the proxy named nobody.
    let place = chain.length - 1 - allHops;
    while (hasProxies && (isWithin(privateRanges, chain[place]) || (proxies && isWithin(proxies, chain[place]))))
      place--;
    const address = chain[place];
    return address !== undefined && isIP(address) !== 0 && !isWithin(privateRanges, address) ? address : undefined;
  };
}

const mostForwarded = 30;

function chainOf(connectedFrom: string, forwardedFor = ''): readonly string[] {
  const forwarded = forwardedFor
    .split(',')
    .slice(-mostForwarded)
    .map(bareAddress)
    .filter((address) => address !== '');
  const connection = bareAddress(connectedFrom);
  // API Gateway adds the connection too.
  return forwarded.at(-1) === connection ? forwarded : [...forwarded, connection];
}

/** The addresses of `for=192.0.2.60;proto=http, For="[2001:db8::1]:4711"`, as a list. A nameless one keeps its place. */
const addressesIn = (forwarded: string): string =>
  forwarded
    .slice(-longestForwarded)
    .split(',')
    .map((each) => /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]*)/i.exec(each)?.[1]?.replaceAll('"', '') ?? '')
    .map((address) => address || 'unknown')
    .join(',');

/** In characters: as much as the last addresses take. */
const longestForwarded = 4_000;

/** Some proxies add the port, brackets around an address of IPv6, and the zone of one that is only good on their own network. */
function bareAddress(text: string): string {
  const address = text.trim().replace(/%[^\]]*(?=\]|$)/, '');
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/.exec(address)?.[1] ?? address;
  return bare.replace(/^::ffff:(?=\d+\.)/i, '');
}

function rangesOf(trusted: readonly string[]): BlockList {
  const list = new BlockList();
  for (const each of trusted) {
    for (const range of Object.hasOwn(proxyRanges, each) ? proxyRanges[each as keyof typeof proxyRanges] : [each]) {
      add(list, range);
    }
  }
  return list;
}

function add(list: BlockList, range: string): void {
  const [address = '', bits] = range.split('/');
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}

function isWithin(list: BlockList, address: string | undefined): boolean {
  const version = address === undefined ? 0 : isIP(address);
  return version !== 0 && list.check(address as string, version === 4 ? 'ipv4' : 'ipv6');
}

/** Private, local and shared networks, whose addresses say nothing of who is behind them. */
const privateRanges = new BlockList();
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::/127', 'fc00::/7', 'fe80::/10'],
]) {
  add(privateRanges, range);
}
