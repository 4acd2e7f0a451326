import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../functions/ingest/client-address.ts';

const cloudFront = '130.176.0.1';

describe('clientAddress', () => {
  it.each([
    { title: 'is the connection without a proxy', proxies: 0, forwarded: '9.9.9.9', address: cloudFront },
    { title: 'is what the proxy saw', proxies: 1, forwarded: `203.0.113.7, ${cloudFront}`, address: '203.0.113.7' },
    {
      title: 'is what the proxy saw, if the gateway adds nothing',
      proxies: 1,
      forwarded: '203.0.113.7',
      address: '203.0.113.7',
    },
    {
      title: 'is not what the client claims',
      proxies: 1,
      forwarded: `9.9.9.9, 203.0.113.7, ${cloudFront}`,
      address: '203.0.113.7',
    },
    { title: 'keeps IPv6', proxies: 1, forwarded: `2001:db8::1,${cloudFront}`, address: '2001:db8::1' },
    { title: 'is the connection when nothing was forwarded', proxies: 1, forwarded: undefined, address: cloudFront },
  ])('$title', ({ proxies, forwarded, address }) => {
    expect(clientAddress(cloudFront, forwarded, proxies)).toBe(address);
  });
});
