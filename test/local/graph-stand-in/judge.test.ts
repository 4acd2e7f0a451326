import { describe, expect, it } from 'vitest';
import { judge } from '../../../local/graph-stand-in/judge.ts';
import { appEvent, emailDigest, now, nowSeconds, serverEvent } from './server-events.ts';

const hour = 3_600;
const day = 24 * hour;
const upTo = (seconds: number) => ({ event_time: nowSeconds - seconds });
const knownBy = (userData: object, overrides: object = {}) => serverEvent({ user_data: userData, ...overrides });
const purchase = (customData?: object) => serverEvent({ event_name: 'Purchase', custom_data: customData });
const messaging = (overrides: object) =>
  knownBy({ page_id: '1', ctwa_clid: 'c' }, { action_source: 'business_messaging', ...overrides });
const limited = (overrides: object, userData: object = { em: emailDigest }) =>
  knownBy(userData, { data_processing_options: ['LDU'], ...overrides });

const accepted: readonly (readonly [string, object])[] = [
  ['an event with every usual member', serverEvent()],
  ['no event id', serverEvent({ event_id: undefined })],
  ['a member that is null', serverEvent({ referrer_url: null, custom_data: null })],
  ['members that are not documented', serverEvent({ extra: 1, custom_data: { anything: { at: ['all'] } } })],
  ['an event of exactly 7 days ago', serverEvent(upTo(7 * day))],
  ['a store event of exactly 62 days ago', serverEvent({ ...upTo(62 * day), action_source: 'physical_store' })],
  ['a clock 5 minutes ahead', serverEvent(upTo(-5 * 60))],
  ['a list of digests', knownBy({ em: [emailDigest, emailDigest] })],
  ['a digest with an appendix of 8', knownBy({ em: `${emailDigest}.AQQAAQIB` })],
  ['a digest with an appendix of 2', knownBy({ em: `${emailDigest}.Aw` })],
  ['an MD5 digest', knownBy({ em: emailDigest.slice(32) })],
  ['an empty key beside a good one', knownBy({ em: emailDigest, ph: '', fn: [] })],
  ['an external id as it is', knownBy({ external_id: ['user-1'] })],
  ['a lead id as text', knownBy({ lead_id: '12345678901234567' })],
  ['a lead id as a number', knownBy({ lead_id: 123456789012345 })],
  ['first and last name', knownBy({ fn: emailDigest, ln: emailDigest })],
  ['a birthday and a postal code', knownBy({ db: emailDigest, zp: emailDigest })],
  ['an address on the network and nothing else', knownBy({ client_ip_address: '203.0.113.7' })],
  ['a purchase of nothing', purchase({ value: 0, currency: 'EUR' })],
  ['a value in text', purchase({ value: '1.00', currency: 'EUR' })],
  ['a currency in lower case', purchase({ value: 1, currency: 'eur' })],
  ['an app event', appEvent()],
  ['an Android app event', appEvent({ 0: 'a2' })],
  ['a lead in a chat', messaging({ messaging_channel: 'whatsapp', event_name: 'LeadSubmitted' })],
  ['a click id', knownBy({ fbc: 'fb.1.1554763741205.AbCd_-1' })],
  ['a click id with an appendix', knownBy({ fbc: 'fb.1.1554763741205.AbCd.AQQCAQIB' })],
  [
    'a kind of customer, within custom data',
    serverEvent({ custom_data: { customer_segmentation: 'customer_in_loyalty_program' } }),
  ],
  [
    'an attribution that is appended',
    serverEvent({
      event_name: 'AppendAttribution',
      original_event_data: { event_name: 'Purchase', event_time: nowSeconds - day },
      attribution_data: { attribution_share: 1, attribution_model: 'linear' },
    }),
  ],
  ['no limit to data processing', serverEvent({ data_processing_options: [] })],
  ['a state that Meta locates', limited({ data_processing_options_country: 0, data_processing_options_state: 0 })],
  ['Rhode Island', limited({ data_processing_options_country: 1, data_processing_options_state: 1013 })],
  ['limited data use with an address', limited({}, { client_ip_address: '203.0.113.7' })],
];

