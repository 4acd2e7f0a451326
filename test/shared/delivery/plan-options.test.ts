import { describe, expect, it } from 'vitest';
import { Config, type ConfigInput } from '../../../shared/config/config.ts';
import { ServerEvent } from '../../../shared/meta/event/server-event.ts';
import { compileDestinations } from '../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../shared/meta/destination.ts';
import { planEvent } from '../../../shared/delivery/plan.ts';
import type { JsonObject } from '../../../shared/segment/event.ts';
import { now } from '../../support/factories.ts';
import { messagesOf } from '../../support/messages.ts';
import { order } from './delivery-fixture.ts';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';

type DestinationInput = ConfigInput['destinations'][string];

const purchase = (fields: JsonObject = {}) => ({
  name: 'purchase',
  action: 'purchase',
  fields: { action_source: 'system_generated', ...fields },
});

async function destination(overrides: Partial<DestinationInput>): Promise<CompiledDestination> {
  const usual = { datasetId: '1', accessTokenSecret: 'token', mappings: [purchase()] };
  const config = Config.parse({ sources: {}, destinations: { main: { ...usual, ...overrides } } });
  return (await compileDestinations(config, sha256Hex)).get('main') as CompiledDestination;
}

async function planned(overrides: Partial<DestinationInput>, event: JsonObject) {
  const [verdict] = planEvent(event, await destination(overrides), now);
  if (verdict?.status !== 'ready') return { verdict, event: undefined, warnings: [] };
  return { verdict, event: ServerEvent.parse(JSON.parse(verdict.json)), warnings: messagesOf(verdict.warnings) };
}

const restricted = (country: number, state: number) => ({
  data_processing_options: ['LDU'],
  data_processing_options_country: country,
  data_processing_options_state: state,
});
const unrestricted = { data_processing_options: [] };

describe('Limited Data Use', () => {
  const triple = (dataProcessingOptions: unknown) => ({ dataProcessingOptions });
  const segmentName = 'Facebook Conversions API (Actions)';
  const byIntegrations = (options: unknown) => ({ integrations: { [segmentName]: triple(options) } });
  const byMapping = { data_processing_options: true, data_processing_options_country: 1 };
  const place: [['LDU'], number, number] = [['LDU'], 1, 1005];

  it.each<[string, Partial<DestinationInput>, JsonObject, object]>([
    ['is not spoken of unless somebody does', {}, {}, {}],
    ['comes from the mapping', { mappings: [purchase(byMapping)] }, {}, restricted(1, 0)],
    ['comes from the integrations', {}, byIntegrations([['LDU'], 1, 1000]), restricted(1, 1000)],
    ['comes from the integrations as text', {}, byIntegrations([['LDU'], '1', '1000']), restricted(1, 1000)],
    ['comes from the context', {}, { context: triple([['LDU'], 1, 1000]) }, restricted(1, 1000)],
    ['comes from the destination', { dataProcessingOptions: place }, {}, restricted(1, 1005)],
    ['is switched off by the destination', { dataProcessingOptions: [[]] }, {}, unrestricted],
    ['is switched off by the event', {}, byIntegrations([[]]), unrestricted],
    ['is switched off without a place', {}, byIntegrations([[], 1, 1000]), unrestricted],
    [
      'of the event goes before the destination’s',
      { dataProcessingOptions: place },
      byIntegrations([[]]),
      unrestricted,
    ],
    [
      'of the destination stays where the event’s cannot be read',
      { dataProcessingOptions: place },
      byIntegrations([['XYZ']]),
      restricted(1, 1005),
    ],
    [
      'of the mapping goes before the event’s',
      { mappings: [purchase(byMapping)] },
      byIntegrations([[]]),
      restricted(1, 0),
    ],
  ])('%s', async (_, overrides, members, expected) => {
    const { event = {} } = await planned(overrides, order(1, {}, members));

    const limits = Object.entries(event).filter(([name]) => name.startsWith('data_processing'));
    expect(Object.fromEntries(limits)).toEqual(expected);
  });
});

