import { appendix } from './appendix.ts';

const longestText = 1_000;

const withAppendix = new RegExp(`^(.+?)(\\.${appendix})?$`);
const bracketed = /^\[([^\]]*)\](?::\d+)?$/;
const dotted = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const withPort = /^([\d.]+):\d+$/;

/** Ranges no browser on the internet has: [network, bits]. */
const closedNetworks = (
  [
    ['0.0.0.0', 8], // "this" network
    ['10.0.0.0', 8], // private
    ['100.64.0.0', 10], // carrier-grade NAT
    ['127.0.0.0', 8], // loopback
    ['169.254.0.0', 16], // link-local
    ['172.16.0.0', 12], // private
    ['192.168.0.0', 16], // private
    ['198.18.0.0', 15], // benchmarking
    ['224.0.0.0', 3], // multicast and reserved
  ] as const
).map(([network, bits]) => ({ network: readIpv4(network) ?? 0, size: 2 ** (32 - bits) }));

/** The same by the first 16 bits of an IPv6 address. */
const closedPrefixes = [
  { prefix: 0xfc00, size: 2 ** 9 }, // unique-local
  { prefix: 0xfe80, size: 2 ** 7 }, // link-local and the former site-local
  { prefix: 0xff00, size: 2 ** 8 }, // multicast
] as const;

/**
 * Address of the person's browser as Meta takes it: IPv4 or IPv6, never hashed, spelling and appendix kept.
 *
 * Reads `X-Forwarded-For` (the first address counts), brackets, ports and zones away.
 *
 * @returns undefined when the first address is none, or is private, loopback, link-local or otherwise not public
 */
export function publicIpAddress(raw: string): string | undefined {
  if (raw.length > longestText) return undefined;
  const end = raw.indexOf(',');
  const first = (end === -1 ? raw : raw.slice(0, end)).trim();
  const plain = readIpv4(first);
  if (plain !== undefined) return isPublicIpv4(plain) ? first : undefined;
  const [, tagged = '', tag = ''] = withAppendix.exec(first) ?? [];
  const address = bare(tagged);

  const ipv4 = readIpv4(address);
  if (ipv4 !== undefined) return isPublicIpv4(ipv4) ? address + tag : undefined;

  const groups = readIpv6(address);
  if (groups === undefined) return undefined;
  const mapped = mappedIpv4(groups);
  if (mapped !== undefined) return isPublicIpv4(mapped) ? writeIpv4(mapped) + tag : undefined;
  return isPublicIpv6(groups) ? address + tag : undefined;
}

function bare(text: string): string {
  const address = bracketed.exec(text)?.[1] ?? withPort.exec(text)?.[1] ?? text;
  const zone = address.indexOf('%');
  return zone === -1 ? address : address.slice(0, zone);
}

/** The address as a number; octets with leading zeros are refused, since some read them as octal. */
function readIpv4(text: string): number | undefined {
  const octets = dotted.exec(text);
  if (octets === null) return undefined;
  let address = 0;
  for (let index = 1; index <= 4; index++) {
    const octet = Number(octets[index]);
    if (octet > 255) return undefined;
    address = address * 256 + octet;
  }
  return address;
}

const writeIpv4 = (address: number): string =>
  [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');

const isPublicIpv4 = (address: number): boolean =>
  !closedNetworks.some(({ network, size }) => address >= network && address < network + size);

/** The eight groups of an IPv6 address, which may end in a dotted IPv4 address. */
function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::', 3).map(readGroups);
  const [head, tail] = halves;
  if (head === undefined || halves.length > 2 || halves.includes(undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  const complete = tail === undefined ? missing === 0 : missing > 0;
  return complete ? [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])] : undefined;
}

function readGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':', 9);
  for (const [index, part] of parts.entries()) {
    const dotted = index === parts.length - 1 ? readIpv4(part) : undefined;
    if (dotted !== undefined) groups.push(dotted >>> 16, dotted & 0xffff);
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** `::ffff:203.0.113.9` is how a dual-stack socket shows an IPv4 client. */
function mappedIpv4(groups: readonly number[]): number | undefined {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? high * 65_536 + low : undefined;
}

function isPublicIpv6(groups: readonly number[]): boolean {
  const [first = 0] = groups;
  const isUnspecifiedOrLoopback = groups.slice(0, 6).every((group) => group === 0);
  return (
    !isUnspecifiedOrLoopback && !closedPrefixes.some(({ prefix, size }) => first >= prefix && first < prefix + size)
  );
}
