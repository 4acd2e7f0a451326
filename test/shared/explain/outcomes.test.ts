import { describe, expect, it } from 'vitest';
import { orderCompleted } from '../../../examples/order-completed.ts';
import { pageViewed } from '../../../examples/page-viewed.ts';
import { identify, track } from '../../support/factories.ts';
import { explained, explainedBy, fieldOf } from './support.ts';

const purchase = orderCompleted.mapping;
const custom = {
  name: 'Custom',
  action: 'custom',
  trigger: 'type = "track" or type = "identify"',
  fields: { action_source: 'website', event_name: 'Probe' },
};
const order = { revenue: 25, currency: 'EUR' };
const site = { context: { userAgent: 'Firefox', page: { url: 'https://a.example/' } } };

describe('explained mappings', () => {
  it('tells a mapping whose trigger does not match by its trigger alone', async () => {
    const { mappings, skipped } = await explained(orderCompleted.in, [purchase, pageViewed.mapping]);

    expect(skipped).toBeUndefined();
    expect(mappings[1]).toEqual({
      name: pageViewed.mapping.name,
      action: 'pageView',
      title: 'Page View',
      trigger: 'type = "page"',
      matches: false,
      fields: [],
      warnings: [],
      matchKeys: { present: [], missing: [] },
    });
  });

  it('skips the second of two that send the same event', async () => {
    const twin = { ...purchase, name: 'Twin', trigger: 'type = "track"' };
    const { mappings } = await explained(orderCompleted.in, [purchase, twin]);

    expect(mappings[1]?.outcome).toEqual({ status: 'skipped', reason: 'same_event_already_mapped' });
  });

  it('leaves mappings out that are switched off', async () => {
    const { mappings } = await explained(orderCompleted.in, [purchase, { ...custom, enabled: false }]);

    expect(mappings.map(({ name }) => name)).toEqual(['Purchase']);
  });
});

describe('gates', () => {
  it.each([
    ['no_mapping_matches', track('Unknown'), {}],
    ['integrations_excluded', { ...orderCompleted.in, integrations: { All: false } }, {}],
    [
      'consent_missing',
      { ...orderCompleted.in, context: { consent: { categoryPreferences: { advertising: false } } } },
      { consentCategories: ['advertising'] },
    ],
  ])('%s has its reason, a message and a fix', async (reason, event, more) => {
    const { skipped, mappings } = await explained(event, [purchase], more);

    expect(skipped).toEqual({ reason, message: expect.stringMatching(/\.$/), fix: expect.stringMatching(/\.$/) });
    expect(mappings.map(({ outcome, fields }) => [outcome, fields])).toEqual([[undefined, []]]);
  });
});

describe('problems', () => {
  it.each([
    {
      title: 'a Purchase without currency',
      event: track('Order Completed', { revenue: 25 }, site),
      problem: {
        code: 'field_missing',
        message: 'The required field currency is missing.',
        path: 'currency',
        fix: 'Send it as properties.currency, or change the mapping of currency.',
      },
    },
    {
      title: 'a Purchase without value',
      event: track('Order Completed', { currency: 'EUR' }, site),
      problem: {
        code: 'field_missing',
        message: 'The required field value is missing.',
        path: 'value',
        fix: 'Send it as properties.revenue, properties.total or properties.value, or change the mapping of value.',
      },
    },
    {
      title: 'a currency that is none',
      event: track('Order Completed', { revenue: 1, currency: 'BTC?' }, site),
      problem: { code: 'currency_invalid', path: 'currency', fix: 'Send an ISO 4217 code such as USD.' },
    },
    {
      title: 'no user agent',
      event: track('Order Completed', order, { context: { page: { url: 'https://a.example/' } } }),
      problem: { code: 'user_agent_missing', path: 'user_data.client_user_agent' },
    },
    {
      title: 'an old event',
      event: track('Order Completed', order, { ...site, timestamp: '2026-02-01T00:00:00Z' }),
      problem: { code: 'event_too_old', path: 'event_time' },
    },
    {
      title: 'nobody',
      event: track('Order Completed', order, { ...site, userId: undefined }),
      problem: { code: 'user_data_insufficient', path: 'user_data' },
    },
    {
      title: 'text for a number',
      event: track('Order Completed', { ...order, revenue: { amount: 25 } }, site),
      problem: { code: 'field_invalid', message: 'Value must be an amount of zero or more.', path: 'value' },
    },
  ])('says what to do about $title', async ({ event, problem }) => {
    const { outcome } = await explainedBy(purchase, event);

    if (outcome?.status !== 'dead') throw new Error(`The event is ${outcome?.status}.`);
    expect(outcome.problems).toMatchObject([{ ...problem, fix: problem.fix ?? expect.stringMatching(/\.$/) }]);
  });

  it('sends nothing of a dead event', async () => {
    const result = await explainedBy(purchase, track('Order Completed', { revenue: 25 }, site));

    expect(result.fields.filter((field) => 'path' in field || 'sent' in field)).toEqual([]);
    expect(fieldOf('value', result)?.raw).toBe(25);
  });

  it('asks for a value that nothing in the mapping gives', async () => {
    const mapping = { name: 'Bare', action: 'purchase', defaults: false, fields: { action_source: 'other' } };
    const { outcome } = await explainedBy(mapping, track('Order Completed', order));

    expect(outcome?.status === 'dead' ? outcome.problems : []).toContainEqual({
      code: 'field_missing',
      message: 'The required field value is missing.',
      path: 'value',
      fix: 'Give value a value in the mapping: it has none.',
    });
  });
});

