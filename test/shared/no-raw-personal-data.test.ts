import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../shared/config/config.ts';
import { actions } from '../../shared/meta/actions/actions.ts';
import type { PersonalDataPolicy } from '../../shared/meta/privacy/personal-data.ts';
import type { CompiledDestination } from '../../shared/meta/destination.ts';
import { planEvent } from '../../shared/delivery/plan.ts';
import { ecommerceMappings } from '../../shared/meta/presets/ecommerce-mappings.ts';
import { offlineConversions } from '../../shared/meta/presets/offline-conversions.ts';
import { segmentMappings } from '../../shared/meta/presets/segment-mappings.ts';
import { standardEventMappings, standardEventRows } from '../../shared/meta/presets/standard-event-mappings.ts';
import type { JsonObject } from '../../shared/segment/event.ts';
import { now } from '../support/factories.ts';
import { compiled } from './meta/presets/plan-at.ts';

type DestinationInput = ConfigInput['destinations'][string];

const options = { actionSource: 'system_generated' } as const;
const events = [
  'Order Completed',
  'Checkout Started',
  'Product Added',
  'Product Viewed',
  'Products Searched',
  ...standardEventRows.flatMap(({ from }) => from),
];

/** Every preset, and every action with its defaults and all properties as custom data. */
function destinationsUnder(personalData: PersonalDataPolicy): Promise<CompiledDestination[]> {
  const everything = Object.keys(actions).map((action) => ({
    name: action,
    action,
    trigger: 'type = "track"',
    fields: {
      ...(action === 'standard' && { event_name: 'Lead' }),
      action_source: 'app',
      event_id: { '@template': `${action}-{{messageId}}` },
      app_data_field: { use_app_data: true, version: 'i2', osVersion: '17.5' },
      ...(action !== 'pageView' && { custom_data: { '@path': '$.properties' } }),
    },
  }));
  const destination = (mappings: DestinationInput['mappings']): DestinationInput => ({
    datasetId: '1',
    accessTokenSecret: 'token',
    mappings,
    personalData,
  });
  const trackEvents = Object.fromEntries(['Any', ...events].map((event) => [event, ['1']]));
  const offline = offlineConversions({ trackEvents, audiences: { regular: ['2'] }, accessTokenSecret: 'token' });
  return compiled({
    ours: destination([...ecommerceMappings(options), ...standardEventMappings(options)]),
    segment: destination(segmentMappings(options)),
    everything: destination(everything),
    ...Object.fromEntries(Object.entries(offline).map(([name, each]) => [name, { ...each, personalData }])),
  });
}

const digits = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: least, maxLength: most });
const word = fc.string({ unit: fc.constantFrom(...'abcdefgXYZ0123456789'), minLength: 3, maxLength: 12 });
const email = fc
  .tuple(word, fc.constantFrom('', '.', '+', '-', '_'), word, word, fc.constantFrom('com', 'co.uk', 'example', 'Io'))
  .map(([first, mark, second, host, end]) => `${first}${mark}${second}@${host}.${end}`);
const phone = fc
  .tuple(fc.constantFrom('+1', '+49', '+852'), fc.constantFrom(' ', '-', '.', ''), digits(3, 3), digits(4, 6))
  .map(([code, mark, first, second]) => `${code}${mark}${first}${mark}${second}`);
const phoneName = fc.constantFrom('phone', 'Phone', 'phone_number', 'mobilePhone', 'billing_phone', 'telephone');

/** How a value may be written: as it is, with blanks around it, in capitals, percent-encoded. */
const writings: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => ` ${value}  `,
  (value) => value.toUpperCase(),
  encodeURIComponent,
  (value) => encodeURIComponent(encodeURIComponent(value)),
];
const written = (value: string) => fc.constantFrom(...writings).map((write) => write(value));
const embedded = (value: string) =>
  fc
    .tuple(written(value), fc.constantFrom('', 'to ', 'see: ', '(', 'https://a.example/?x=1&e=', 'https://a.example/'))
    .map(([text, before]) => `${before}${text}`);

const properties = (personal: fc.Arbitrary<string>, bare: string) => {
  const known = ['order_id', 'product_id', 'sku', 'query', 'category', 'status', 'coupon', 'name', 'email', 'url'];
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, personal, fc.constant(12.5), tie('list'), tie('bag')),
    list: fc.array(tie('tree'), { maxLength: 3 }),
    bag: fc.dictionary(fc.oneof(fc.constantFrom(...known), personal), tie('tree'), { maxKeys: 4 }),
  }));
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...known, 'note', 'extra'), tree, { maxKeys: 6 }),
      fc.dictionary(phoneName, fc.constantFrom<unknown>(bare, Number(bare), [bare]), { maxKeys: 2 }),
      fc.array(fc.record({ product_id: personal, quantity: fc.constant(1) }), { maxLength: 2 }),
    )
    .map(([free, phones, products]) => ({ revenue: 5, currency: 'EUR', products, ...free, ...phones }));
};

const url = (personal: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('u/', '', '?e=', '?a=1&q=red+shoes+', '?', '#', '#/u/', '?r=%2Fx%3Fe%3D'), personal)
    .map(([before, text]) => `https://shop.example/${before}${text.trim()}`);