const refused: readonly (readonly [string, unknown, number?])[] = [
  ['no object', 'event'],
  ['null', null],
  ['a list', []],
  ['no event name', serverEvent({ event_name: undefined })],
  ['a cookie that is no click id', knownBy({ fbc: 'undefined' }), 2804001],
  ['a click id within another', knownBy({ fbc: 'fb.1.1554763741205.fb.1.1554763741205.x' }), 2804001],
  ['a click id in seconds', knownBy({ fbc: 'fb.1.1554763741.AbCd' }), 2804001],
  ['a URL of an app', serverEvent({ event_source_url: 'capacitor://localhost/' })],
  ['a path for a URL', serverEvent({ event_source_url: '/thanks' })],
  ['an attribution of nothing', serverEvent({ event_name: 'AppendAttribution' })],
  [
    'an attribution of three days later',
    serverEvent({
      event_name: 'AppendAttribution',
      original_event_data: { event_name: 'Purchase', event_time: nowSeconds - 3 * day },
    }),
  ],
  ['a share of more than all', serverEvent({ attribution_data: { attribution_share: 1.5 } })],
  ['an unknown model', serverEvent({ attribution_data: { attribution_model: 'best' } })],
  ['an unknown kind of customer', serverEvent({ custom_data: { customer_segmentation: 'new' } })],
  ['a wrong flag', serverEvent({ opt_out: 'yes' })],
  ['an original time in text', serverEvent({ original_event_data: { event_time: '2026-11-01' } })],
  ['an empty event name', serverEvent({ event_name: '' })],
  ['a time in ISO text', serverEvent({ event_time: now.toISOString() })],
  ['a time in text', serverEvent({ event_time: String(nowSeconds) })],
  ['a fraction of a second', serverEvent({ event_time: nowSeconds - 0.5 })],
  ['a time in milliseconds', serverEvent({ event_time: now.getTime() })],
  ['more than 7 days', serverEvent(upTo(7 * day + 1)), 2804003],
  ['more than 62 days in a store', serverEvent({ ...upTo(62 * day + 1), action_source: 'physical_store' }), 2804003],
  ['more than 5 minutes ahead', serverEvent(upTo(-5 * 60 - 1))],
  ['no action source', serverEvent({ action_source: undefined })],
  ['an unknown action source', serverEvent({ action_source: 'Website' })],
  ['an event id that is a number', serverEvent({ event_id: 7 })],
  ['no user data', serverEvent({ user_data: undefined })],
  ['empty user data', knownBy({}), 2804050],
  ['user data of empty values', knownBy({ em: '', ph: [], external_id: null }), 2804050],
  ['a key that is none', knownBy({ shoe_size: '42' }), 2804050],
  ['a user agent alone', knownBy({ client_user_agent: 'Mozilla/5.0' }), 2804050],
  ['the whole of one broad set', knownBy(digests('ct', 'country', 'st', 'zp', 'ge')), 2804050],
  ['a birthday and a user agent', knownBy({ ...digests('db'), client_user_agent: 'x' }), 2804050],
  ['a first name and a gender', knownBy(digests('fn', 'ge')), 2804050],
  ['a last name and a gender', knownBy(digests('ln', 'ge')), 2804050],
  ['an email address as it is', knownBy({ em: 'jane@example.com' })],
  ['one plain value in a list', knownBy({ em: [emailDigest, 'jane@example.com'] })],
  ['a digest in upper case', knownBy({ ph: emailDigest.toUpperCase() })],
  ['a digest with a wrong appendix', knownBy({ em: `${emailDigest}.ZZ` })],
  ['a digest that is a number', knownBy({ ph: 491701234567 })],
  ['a list of addresses on the network', knownBy({ client_ip_address: ['203.0.113.7'] })],
  ['a lead id of 14 digits', knownBy({ lead_id: '12345678901234' }), 2804036],
  ['a lead id with letters', knownBy({ lead_id: 'l:123456789012345' }), 2804036],
  ['a login id with letters', knownBy({ fb_login_id: 'abc' })],
  ['a purchase with no custom data', purchase(), 2804009],
  ['a purchase without value', purchase({ currency: 'EUR' }), 2804009],
  ['a purchase without currency', purchase({ value: 1 })],
  ['a purchase with an empty currency', purchase({ value: 1, currency: '' })],
  ['a value in words', purchase({ value: 'ten', currency: 'EUR' })],
  ['an empty value', purchase({ value: '', currency: 'EUR' })],
  ['a currency that there is not', purchase({ value: 1, currency: 'EUU' })],
  ['a currency sign', purchase({ value: 1, currency: '€' })],
  ['a content without an id', purchase({ value: 1, currency: 'EUR', contents: [{ quantity: 1 }] })],
  ['half an item', serverEvent({ custom_data: { num_items: 1.5 } })],
  ['an unknown way of delivery', serverEvent({ custom_data: { delivery_category: 'drone' } })],
  ['an app event without app data', serverEvent({ action_source: 'app' })],
  ['an app event without consent to tracking', appEvent({}, { advertiser_tracking_enabled: undefined })],
  ['consent to tracking in text', appEvent({}, { advertiser_tracking_enabled: '1' })],
  ['an app event of 15 entries', appEvent({}, { extinfo: ['i2', ...Array(14).fill('1')] })],
  ['15 entries in another event', serverEvent({ app_data: { extinfo: ['i2', ...Array(14).fill('1')] } })],
  ['an entry that is no text', appEvent({}, { extinfo: ['i2', ...Array(15).fill(1)] })],
  ['an unknown platform', appEvent({ 0: 'w1' })],
  ['no OS version', appEvent({ 4: '' }), 2804043],
  ['a messaging event without a channel', messaging({})],
  ['a page view in a chat', messaging({ messaging_channel: 'whatsapp', event_name: 'PageView' }), 2804066],
  ['an unknown data processing option', serverEvent({ data_processing_options: ['GDPR'] })],
  ['a country without a state', limited({ data_processing_options_country: 1 })],
  ['a country that is none of two', limited({ data_processing_options_country: 2, data_processing_options_state: 0 })],
  ['an unknown state', limited({ data_processing_options_country: 1, data_processing_options_state: 50 })],
  ['limited data use without state and address', limited({})],
];