describe('personal data outside the user data', () => {
  const takenOut = (name: string): string => `${name}: personal data was taken out.`;
  const mappings = [purchase({ custom_data: { '@path': '$.properties' } })];
  const page = { url: 'https://shop.example/?email=ann%40example.com&a=1', referrer: 'https://ann@mail.example/' };
  const call = order(1, { note: 'ann@example.com', by: [{ phone: '6505551212' }] }, { context: { page } });

  it('is taken out unless the destination says otherwise, and how much is said', async () => {
    const { event, warnings } = await planned({ mappings }, call);

    expect(event).toMatchObject({
      event_source_url: 'https://shop.example/?a=1',
      referrer_url: 'https://mail.example/',
    });
    expect(event?.custom_data).toMatchObject({ order_id: 'O-1', revenue: 11, by: [{}] });
    expect(event?.custom_data).not.toHaveProperty('note');
    expect(warnings).toEqual([
      'event_source_url: personal data was taken out.',
      'referrer_url: personal data was taken out.',
      'custom_data: personal data was taken out in 2 places.',
    ]);
  });

  it('is counted in one place, too', async () => {
    const { warnings } = await planned({ mappings }, order(1, { note: 'ann@example.com' }));

    expect(warnings).toEqual(['custom_data: personal data was taken out in 1 place.']);
  });

  it('is hashed where the destination says so', async () => {
    const { event } = await planned({ mappings, personalData: 'hash' }, call);

    expect(event?.custom_data?.['note']).toMatch(/^[0-9a-f]{64}$/);
    expect(event?.event_source_url).toMatch(/^https:\/\/shop\.example\/\?email=[0-9a-f]{64}&a=1$/);
  });

  it('is sent where the destination says so', async () => {
    const { event, warnings } = await planned({ mappings, personalData: 'send' }, call);

    expect(event).toMatchObject({ event_source_url: page.url, referrer_url: page.referrer });
    expect(event?.custom_data).toMatchObject({ note: 'ann@example.com', by: [{ phone: '6505551212' }] });
    expect(warnings).toEqual([]);
  });

  describe('in a member that holds something else', () => {
    const address = 'ann@example.com';
    const fields = {
      action_source: 'app',
      event_name: { '@path': '$.event' },
      app_data_field: { use_app_data: true, version: 'i2', osVersion: '17.5', madId: { '@path': '$.properties.to' } },
      user_data: { subscriptionID: { '@path': '$.properties.to' }, partner_name: 'Partner' },
    };
    const custom = [{ name: 'Any', action: 'custom', trigger: 'type = "track"', fields }];
    const members = {
      event: `Invited ${address}`,
      messageId: `invitation:${address}:1`,
      context: { userAgent: `Bot/1.0 (${address})`, device: { model: `${address}'s phone` } },
    };
    const invited = order(1, { to: address, fbp: address, fbc: '+1 650 555 1212' }, members);

    it('is taken out, and of an id replaced by its digest', async () => {
      const { event, warnings } = await planned({ mappings: custom }, invited);

      expect(event).toMatchObject({ event_name: 'Invited', event_id: `invitation:${sha256Hex(address)}:1` });
      expect(event?.user_data).toEqual({
        external_id: [expect.any(String)],
        client_user_agent: 'Bot/1.0 ()',
        partner_name: 'Partner',
      });
      expect(event?.app_data?.extinfo[5]).toBe("'s phone");
      expect(event?.app_data).not.toHaveProperty('madid');
      expect(warnings).toEqual(expect.arrayContaining(['event_id', 'event_name'].map(takenOut)));
    });

    it('is hashed where the destination says so', async () => {
      const { event } = await planned({ mappings: custom, personalData: 'hash' }, invited);

      expect(event?.event_name).toBe(`Invited ${sha256Hex(address)}`);
      expect(event?.user_data.client_user_agent).toBe(`Bot/1.0 (${sha256Hex(address)})`);
    });

    it('is sent where the destination says so', async () => {
      const { event } = await planned({ mappings: custom, personalData: 'send' }, invited);

      expect(event).toMatchObject({ event_name: members.event, event_id: members.messageId });
      expect(event?.user_data).toMatchObject({ subscription_id: address });
      // No browser's id looks like an address, whatever may be sent.
      expect(event?.user_data).not.toHaveProperty('fbp');
    });
  });

  it('leaves an event without any as it is, with no warning', async () => {
    const { warnings } = await planned({ mappings }, order(1));

    expect(warnings).toEqual([]);
  });
});

describe('a strict destination', () => {
  const website = (action: string) => [
    { name: 'any', action, trigger: 'type = "track"', fields: { action_source: 'website' } },
  ];
  const userAgent = 'Browser/1.0';
  const page = { url: 'https://shop.example/' };

  it.each([
    ['a website event without a user agent', 'custom', { page }, ['user_agent_missing']],
    ['a website event without a URL', 'purchase', { userAgent }, ['event_source_url_missing']],
    ['a website event without either', 'custom', {}, ['user_agent_missing', 'event_source_url_missing']],
  ])('refuses %s', async (_, action, context, codes) => {
    const { verdict } = await planned({ strict: true, mappings: website(action) }, order(1, {}, { context }));

    expect(verdict?.status === 'dead' && verdict.problems.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ['a website event with both', website('custom'), { userAgent, page }],
    ['an event from elsewhere', [purchase()], {}],
  ])('takes %s', async (_, mappings, context) => {
    expect((await planned({ strict: true, mappings }, order(1, {}, { context }))).event).toBeDefined();
  });

  it('is what a destination is not unless it says so', async () => {
    expect((await planned({ mappings: website('custom') }, order(1))).event).toBeDefined();
  });
});