const scenario = fc.tuple(email, phone).chain(([address, number]) => {
  const personal = fc.oneof(embedded(address), embedded(number));
  const link = url(
    fc.oneof(written(address), written(number), fc.constant(encodeURIComponent(number).replaceAll('%20', '+'))),
  );
  const traits = fc.record({ email: written(address), phone: fc.constant(number), regular: fc.constant(true) });
  const lone = fc.constantFrom(address, number);
  const orAlone = (usual: string) => fc.oneof({ arbitrary: fc.constant(usual), weight: 3 }, lone);
  const segment = fc.record({
    type: fc.constantFrom('track', 'track', 'track', 'page', 'identify'),
    event: fc.oneof(
      { arbitrary: fc.constantFrom('Any', ...events), weight: 9 },
      lone.map((text) => `Invited ${text}`),
    ),
    messageId: orAlone('m-1'),
    userId: fc.oneof(fc.constant('user-1'), fc.constant(address)),
    timestamp: fc.constant('2026-03-10T11:59:00.000Z'),
    traits,
    properties: fc
      .tuple(properties(personal, number.replaceAll(/\D/g, '')), orAlone('fb.1.1772900000000.1'), orAlone('fb.1.2.x'))
      .map(([bag, fbp, fbc]) => ({ fbp, fbc, ...bag })),
    context: fc.record({
      traits,
      page: fc.record({ url: link, referrer: link }),
      userAgent: fc.oneof(
        fc.constant('Browser/1.0'),
        lone.map((text) => `Bot/1.0 (${text})`),
      ),
      device: fc.record({ model: orAlone('iPhone17,1'), advertisingId: orAlone('7a3cbea0') }),
    }),
  });
  return fc.record({
    address: fc.constant(address),
    number: fc.constant(number),
    event: fc.tuple(segment, fc.constantFrom(...dialects)).map(([call, speak]) => speak(call, address, number)),
  });
});

type Dialect = (call: JsonObject, address: string, number: string) => JsonObject;

/** The same call as the libraries of Segment, RudderStack and Customer.io write it. */
const dialects: readonly Dialect[] = [
  (call) => call,
  (call, address, number) => ({
    ...call,
    anonymousId: address,
    rudderId: address,
    channel: 'web',
    originalTimestamp: call['timestamp'],
    integrations: { All: true, 'Facebook Conversions API': { email: address } },
    context: {
      ...(call['context'] as JsonObject),
      externalId: [{ type: 'email', id: address }],
      library: { name: 'RudderLabs JavaScript SDK', version: '3.0.0' },
      page: { ...pageOf(call), initial_referrer: '$direct', title: address, search: `?to=${number}` },
      campaign: { name: address },
    },
  }),
  (call, address, number) => ({
    ...call,
    userId: address,
    person_id: address,
    identifiers: { email: address },
    context: { ...(call['context'] as JsonObject), library: { name: 'Customer.io Data Pipelines' }, recipient: number },
    properties: {
      ...(call['properties'] as JsonObject),
      recipient: address,
      customer: { cio_id: '1', email: address },
    },
  }),
];

const pageOf = ({ context }: JsonObject): JsonObject => (context as JsonObject)['page'] as JsonObject;

/** As given, in lower case, and percent-encoded once and twice, with `%20` and `+` for blanks; a phone's bare digits too. */
function traces(address: string, number: string): string[] {
  const forms = [address, number].flatMap((value) => {
    const encoded = encodeURIComponent(value);
    return [value, encoded, encoded.replaceAll('%20', '+'), encodeURIComponent(encoded), value.replaceAll(' ', '+')];
  });
  return [...forms, number.replaceAll(/\D/g, '')].map((form) => form.toLowerCase());
}

describe('a server event of any default mapping', () => {
  it.each<PersonalDataPolicy>(['remove', 'hash'])('holds no raw email or phone (%s)', async (policy) => {
    const destinations = await destinationsUnder(policy);
    let ready = 0;

    fc.assert(
      fc.property(scenario, ({ event, address, number }) => {
        const forbidden = traces(address, number);
        for (const destination of destinations) {
          for (const verdict of planEvent(event, destination, now)) {
            if (verdict.status !== 'ready') continue;
            ready++;
            const text = `${verdict.json} ${JSON.stringify(verdict.warnings)}`.toLowerCase();
            expect(forbidden.filter((trace) => text.includes(trace))).toEqual([]);
          }
        }
      }),
      { numRuns: 400 },
    );

    expect(ready).toBeGreaterThan(1_000);
  });

  it('holds both where the destination says so, which is how the search above could fail', async () => {
    const destinations = await destinationsUnder('send');
    const event = {
      type: 'track',
      event: 'Any',
      messageId: 'm-1',
      userId: 'user-1',
      timestamp: '2026-03-10T11:59:00.000Z',
      properties: { note: 'ann@example.com', phone: '+16505551212' },
    };

    const texts = destinations
      .flatMap((destination) => planEvent(event, destination, now))
      .map((each) => JSON.stringify(each));

    expect(texts.some((text) => text.includes('ann@example.com') && text.includes('+16505551212'))).toBe(true);
  });
});