function digests(...keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, emailDigest]));
}

describe('judge', () => {
  it.each(accepted)('accepts %s', (_, event) => {
    expect(judge({}, [event], now)).toBeUndefined();
  });

  it.each(refused)('refuses %s', (_, event, subcode) => {
    const error = judge({}, [event], now);
    expect(error).toMatchObject({ status: 400, code: 100, message: 'Invalid parameter' });
    expect(error?.subcode).toBe(subcode);
  });

  it('refuses all for one bad event, and tells neither which nor what it held', () => {
    const bad = knownBy({ em: 'jane@example.com' }, { event_name: 'Secret', event_id: 'bad-one' });
    const error = judge({}, [serverEvent(), bad, serverEvent()], now);
    expect(error).toBeDefined();
    expect(JSON.stringify(error)).not.toMatch(/jane|Secret|bad-one|\[1\]|\.1\b/);
  });

  it('names the member of a wrong type without its place in the request', () => {
    const bad = purchase({ value: 1, currency: 'EUR', contents: [{ id: 'a' }, { id: 7 }] });
    expect(judge({}, [serverEvent(), bad], now)?.means).toMatch(/^custom_data\.contents\.id is/);
  });

  it.each([
    ['no list', undefined],
    ['an empty list', []],
    ['more than 1,000 events', Array(1_001).fill(serverEvent())],
  ])('refuses %s', (_, data) => {
    expect(judge({}, data, now)).toMatchObject({ code: 100 });
  });

  it('accepts 1,000 events', () => {
    expect(judge({}, Array(1_000).fill(serverEvent()), now)).toBeUndefined();
  });

  it.each([
    [{ test_event_code: 'TEST1' }, true],
    [{ test_event_code: 1 }, false],
    [{ upload_tag: 'stores' }, true],
    [{ upload_tag: ['stores'] }, false],
    [{ partner_agent: 'agent-1.0' }, true],
    [{ partner_agent: 'a-1.0' }, false],
    [{ partner_agent: 'agent-of-23-characters!' }, false],
    [{ appsecret_proof: emailDigest }, true],
    [{ appsecret_proof: 'proof' }, false],
  ])('looks at the members beside data: %j', (envelope, fine) => {
    expect(judge(envelope, [serverEvent()], now) === undefined).toBe(fine);
  });
});
