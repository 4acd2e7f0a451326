import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Config, type ConfigInput } from '../../../../shared/config/config.ts';
import { planEvent } from '../../../../shared/delivery/plan.ts';
import { ConfigurationError } from '../../../../shared/errors.ts';
import { explainEvent } from '../../../../shared/explain/explain-event.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import { compileDestinationsNow } from '../../../../shared/meta/compile-destinations.ts';
import type { CompiledDestination } from '../../../../shared/meta/destination.ts';
import { memberTable } from '../../../../shared/meta/members/member-table.ts';
import { isMachineId } from '../../../../shared/meta/privacy/minimise.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';
import { now, sha256 } from '../../../support/factories.ts';

type Destination = ConfigInput['destinations'][string];

const everything: Destination['minimise'] = {
  url: 'origin',
  customData: ['value', 'currency'],
  events: ['Purchase', 'Lead'],
};
const path = (where: string) => ({ '@path': where });

/** All words of an event wherever they may be sent. */
const all = {
  action_source: 'app',
  event_name: path('$.event'),
  event_id: path('$.properties.id'),
  event_source_url: path('$.context.page.url'),
  referrer_url: path('$.context.page.referrer'),
  custom_data: path('$.properties'),
  content_name: path('$.properties.word'),
  content_category: path('$.properties.word'),
  content_type: path('$.properties.word'),
  content_ids: [path('$.properties.word')],
  search_string: path('$.properties.word'),
  order_id: path('$.properties.word'),
  item_number: path('$.properties.word'),
  status: path('$.properties.word'),
  contents: {
    '@arrayPath': [
      '$.properties.products',
      {
        id: path('$.word'),
        title: path('$.word'),
        description: path('$.word'),
        brand: path('$.word'),
        category: path('$.word'),
      },
    ],
  },
  user_data: {
    externalId: path('$.userId'),
    ...Object.fromEntries(
      ['subscriptionID', 'anonId', 'madId', 'partner_id', 'partner_name', 'page_id', 'page_scoped_user_id'].map(
        (name) => [name, path('$.properties.word')],
      ),
    ),
  },
  app_data_field: {
    use_app_data: true,
    version: 'i2',
    ...Object.fromEntries(
      ['campaign_ids', 'install_referrer', 'installer_package', 'vendor_id', 'windows_attribution_id', 'packageName']
        .concat(['shortVersion', 'longVersion', 'deviceName', 'locale', 'timezone', 'carrier', 'deviceTimezone'])
        .concat(['width', 'height', 'density', 'cpuCores', 'storageSize', 'freeStorage'])
        .map((name) => [name, path('$.properties.word')]),
    ),
    osVersion: '17.5',
    url_schemes: [path('$.properties.word')],
  },
  messaging_outcome_data: { outcome_type: path('$.properties.word') },
  original_event_data: {
    event_name: path('$.properties.word'),
    event_time: path('$.timestamp'),
    order_id: path('$.properties.word'),
    event_id: path('$.properties.word'),
  },
  attribution_data: Object.fromEntries(
    ['scope', 'ad_id', 'adset_id', 'campaign_id', 'attribution_source', 'touchpoint_type', 'auditing_token']
      .concat(['linkage_key', 'touchpoint_id', 'partner_client_id', 'attribution_model'])
      .map((name) => [name, path('$.properties.word')]),
  ),
};

function destinationWith(minimise: Destination['minimise'], mapping: JsonObject = {}): CompiledDestination {
  const mappings = [{ name: 'all', action: 'custom', trigger: 'type = "track"', fields: all, ...mapping }];
  const config = Config.parse({
    sources: {},
    destinations: { main: { datasetId: '1', accessTokenSecret: 'token', minimise, mappings } },
  });
  return compileDestinationsNow(config, sha256Hex).get('main') as CompiledDestination;
}

const restricted = destinationWith(everything);

