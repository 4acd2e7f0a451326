import { describe, expect, it } from 'vitest';
import { UserData } from '../../../../shared/meta/event/server-event.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { writeUserData } from '../../../../shared/meta/user-data/user-data.ts';
import { strengthOfKeys } from '../../../../shared/meta/user-data/user-data-keys.ts';
import { userDataNames } from '../../../../shared/meta/user-data/match-key-table.ts';
import type { Warning } from '../../../../shared/meta/event/warning.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { messagesOf } from '../../../support/messages.ts';

const occurredAt = new Date('2026-03-10T11:59:00.000Z');
const now = new Date('2026-03-10T12:00:00.000Z');

function make(mapped: JsonObject, asSegment = false): { data: JsonObject; warnings: string[] } {
  const warnings: Warning[] = [];
  const values = userDataNames.map((name) => mapped[name]);
  const { json } = writeUserData(values, { occurredAt, now, asSegment, sha256: sha256Hex }, warnings);
  return { data: JSON.parse(json), warnings: messagesOf(warnings) };
}

describe('writeUserData', () => {
  it('normalises, hashes and names every match key', () => {
    const { data, warnings } = make({
      externalId: 'User-1',
      email: ' Ann.Lee@Example.com ',
      phone: '+1 (650) 555-1212',
      gender: 'Female',
      dateOfBirth: '1990-02-28',
      lastName: 'Lee',
      firstName: 'Ann',
      city: 'San Francisco',
      state: 'California',
      zip: '94105-1234',
      country: 'United States',
    });

    expect(data).toEqual({
      external_id: [sha256Hex('user-1')],
      em: sha256Hex('ann.lee@example.com'),
      ph: sha256Hex('16505551212'),
      ge: sha256Hex('f'),
      db: sha256Hex('19900228'),
      ln: sha256Hex('lee'),
      fn: sha256Hex('ann'),
      ct: sha256Hex('sanfrancisco'),
      st: sha256Hex('ca'),
      zp: sha256Hex('94105'),
      country: sha256Hex('us'),
    });
    expect(warnings).toEqual([]);
    expect(UserData.safeParse(data).success).toBe(true);
  });

  it('sends what is never hashed as it is', () => {
    const { data } = make({
      client_user_agent: 'Browser/1.0',
      subscriptionID: 's-1',
      leadID: 123,
      fbLoginID: '90071992547409931',
      anonId: 'XZ1',
      madId: 'AD-1',
      partner_id: 'p-1',
      partner_name: 'Partner',
      ctwa_clid: 'c-1',
      client_ip_address: '203.0.114.9',
      fbp: 'fb.1.1596403881668.1116446470',
      fbc: 'fb.1.1772900000000.abc',
    });

    expect(data).toEqual({
      client_user_agent: 'Browser/1.0',
      subscription_id: 's-1',
      lead_id: 123,
      fb_login_id: '90071992547409931',
      anon_id: 'XZ1',
      madid: 'AD-1',
      partner_id: 'p-1',
      partner_name: 'Partner',
      ctwa_clid: 'c-1',
      client_ip_address: '203.0.114.9',
      fbp: 'fb.1.1596403881668.1116446470',
      fbc: 'fb.1.1772900000000.abc',
    });
  });

  it('completes a phone number with the country of the person', () => {
    expect(make({ phone: '(650) 555-1212', country: 'us' }).data['ph']).toBe(sha256Hex('16505551212'));
  });

  it('collects several values of one person, each once', () => {
    const { data } = make({
      email: 'a@example.com',
      emails: ['A@example.com', 'b@example.com', ''],
      externalId: ['user-1', 'visitor-1', 'user-1'],
    });

    expect(data['em']).toEqual([sha256Hex('a@example.com'), sha256Hex('b@example.com')]);
    expect(data['external_id']).toEqual([sha256Hex('user-1'), sha256Hex('visitor-1')]);
  });

  it('reads the first twenty values of a list', () => {
    const emails = Array.from({ length: 5_000 }, (_, index) => `a${index}@example.com`);

    const { data, warnings } = make({ emails });

    expect(data['em']).toEqual(emails.slice(0, 20).map(sha256Hex));
    expect(warnings).toEqual(['emails: the values after the first 20 were left out.']);
  });

  it('keeps digests, and says which value it left out, without quoting it', () => {
    const { data, warnings } = make({ email: sha256Hex('a@example.com').toUpperCase(), phone: 'call me', gender: 'x' });

    expect(data).toEqual({ em: sha256Hex('a@example.com') });
    expect(warnings).toEqual([
      'phone was left out: not a phone number of 7 to 15 digits.',
      'gender was left out: neither female nor male.',
    ]);
  });

  it('makes nothing of nothing', () => {
    expect(make({}).data).toEqual({});
  });

  describe('the click id', () => {
    const url = 'https://shop.example/?fbclid=AbC_d-1&x=1#top';

    it.each<[string, JsonObject, string | undefined]>([
      ['is the mapped one', { fbc: 'fb.1.1772900000000.abc', clickUrl: '?a=b' }, 'fb.1.1772900000000.abc'],
      ['is made from the landing page', { clickUrl: url }, `fb.1.${occurredAt.getTime()}.AbC_d-1`],
      [
        'is made from the page before when the page has none',
        { clickUrl: 'https://shop.example/cart', clickReferrer: url },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      [
        'is rather made from the page than from the one before',
        { clickUrl: url, clickReferrer: 'https://shop.example/?fbclid=older' },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      ['is made from its parts', { fbc: { fbclid: 'abc', observed_at_ms: 1772900000000 } }, 'fb.1.1772900000000.abc'],
      [
        'is taken from the page when the mapped one is damaged',
        { fbc: 'fb.1.x.abc', clickUrl: url },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      ['is made from an fbclid alone', { fbc: 'abc' }, `fb.1.${occurredAt.getTime()}.abc`],
      [
        'of the last hour is newer than that of the page: it is of another tab',
        { fbc: `fb.1.${occurredAt.getTime() - 60_000}.Newer`, clickUrl: url },
        `fb.1.${occurredAt.getTime() - 60_000}.Newer`,
      ],
      ['is made from the query', { clickSearch: '?fbclid=AbC_d-1' }, `fb.1.${occurredAt.getTime()}.AbC_d-1`],
      [
        'is made from the page where its click is another one',
        { fbc: 'fb.1.1772900000000.older', clickUrl: url },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      [
        'is made from the page before where its click is another one',
        { fbc: 'fb.1.1772900000000.older', clickUrl: 'https://shop.example/', clickReferrer: url },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      [
        'keeps its time and appendix where the page has the same click',
        // Of five parts the fourth is the click.
        { fbc: 'fb.1.1772900000000.AbC_d-1.AQECAQMB', clickUrl: url },
        'fb.1.1772900000000.AbC_d-1.AQECAQMB',
      ],
      ['does not become young again by a bookmark', { fbc: 'fb.1.1664000000000.AbC_d-1', clickUrl: url }, undefined],
      [
        'is the mapped one when that of the page is damaged',
        { fbc: 'fb.1.1772900000000.abc', clickUrl: '?fbclid=%3Cscript%3E' },
        'fb.1.1772900000000.abc',
      ],
      [
        'is looked for further when that of the page is damaged',
        { clickUrl: '?fbclid=undefined', clickReferrer: url },
        `fb.1.${occurredAt.getTime()}.AbC_d-1`,
      ],
      ['is missing without a click', { clickUrl: 'https://shop.example/' }, undefined],
      ['is missing when it is damaged', { fbc: 'fb.' }, undefined],
    ])('%s', (_, mapped, expected) => {
      expect(make(mapped).data['fbc']).toBe(expected);
    });

    it.each<[JsonObject, string]>([
      [{ fbc: 'fb.1.x.abc' }, 'fbc was left out: it is not well formed.'],
      [{ fbc: 'fb.1.x.abc', clickUrl: url }, 'fbc was left out: it is not well formed.'],
      [{ fbc: 'undefined' }, 'fbc was left out: it means nobody.'],
      [{ fbc: 'fb.1.1664000000000.abc' }, 'fbc was left out: the click is older than 90 days.'],
      [{ fbc: 'fb.1.1773230000000.abc' }, 'fbc was left out: the click is later than the event.'],
      [{ clickUrl: '?fbclid=a%20b' }, 'The fbclid of clickUrl was left out: it is not well formed.'],
      [{ clickSearch: '?fbclid=null' }, 'clickSearch was left out: it means nobody.'],
      [{ fbp: 'GA1.2.3' }, 'fbp was left out: it is not well formed.'],
    ])('says why there is none: %j', (mapped, warning) => {
      expect(make(mapped).warnings).toEqual([warning]);
    });

    it('says nothing where a newer click takes the place of an old one', () => {
      expect(make({ fbc: 'fb.1.1664000000000.abc', clickUrl: url }).warnings).toEqual([]);
    });
  });

  describe('a full name', () => {
    it('is taken apart where neither first nor last name is given', () => {
      expect(make({ fullName: 'Doe, John' }).data).toEqual({ ln: sha256Hex('doe'), fn: sha256Hex('john') });
    });

    it('is not needed beside either of them', () => {
      expect(make({ fullName: 'Doe, John', firstName: 'Ann' }).data).toEqual({ fn: sha256Hex('ann') });
    });

    it.each(['jane@shop.example', 'Guest', 'Mr.'])('is left out when it is none: %s', (fullName) => {
      expect(make({ fullName })).toEqual({ data: {}, warnings: ['fullName was left out: no name.'] });
    });
  });

  it.each(['00000000-0000-0000-0000-000000000000', 'unknown', 'null'])('leaves out the advertising id %s', (madId) => {
    expect(make({ madId })).toEqual({ data: {}, warnings: ['madId was left out: it means nobody.'] });
  });

  it('leaves out a lead id of zero', () => {
    expect(make({ leadID: 0 })).toEqual({ data: {}, warnings: ['leadID was left out: it means nobody.'] });
  });

  it.each([
    ['10.0.0.1', undefined],
    ['127.0.0.1', undefined],
    ['not an address', undefined],
    ['2001:4860:4860::8888', '2001:4860:4860::8888'],
  ])('sends the address %s as %s', (raw, expected) => {
    const { data, warnings } = make({ client_ip_address: raw });

    expect(data['client_ip_address']).toBe(expected);
    expect(warnings).toHaveLength(expected === undefined ? 1 : 0);
  });

  describe('as a last resort', () => {
    it('sends values the way Segment cleans them', () => {
      expect(make({ phone: '12', city: ' 9 ', client_ip_address: '10.0.0.1' }, true).data).toEqual({
        ph: sha256Hex('12'),
        ct: sha256Hex('9'),
        client_ip_address: '10.0.0.1',
      });
    });

    it('changes nothing when a match key is left', () => {
      expect(make({ phone: '12', email: 'a@example.com' }, true).data).toEqual({ em: sha256Hex('a@example.com') });
    });
  });
});

describe('strengthOfKeys', () => {
  it.each([
    ['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent'],
    ['client_user_agent'],
    ['db', 'client_user_agent'],
    ['fn', 'ge'],
    ['ln', 'ge'],
    ['fn'],
  ])('finds %s alone too broad', (...keys) => {
    expect(strengthOfKeys(keys)).toBe('weak');
  });

  it.each([
    [['em']],
    [['external_id']],
    [['client_ip_address', 'client_user_agent']],
    [['fn', 'ln']],
    [['db', 'zp']],
    [['fbp']],
    [['fn', 'ct']],
  ])('finds %s good enough', (keys) => {
    expect(strengthOfKeys(keys)).toBe('enough');
  });
});
