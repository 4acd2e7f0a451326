import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../shared/explain/explanation.ts';
import { inEvent, track } from '../../support/factories.ts';
import { explainedBy } from './support.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A website event that nothing stands against, with some fields given otherwise. */
const fieldsWith = ({ user_data, ...fields }: Fields): Fields => ({
  action_source: 'website',
  event_name: 'Lead',
  event_source_url: 'https://a.example/',
  user_data: { email: 'ann@example.com', client_user_agent: 'Firefox', ...unread((user_data ?? {}) as Fields) },
  ...unread(fields),
});

/** Fields hidden from the configuration check: an event may bring what a configuration may not say. */
const unread = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, isWritten(name, value) ? value : inEvent(value)]),
  );

const isWritten = (name: string, value: unknown): boolean =>
  ['leave_out_bad_items', 'user_data', 'app_data_field'].includes(name) || JSON.stringify(value).includes('"@');

async function adviceOn(fields: Fields, { action = 'standard', strict = false } = {}): Promise<readonly Advice[]> {
  const mapping = { name: 'Probe', action, trigger: 'type = "track"', fields: fieldsWith(fields) };
  const { outcome, warnings } = await explainedBy(mapping, track('Any', {}), { strict });
  return outcome?.status === 'dead' ? outcome.problems : warnings;
}

const described = (advice: readonly Advice[]) => advice.map(({ code, path, fix }) => [code, path, fix]);

describe('advice on warnings', () => {
  it('is not given where all is well', async () => {
    expect(await adviceOn({})).toEqual([]);
  });

  it.each<[code: string, path: string, fix: string, fields: Fields, more?: object]>([
    ['currency_left_out', 'currency', 'ISO 4217', { currency: 'euros' }],
    ['currency_missing', 'value', 'properties.currency', { value: 5 }],
    ['field_left_out', 'event_source_url', 'whole URL', { action_source: 'other', event_source_url: 'about:blank' }],
    ['field_replaced', 'data_processing_options', 'true or false', { data_processing_options: 'yes' }],
    ['field_left_out', 'order_id', 'Send it as text.', { order_id: { id: 1 } }],
    ['field_left_out', 'custom_data_without', 'Send it as text.', { custom_data_without: [{}] }],
    ['field_left_out', 'custom_data', 'Send it as an object.', { custom_data: 'none' }],
    ['field_left_out', 'custom_data.num_items', 'whole number', { custom_data: { num_items: 'many' } }],
    ['field_left_out', 'delivery_category', 'one of in_store', { delivery_category: 'ufo' }],
    [
      'user_agent_missing',
      'user_data.client_user_agent',
      'context.userAgent',
      { user_data: { client_user_agent: '' } },
    ],
    ['event_source_url_missing', 'event_source_url', 'context.page.url', { event_source_url: '' }],
    ['personal_data_removed', 'event_source_url', 'outside', { event_source_url: 'https://a.example/?e=a@b.example' }],
    [
      'personal_data_removed',
      'referrer_url',
      'outside user_data',
      { referrer_url: 'https://a.example/?e=a@b.example' },
    ],
    ['personal_data_removed', 'custom_data', 'outside user_data', { custom_data: { note: 'a@b.example' } }],
    ['personal_data_removed', 'event_id', 'outside user_data', { event_id: 'a@b.example' }],
    [
      'personal_data_removed',
      'event_name',
      'outside user_data',
      { event_name: 'Probe a@b.example' },
      { action: 'custom' },
    ],
    ['personal_data_removed', 'user_data.partner_id', 'outside', { user_data: { partner_id: 'a@b.example' } }],
    ['content_left_out', 'contents[0]', 'as an object', { contents: ['sku'] }],
    ['content_left_out', 'contents[1].id', 'product_id', { contents: [{ id: 'a' }, { quantity: 1 }] }],
    ['content_left_out', 'contents[0].quantity', 'whole number', { contents: [{ id: 'a', quantity: 1.5 }] }],
    ['content_left_out', 'contents[0].item_price', 'such as 19.99', { contents: [{ id: 'a', item_price: 'free' }] }],
    [
      'content_left_out',
      'contents[0].delivery_category',
      'in_store',
      { contents: [{ id: 'a', delivery_category: 'ufo' }] },
    ],
    ['field_left_out', 'value', 'Send it as an amount of zero or more.', { value: 'free' }],
    ['field_left_out', 'num_items', 'Send it as a whole number of zero or more.', { num_items: 1.5 }],
    ['field_left_out', 'user_data.leadID', 'Send it as a number of 15 to 17 digits.', { user_data: { leadID: 'one' } }],
    [
      'field_left_out',
      'user_data.leadID',
      'Send it as a number of 15 to 17 digits.',
      { user_data: { leadID: '4711' } },
    ],
    ['field_left_out', 'content_ids', 'Send it as the id of a product.', { content_ids: [{}] }],
    ['match_key_left_out', 'user_data.phone', 'country code', { user_data: { phone: 'call me' } }],
    ['match_key_left_out', 'user_data.emails', 'ann@example.com', { user_data: { emails: ['ann'] } }],
    ['match_key_left_out', 'user_data.city', 'as text', { user_data: { city: { name: 'Rome' } } }],
    ['match_key_left_out', 'user_data.externalId', 'as text', { user_data: { externalId: [{}] } }],
    ['match_key_md5', 'user_data.zip', 'SHA-256', { user_data: { zip: '9e107d9d372bb6826bd81d3542a419d6' } }],
    ['cookie_malformed', 'user_data.fbc', '_fbc cookie', { user_data: { fbc: 'fb.1.x' } }],
    ['cookie_malformed', 'user_data.fbp', '_fbp cookie', { user_data: { fbp: 'mine' } }],
    [
      'ip_address_left_out',
      'user_data.client_ip_address',
      'context.ip',
      { user_data: { client_ip_address: '10.0.0.1' } },
    ],
  ])('%s is about %s and says "… %s …"', async (code, path, fix, fields, more) => {
    expect(described(await adviceOn(fields, more))).toEqual([[code, path, expect.stringContaining(fix)]]);
  });

  it('on the person of a weak event is about user_data as a whole', async () => {
    const [advice] = await adviceOn({ user_data: { email: '', externalId: null } });

    expect(advice).toMatchObject({ code: 'user_data_insufficient', path: 'user_data' });
  });
});