const eventWith = (word: string, more: JsonObject = {}): JsonObject => ({
  type: 'track',
  event: 'Lead',
  userId: `user of ${word}`,
  messageId: `message-${word}`,
  timestamp: '2026-03-10T11:59:00.000Z',
  receivedAt: '2026-03-10T11:59:00.000Z',
  properties: {
    word,
    id: `visit-${word}-1`,
    [word]: word,
    nested: { [word]: [word] },
    value: 5,
    currency: 'EUR',
    products: [{ word, product_id: word, name: word }],
  },
  context: {
    page: {
      url: `https://clinic.example/${word}?q=${word}#${word}`,
      referrer: `https://user:${word}@clinic.example/${word}/`,
    },
    traits: { [word]: word },
    app: { namespace: `com.${word}`, name: word },
  },
  ...more,
});

function sent(event: JsonObject, destination = restricted) {
  const [verdict] = planEvent(event, destination, now);
  if (verdict?.status !== 'ready') throw new Error(`Expected a server event, got ${JSON.stringify(verdict)}`);
  return verdict;
}

/** A word in every shape that a member may have. */
const plantedIn = (word: string): readonly unknown[] => [
  word,
  [word],
  { [word]: word },
  `https://clinic.example/${word}?${word}=${word}&fbclid=${word}#${word}`,
  `?fbclid=${word}`,
  `fb.1.1773100000000.${word}`,
  `{"${word}":"${word}"}`,
  [{ id: word, title: word, description: word, brand: word, category: word, delivery_category: word, [word]: word }],
];

/** A mapping that takes one field from the event, beside what every event needs. */
function mappingWith(field: string, action: string): JsonObject {
  const [holder = '', ...names] = field.split('.');
  const inner = names.reduceRight<JsonObject>((value, name) => ({ [name]: value }), path('$.properties.v'));
  const rest = {
    ...(action === 'custom' || action === 'standard' ? { event_name: 'Lead' } : {}),
    action_source: 'system_generated',
    event_id: 'e-1',
    user_data: { externalId: path('$.userId') },
  };
  if (names.length === 0) return { ...rest, [holder]: inner };
  if (holder === 'contents') return { ...rest, contents: [{ id: '1', ...inner }] };
  const beside = holder === 'app_data_field' ? { use_app_data: true, version: 'i2', osVersion: '1' } : {};
  return { ...rest, [holder]: { ...(holder === 'user_data' && rest.user_data), ...beside, ...inner } };
}

