import { describe, expect, it } from 'vitest';
import { clientAddressReader } from '../../../functions/ingest/client-address.ts';
import type { Config } from '../../../shared/config/config.ts';

const cloudFront = '130.176.0.1';
const cloudflare = '172.64.10.1';

interface Case {
  readonly title: string;
  readonly hops?: number;
  readonly trusted?: Config['trustedProxies'];
  readonly from?: string;
  readonly forwarded?: string;
  /** The header of RFC 7239. */
  readonly standard?: string;
  readonly address: string | undefined;
}

const cases: readonly Case[] = [
  { title: 'is the connection without a proxy', forwarded: '9.9.9.9', address: cloudFront },
  { title: 'is what the proxy saw', hops: 1, forwarded: `203.0.113.7, ${cloudFront}`, address: '203.0.113.7' },
  { title: 'is that if the gateway adds nothing', hops: 1, forwarded: '203.0.113.7', address: '203.0.113.7' },
  {
    title: 'is not what the client claims',
    hops: 1,
    forwarded: `9.9.9.9, 203.0.113.7, ${cloudFront}`,
    address: '203.0.113.7',
  },
  { title: 'keeps IPv6', hops: 1, forwarded: `2001:db8::1,${cloudFront}`, address: '2001:db8::1' },
  // DFE-Digital/publish-teacher-training#2859, frappe/agent#560, chrislusf/teeproxy#30: the proxy counts as everybody.
  { title: 'is never the proxy', hops: 1, address: undefined },
  {
    title: 'is seen through the proxies of stack and configuration together',
    hops: 1,
    trusted: 1,
    forwarded: `203.0.113.7, ${cloudflare}, ${cloudFront}`,
    address: '203.0.113.7',
  },
  {
    title: 'is seen through a provider by name',
    trusted: ['cloudflare'],
    from: cloudflare,
    forwarded: '9.9.9.9, 203.0.113.7',
    address: '203.0.113.7',
  },
  {
    title: 'is seen through two providers',
    trusted: ['cloudflare', 'cloudfront'],
    forwarded: `203.0.113.7, ${cloudflare}`,
    address: '203.0.113.7',
  },
  {
    title: 'is seen through a provider of IPv6',
    trusted: ['cloudflare'],
    from: '2606:4700::1111',
    forwarded: '203.0.113.7',
    address: '203.0.113.7',
  },
  {
    title: 'is the connection of who comes past the provider',
    trusted: ['cloudflare'],
    from: '198.51.100.5',
    forwarded: '9.9.9.9',
    address: '198.51.100.5',
  },
  {
    title: 'is unknown when only proxies are known',
    trusted: ['cloudflare'],
    from: cloudflare,
    forwarded: cloudflare,
    address: undefined,
  },
  {
    title: 'is seen through a range and a single address',
    trusted: ['192.0.2.0/24', '198.51.100.9'],
    from: '192.0.2.44',
    forwarded: '203.0.113.7, 198.51.100.9',
    address: '203.0.113.7',
  },
  {
    title: 'is the first public one of a list that begins with private ones',
    trusted: ['cloudflare'],
    from: cloudflare,
    forwarded: '10.1.2.3, 192.168.0.4, 203.0.113.7',
    address: '203.0.113.7',
  },
  {
    title: 'is seen past private addresses between proxies',
    hops: 1,
    forwarded: '203.0.113.7, 10.0.0.5',
    address: '203.0.113.7',
  },
  { title: 'is unknown when it is private', hops: 1, forwarded: '192.168.1.5', address: undefined },
  { title: 'is unknown on this machine', from: '127.0.0.1', forwarded: '9.9.9.9', address: undefined },
  { title: 'is unknown behind "unknown"', hops: 1, forwarded: 'unknown', address: undefined },
  { title: 'loses its port', hops: 1, forwarded: '203.0.113.7:51234', address: '203.0.113.7' },
  { title: 'loses brackets and port', hops: 1, forwarded: '[2001:db8::1]:443', address: '2001:db8::1' },
  // vulcand/oxy#71 (zones), goauthentik/authentik#25679 (ports), primus/forwarded-for#7, lpinca/forwarded-parse#7 (bare IPv6).
  { title: 'loses its zone', hops: 1, forwarded: '2001:db8::1%eth0', address: '2001:db8::1' },
  { title: 'is unknown on the own network', hops: 1, forwarded: 'fe80::1%25en0', address: undefined },
  { title: 'loses brackets, zone and port', hops: 1, forwarded: '[2001:db8::1%v (a b)]:443', address: '2001:db8::1' },
  {
    title: 'is what Forwarded says where a proxy writes that alone',
    hops: 1,
    forwarded: cloudFront,
    standard: 'for=203.0.113.7;proto=https;by=192.0.2.1',
    address: '203.0.113.7',
  },
  {
    title: 'is quoted IPv6 with a port',
    trusted: ['cloudflare'],
    from: cloudflare,
    standard: 'for=9.9.9.9, For="[2001:db8::17]:4711";proto=https',
    address: '2001:db8::17',
  },
  {
    title: 'is seen past private addresses in Forwarded',
    hops: 1,
    standard: 'for=203.0.113.7, for=10.0.0.9, for="10.0.0.8:80"',
    address: '203.0.113.7',
  },
  { title: 'is bare IPv6 in Forwarded', hops: 1, standard: 'by=192.0.2.1;for=2001:db8::5', address: '2001:db8::5' },
  { title: 'is unknown behind a nameless Forwarded', hops: 1, standard: 'for=_hidden;proto=http', address: undefined },
  {
    title: 'is unknown behind a Forwarded without it',
    hops: 1,
    standard: 'for=9.9.9.9, proto=http',
    address: undefined,
  },
  { title: 'is not what Forwarded says without a proxy', standard: 'for=9.9.9.9', address: cloudFront },
  {
    title: 'is not what Forwarded says beside X-Forwarded-For',
    hops: 1,
    forwarded: '203.0.113.7',
    standard: 'for=9.9.9.9',
    address: '203.0.113.7',
  },
  { title: 'is IPv4 where that is written as IPv6', from: '::ffff:203.0.113.7', address: '203.0.113.7' },
];

describe('clientAddressReader', () => {
  it.each(cases)('$title', ({ hops = 0, trusted, from = cloudFront, forwarded, standard, address }) => {
    const request = { connectedFrom: from, forwardedFor: forwarded, forwarded: standard };

    expect(clientAddressReader(hops, trusted)(request)).toBe(address);
  });

  it('looks at the last thirty addresses of a list at most', () => {
    const forwardedFor = Array.from({ length: 5_000 }, () => '10.0.0.1').join(',');

    expect(clientAddressReader(1, undefined)({ connectedFrom: cloudFront, forwardedFor })).toBeUndefined();
  });
});