describe('advice on problems', () => {
  it.each<[code: string, path: string, fix: string, fields: Fields, more?: object]>([
    [
      'field_missing',
      'event_name',
      'Send it as properties.title, or',
      { event_name: { '@path': '$.properties.title' } },
    ],
    ['field_missing', 'currency', 'Send it as properties.currency, or', { event_name: 'Purchase', value: 1 }],
    ['field_invalid', 'order_id', 'as the type it must have', { leave_out_bad_items: false, order_id: { id: 1 } }],
    ['field_invalid', 'event_name', 'as the type it must have', { event_name: 'lead' }],
    [
      'app_data_incomplete',
      'app_data_field.osVersion',
      'context.os.version',
      { app_data_field: { use_app_data: true, version: 'i2' } },
    ],
    [
      'field_invalid',
      'app_data_field.version',
      'as the type',
      { leave_out_bad_items: false, app_data_field: { version: inEvent('i3') } },
    ],
    ['field_invalid', 'user_data.email', 'as the type', { leave_out_bad_items: false, user_data: { email: {} } }],
    [
      'content_invalid',
      'contents[1].item_price',
      'Give every product',
      { leave_out_bad_items: false, contents: [{ id: 'a' }, { id: 'b', item_price: 'x' }] },
    ],
    ['currency_invalid', 'currency', 'ISO 4217', { leave_out_bad_items: false, currency: 'euros' }],
    ['action_source_invalid', 'action_source', 'such as website', { action_source: 'web' }],
    ['event_time_invalid', 'event_time', 'ISO 8601', { leave_out_bad_items: false, event_time: 'soon' }],
    ['event_too_new', 'event_time', 'clock', { event_time: '2100-01-01T00:00:00Z' }],
    ['event_too_old', 'event_time', '7 days', { event_time: '2001-01-01T00:00:00Z' }],
    [
      'user_agent_missing',
      'user_data.client_user_agent',
      'context.userAgent',
      { user_data: { client_user_agent: '' } },
      { strict: true },
    ],
    [
      'mapping_failed',
      'custom_data.v',
      'fits the event',
      { custom_data: { v: { '@path': { '@path': '$.properties' } } } },
    ],
  ])('%s is about %s and says "… %s …"', async (code, path, fix, fields, more) => {
    expect(described(await adviceOn(fields, more))).toEqual([[code, path, expect.stringContaining(fix)]]);
  });
});