describe('a restricted destination', () => {
  it('sends no word that was planted in any field', () => {
    const { json, warnings } = sent(eventWith('diabetes'));

    expect(json.toLowerCase()).not.toContain('diabetes');
    expect(JSON.parse(json)).toMatchObject({
      event_name: 'Lead',
      event_source_url: 'https://clinic.example/',
      referrer_url: 'https://clinic.example/',
      event_id: sha256('visit-diabetes-1'),
      custom_data: { value: 5, currency: 'EUR' },
      original_event_data: { event_time: 1773143940, event_id: sha256('diabetes') },
    });
    expect(JSON.stringify(warnings)).not.toContain('diabetes');
    expect([...new Set(warnings.map(({ code }) => code))]).toContain('restricted_data_removed');
  });

  it('sends none, whatever the word', () => {
    const word = fc
      .string({ unit: fc.constantFrom(...'abcdefghijklmnoprstuvwxyzABCDEFäöüßé -_'), minLength: 5, maxLength: 20 })
      .filter((text) => /[g-z]{3}/i.test(text) && !/clinic|example|https|event|custom|value|currency/i.test(text));
    fc.assert(
      fc.property(word, (text) => {
        const needle = text.trim();
        const { json } = sent(eventWith(needle));
        // Names that every event has could be a part of it by chance.
        const free = sent(eventWith('x1y2')).json;
        expect(json.includes(needle) && !free.includes(needle)).toBe(false);
      }),
      { seed: 15, numRuns: 300 },
    );
  });

  // A user agent is what a program says of itself: websites need it.
  it.each(
    memberTable.flatMap((row) =>
      row.how === 'mapping' && row.path !== 'user_data.client_user_agent' ? [[row.path, row.actions.at(-1) ?? '']] : [],
    ),
  )('sends none by the field %s of %s, whatever the event has there', (field, action) => {
    for (const value of plantedIn('diabetes')) {
      const minimise = { ...everything, events: ['Lead'] };
      const destination = destinationWith(minimise, { action, fields: mappingWith(field, action) });
      const event = eventWith('x', { properties: { v: value, value: 5, currency: 'EUR' }, context: {} });
      const [verdict] = planEvent(event, destination, now);

      expect(JSON.stringify(verdict)).not.toMatch(/diabetes/i);
    }
  });

  it.each(['Diabetes Checked', 'purchase', 'Lead '])('skips %j, which is no event that it allows', (event) => {
    expect(planEvent(eventWith('x', { event }), restricted, now)).toEqual([
      { status: 'skipped', mapping: 'all', reason: 'event_restricted' },
    ]);
  });

  it('keeps the path of a URL where that may leave, and nothing behind it', () => {
    const { json } = sent(eventWith('diabetes'), destinationWith({ url: 'path' }));

    expect(JSON.parse(json)).toMatchObject({
      event_source_url: 'https://clinic.example/diabetes',
      referrer_url: 'https://clinic.example/diabetes/',
    });
  });

  it('keeps the click id of a URL', () => {
    const fields = { action_source: 'website', event_name: 'Lead' };
    const event = eventWith('x', {
      context: { userAgent: 'Mozilla/5.0', page: { url: 'https://clinic.example/a?fbclid=IwAR0abc' } },
    });

    expect(JSON.parse(sent(event, destinationWith({ url: 'origin' }, { fields })).json)).toMatchObject({
      event_source_url: 'https://clinic.example/',
      user_data: { fbc: expect.stringMatching(/\.IwAR0abc$/) },
    });
  });

  it('says nothing of a URL that names no click', () => {
    const fields = { action_source: 'website', event_name: 'Lead' };
    const context = { userAgent: 'Mozilla/5.0', page: { url: 'https://clinic.example/', search: '' } };
    const { warnings } = sent(
      eventWith('x', { messageId: '1', context }),
      destinationWith({ url: 'origin' }, { fields }),
    );

    expect(warnings).toEqual([]);
  });

  it('lets product lines out without their texts, or with those that it names', () => {
    const lines = (customData: string[]) =>
      JSON.parse(sent(eventWith('tea'), destinationWith({ customData })).json).custom_data.contents;

    expect(lines(['contents'])).toEqual([{ id: 'tea' }]);
    expect(lines(['contents', 'contents.title'])).toEqual([{ id: 'tea', title: 'tea' }]);
  });

  it('changes nothing where nothing is restricted', () => {
    expect(sent(eventWith('diabetes'), destinationWith(undefined)).json).toContain('diabetes');
  });

  it('explains what was cut', () => {
    const { mappings } = explainEvent(eventWith('diabetes'), restricted, { now });
    const fields = mappings[0]?.fields ?? [];
    const of = (name: string) => fields.find(({ field }) => field === name);

    expect(of('content_name')?.dropped).toContain('minimise.customData');
    expect(of('custom_data.nested')?.dropped).toContain('minimise.customData');
    expect(of('event_source_url')?.notes).toEqual(['Cut to its origin, as minimise.url of the destination says.']);
  });

  it.each<[string, Destination['minimise'], JsonObject, string]>([
    ['a member that is misspelt', { customData: ['valeu', 'currency'] }, {}, 'did you mean "value"?'],
    [
      'an event that no mapping makes',
      { events: ['Purchse'] },
      { action: 'purchase', fields: { action_source: 'website' } },
      'did you mean "Purchase"?',
    ],
    [
      'a Purchase without its value',
      { customData: ['currency'] },
      { action: 'purchase', fields: { action_source: 'website' } },
      'Meta refuses a Purchase without value',
    ],
  ])('names %s when the configuration is loaded', (_, minimise, mapping, message) => {
    const error = (() => {
      try {
        return destinationWith(minimise, mapping);
      } catch (thrown) {
        return thrown;
      }
    })();

    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).message).toContain(message);
  });
});

describe('isMachineId', () => {
  it.each([
    ['ajs-next-1773143940000-3f2504e0-4f89-41d3-9a0c-0305e82c3301', true],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', true],
    ['1773143940', true],
    ['XZ38400000-8cf0-11bd-b23e-10b96e40000d', true],
    ['order-diabetes-17', false],
    ['diabetes', false],
    ['facade', false],
    ['node-next-diabetes-1', false],
    ['', false],
  ])('%s: %s', (id, expected) => {
    expect(isMachineId(id)).toBe(expected);
  });
});