describe('warnings', () => {
  it.each([
    ['user_data.zip', 'match_key_left_out', { context: { ...site.context, traits: { address: { postalCode: '-' } } } }],
    ['user_data.email', 'match_key_md5', { context: { ...site.context, traits: { email: 'b'.repeat(32) } } }],
    ['event_source_url', 'event_source_url_missing', { context: { userAgent: 'Firefox' } }],
    ['user_data.client_user_agent', 'user_agent_missing', { context: { page: { url: 'https://a.example/' } } }],
    ['user_data.client_ip_address', 'ip_address_left_out', { context: { ...site.context, ip: '10.0.0.1' } }],
    ['user_data.fbp', 'cookie_malformed', { ...site, properties: { fbp: 'fb.1.x' } }],
    [
      'event_source_url',
      'personal_data_removed',
      { context: { userAgent: 'F', page: { url: 'https://a.example/a@b.example' } } },
    ],
  ])('about %s has the code %s', async (path, code, overrides) => {
    const { warnings } = await explainedBy(custom, track('Any', {}, overrides));

    expect(warnings).toEqual([{ code, path, message: expect.any(String), fix: expect.stringMatching(/\.$/) }]);
  });
});

describe('advice on match keys', () => {
  it('lists what there is and what would help, best first', async () => {
    const event = track(
      'Any',
      {},
      { ...site, context: { ...site.context, traits: { firstName: 'Ann', phone: '+4930123456' } } },
    );
    const { matchKeys } = await explainedBy(custom, event);

    expect(matchKeys.present).toEqual(['ph', 'external_id', 'client_user_agent', 'fn']);
    expect(matchKeys.missing.slice(0, 4)).toEqual([
      { key: 'em', title: 'Email address', how: 'Put it into context.traits.email or properties.email of the event.' },
      {
        key: 'fbc',
        title: 'Click id',
        how: expect.stringContaining('properties.fbc, context.page.url, context.page.search or context.page.referrer'),
      },
      { key: 'fbp', title: 'Browser id', how: expect.stringContaining('properties.fbp') },
      { key: 'client_ip_address', title: 'IP address', how: expect.stringContaining('context.ip') },
    ]);
  });

  it('asks for the traits of an identify call', async () => {
    const { matchKeys } = await explainedBy(custom, identify({}, site));

    expect(matchKeys.missing[0]?.how).toBe('Put it into context.traits.email or traits.email of the event.');
  });

  it('wants nothing of a browser where there is none', async () => {
    const mapping = { ...custom, fields: { ...custom.fields, action_source: 'physical_store' } };
    const { matchKeys } = await explainedBy(mapping, track('Any'));

    expect(matchKeys.missing.map(({ key }) => key)).not.toContain('fbp');
    expect(matchKeys.missing.map(({ key }) => key)).toContain('em');
  });

  it('says that a value came and was of no use', async () => {
    const { matchKeys } = await explainedBy(custom, track('Any', { email: 'ann' }, site));

    expect(matchKeys.missing[0]?.how).toMatch(/^The value that came was left out: Not an email address\. Put it into /);
  });

  it('says that the mapping does not read a key', async () => {
    const mapping = {
      ...custom,
      defaults: false,
      fields: { ...custom.fields, event_time: { '@path': '$.timestamp' }, user_data: { phone: '+4930123456' } },
    };
    const { matchKeys } = await explainedBy(mapping, track('Any', {}, site));

    expect(matchKeys.missing[0]?.how).toBe('The mapping does not read it: fill user_data.email.');
  });

  it('counts the keys of an event that came to nothing', async () => {
    const { matchKeys, outcome } = await explainedBy(purchase, track('Order Completed', {}, site));

    expect(outcome?.status).toBe('dead');
    expect(matchKeys.present).toEqual(['external_id', 'client_user_agent']);
  });
});
