import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import {
  generalIpAddress,
  plainIpAddress,
  publicIpAddress,
} from '../../../../../shared/meta/user-data/normalisers/ip-address.ts';

/**
 * Ranges that the oracle knows and that count as public here: documentation and translation, which no proxy of a shop
 * has. They begin with digits that no private network has, and examples are written with them.
 */
const publicHere: ReadonlySet<string> = new Set([
  'unicast',
  'reserved',
  'as112',
  'as112v6',
  'amt',
  '6to4',
  '6to4RelayAnycast',
  'teredo',
  'rfc6145',
  'rfc6052',
  'rfc3849',
  'orchid2',
  'droneRemoteIdProtocolEntityTags',
  'discard',
  'benchmarking',
  'deprecatedOrchid',
  'deprecatedSiteLocal',
]);
/** Of those, the parts that are closed here as well. */
const isClosedHere = (address: string): boolean => /^(?:2[4-5]\d\.|198\.1[89]\.|fe[c-f])/i.test(address);

const expected = (address: string): boolean => {
  const parsed = ipaddr.process(address);
  return publicHere.has(parsed.range()) && !isClosedHere(parsed.toString()) && !address.startsWith('::');
};

describe('ranges of addresses against ipaddr.js', () => {
  it.each([
    ['0.255.255.255', '1.0.0.0'],
    ['10.255.255.255', '11.0.0.0'],
    ['100.127.255.255', '100.128.0.0'],
    ['100.64.0.0', '100.63.255.255'],
    ['127.255.255.255', '128.0.0.0'],
    ['127.0.0.0', '126.255.255.255'],
    ['169.254.255.255', '169.255.0.0'],
    ['169.254.0.0', '169.253.255.255'],
    ['172.16.0.0', '172.15.255.255'],
    ['172.31.255.255', '172.32.0.0'],
    ['192.168.0.0', '192.167.255.255'],
    ['192.168.255.255', '192.169.0.0'],
    ['198.18.0.0', '198.17.255.255'],
    ['198.19.255.255', '198.20.0.0'],
    ['224.0.0.0', '223.255.255.255'],
    ['fc00::1', 'fbff::1'],
    ['fdff::1', 'fe00::1'],
    ['fe80::1', 'fe7f::1'],
    ['feff::1', 'fe00::2'],
    ['ff02::1', 'fe7f::2'],
  ])('%s is closed, %s beside it is not', (closed, open) => {
    expect(publicIpAddress(closed)).toBeUndefined();
    expect(publicIpAddress(open)).toBe(open);
  });

  it('agree about IPv4', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(publicIpAddress(address) !== undefined).toBe(expected(address));
      }),
      { numRuns: 5_000, seed: 14 },
    );
  });

  it('agree about IPv6', () => {
    const first = fc.constantFrom(
      '2001:db8',
      '2a02:8108',
      '2001:0',
      'fc00',
      'fd12',
      'fe80',
      'fec0',
      'ff02',
      '2002:c000',
      '3fff',
      '64:ff9b',
      '2620:4f',
    );
    const rest = fc.array(
      fc.integer({ min: 1, max: 0xffff }).map((group) => group.toString(16)),
      { minLength: 1, maxLength: 5 },
    );

    fc.assert(
      fc.property(first, rest, (start, groups) => {
        const address = `${start}::${groups.join(':')}`;

        expect(publicIpAddress(address) !== undefined).toBe(expected(address));
      }),
      { numRuns: 2_000, seed: 14 },
    );
  });
});

describe('plainIpAddress', () => {
  it('fast equals general', () => {
    let answered = 0;

    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended()),
        fc.constantFrom('', '.AQQCAQIB', ':80', '%eth0'),
        (ip, tail) => {
          const text = `${ip}${tail}`;
          const fast = plainIpAddress(text);
          if (fast === undefined) return;

          answered++;
          expect(generalIpAddress(text)).toBe(fast);
        },
      ),
      { numRuns: 3_000, seed: 14 },
    );
    expect(answered).toBeGreaterThan(150);
  });
});
