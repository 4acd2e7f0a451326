import { describe, expect, it } from 'vitest';
import type { Action } from '../../../../shared/meta/event/action.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { layOverDefaults } from '../../../../shared/meta/actions/compile-mapping-config.ts';
import { unknownFields } from '../../../../shared/meta/actions/check-fields.ts';
import { hopelessFields } from '../../../../shared/meta/actions/hopeless-fields.ts';
import { refusedNames } from '../../../../shared/meta/actions/other-names.ts';
import type { Field, Fields } from '../../../../shared/meta/event/field.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';

/** Every name of a field, with those around it. */
const namesIn = (fields: Fields, holder: readonly string[] = []): (readonly string[])[] =>
  Object.entries<Field>(fields).flatMap(([name, { properties }]) => [
    [...holder, name],
    ...(properties === undefined ? [] : namesIn(properties, [...holder, name])),
  ]);

const written = ([name = '', ...rest]: readonly string[]): JsonObject => ({
  [name]: rest.length === 0 ? { '@path': '$.x' } : written(rest),
});

const every = Object.entries<Action>(actions).flatMap(([key, action]) =>
  namesIn(action.fields).map((names) => ({ key, action, names, path: names.join('.') })),
);

const known = new Set(every.map(({ key, path }) => `${key} ${path}`));

const letters = 'aeqs_';

/** Every way to get one letter of a name wrong: left out, put in, changed for another, or changed with its neighbour. */
function* misspelt(name: string): Generator<string> {
  for (let at = 0; at <= name.length; at++) {
    const [before, after] = [name.slice(0, at), name.slice(at)];
    if (after !== '' && name.length > 1) yield before + after.slice(1);
    if (after.length > 1) yield `${before}${after[1]}${after[0]}${after.slice(2)}`;
    for (const letter of letters) {
      yield before + letter + after;
      if (after !== '') yield before + letter + after.slice(1);
    }
  }
}

describe('unknownFields', () => {
  it.each(every)('knows $path of $key', ({ action, names }) => {
    expect(unknownFields(action, written(names))).toEqual([]);
  });

  it.each(every)(
    'names $path of $key however one letter of it is wrong, and what was meant',
    ({ key, action, names }) => {
      const [name = '', holder] = [names.at(-1), names.slice(0, -1)];
      const wrong = new Set(misspelt(name));
      const missed = [...wrong].filter((typo) => {
        const faults = unknownFields(action, written([...holder, typo]));
        const path = [...holder, typo].join('.');
        // Some names are one letter apart: who writes the one for the other has said something that there is.
        if (known.has(`${key} ${path}`)) return faults.length > 0;
        const [fault, ...others] = faults;
        return others.length > 0 || fault?.path !== path || !fault.message.includes(`"${name}"`);
      });

      expect(missed).toEqual([]);
    },
  );

  it.each<[string, Action, JsonObject, string, string]>([
    [
      'a match key by its name at Meta',
      actions.purchase,
      { user_data: { em: 'x' } },
      'user_data.em',
      'did you mean "email"',
    ],
    ['one that is cased otherwise', actions.purchase, { user_data: { lead_id: 1 } }, 'user_data.lead_id', '"leadID"'],
    ['one outside of user_data', actions.purchase, { email: 'x' }, 'email', 'belongs into "user_data"'],
    ['one by its name at Meta, outside', actions.purchase, { em: 'x' }, 'em', '"email" within "user_data"'],
    [
      'what belongs beside',
      actions.purchase,
      { user_data: { currency: 'EUR' } },
      'user_data.currency',
      'beside "user_data"',
    ],
    [
      'what other actions have',
      actions.purchase,
      { search_string: 'x' },
      'search_string',
      'search, custom, standard have it',
    ],
    ['a name that the action says', actions.purchase, { event_name: 'X' }, 'event_name', 'the action sends "Purchase"'],
    [
      'a member of a product line',
      actions.purchase,
      { contents: { '@arrayPath': ['$.properties.products', { id: 'x', item_prise: 1 }] } },
      'contents.item_prise',
      'did you mean "item_price"?',
    ],
    [
      'a branch of a condition',
      actions.purchase,
      { user_data: { '@if': { exists: { '@path': '$.x' }, then: { emial: 'x' }, else: { email: 'y' } } } },
      'user_data.emial',
      'did you mean "email"?',
    ],
    [
      'an object that is merged',
      actions.purchase,
      { user_data: { '@merge': { direction: 'left', objects: [{ phoen: 'x' }, { '@path': '$.y' }] } } },
      'user_data.phoen',
      'did you mean "phone"',
    ],
    [
      'an item of a list',
      actions.custom,
      { contents: [{ id: 'x', titel: 'y' }] },
      'contents.titel',
      'did you mean "title"?',
    ],
    ['the name of an object at Meta', actions.custom, { app_data: { x: 1 } }, 'app_data', 'mean "app_data_field"?'],
    [
      'an entry of extinfo by its name in the SDK',
      actions.custom,
      { screen_width: '1' },
      'screen_width',
      '"width" within',
    ],
    [
      'a member for some kinds of business',
      actions.standard,
      { checkin_date: 'x' },
      'checkin_date',
      'into "custom_data"',
    ],
    ['nothing alike', actions.pageView, { colour: 'red' }, 'colour', 'known are action_source, event_time'],
  ])('says of %s where it belongs', (_, action, mapping, path, message) => {
    expect(unknownFields(action, mapping)).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  // What facebook-nodejs-business-sdk 26 can write in these objects and no mapping has under any name.
  it.each([...refusedNames.keys()])('refuses %s by name, with the reason', (name) => {
    for (const mapping of [{ [name]: 1 }, { user_data: { [name]: 1 } }, { original_event_data: { [name]: 1 } }]) {
      expect(unknownFields(actions.standard, mapping)).toEqual([
        { path: expect.any(String), message: `cannot be sent: ${refusedNames.get(name)}` },
      ]);
    }
  });

  // Names of the SDK's own setters, 24.0.1 (npm) and 26.0.0; with an underscore those that its objects leak to the wire.
  it.each([
    ['user_data', 'genders', 'gender'],
    ['user_data', 'dates_of_birth', 'dateOfBirth'],
    ['user_data', 'last_names', 'lastName'],
    ['user_data', 'first_names', 'firstName'],
    ['user_data', 'cities', 'city'],
    ['user_data', 'states', 'state'],
    ['user_data', 'countries', 'country'],
    ['user_data', 'zips', 'zip'],
    ['user_data', 'external_ids', 'externalId'],
    ['user_data', 'fb_login_id', 'fbLoginID'],
    ['app_data_field', 'ext_info_version', 'version'],
    ['app_data_field', 'device_time_zone', 'deviceTimezone'],
    ['original_event_data', '_event_name', 'event_name'],
    ['attribution_data', '_ad_id', 'ad_id'],
  ])('knows what %s means by %s', (holder, name, field) => {
    expect(unknownFields(actions.custom, { [holder]: { [name]: 'x' } })).toEqual([
      { path: `${holder}.${name}`, message: `is no field here; did you mean "${field}"?` },
    ]);
  });

  it('passes over the settings of Segment', () => {
    expect(unknownFields(actions.purchase, { __segment_internal_sync_mode: 'add', _metadata: {} })).toEqual([]);
  });
});

describe('hopelessFields', () => {
  const website = {
    action_source: 'website',
    leave_out_bad_items: true,
    event_time: { '@path': '$.timestamp' },
    user_data: { externalId: { '@path': '$.userId' }, client_user_agent: { '@path': '$.context.userAgent' } },
  };
  const faults = (action: Action, mapping: JsonObject) =>
    hopelessFields(action, { ...website, event_name: 'Lead', ...mapping }).map(
      ({ path, message }) => `${path}: ${message}`,
    );

  const path = { '@path': '$.properties.x' };
  const price = { value: path, currency: 'EUR' };

  it.each(Object.entries<Action>(actions))('finds nothing in the defaults of %s', (key, action) => {
    for (const source of ['website', 'app', 'physical_store', path]) {
      const written = { action_source: source, ...(key === 'standard' && { event_name: path }) };
      expect(hopelessFields(action, layOverDefaults(key, written))).toEqual([]);
      const app = { use_app_data: true, version: path };
      expect(hopelessFields(action, layOverDefaults(key, { ...written, app_data_field: app }))).toEqual([]);
    }
  });

  it('finds nothing where what is needed may be in an object of the event', () => {
    const mapping = { event_name: 'Purchase', custom_data: { '@path': '$.properties' }, user_data: { '@path': '$.a' } };

    expect(faults(actions.custom, mapping)).toEqual([]);
    expect(faults(actions.custom, { event_name: 'AppendAttribution', original_event_data: path })).toEqual([]);
  });

  it('wants the earlier event of an attribution, by name and time', () => {
    expect(faults(actions.custom, { event_name: 'AppendAttribution' })).toEqual([
      expect.stringMatching(/^original_event_data.event_name: no event can be sent/),
      expect.stringMatching(/^original_event_data.event_time: no event can be sent/),
    ]);
  });

  it('takes digests as their sender made them', () => {
    const ofNull = '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b';

    expect(faults(actions.custom, { user_data: { ...website.user_data, phone: ofNull } })).toEqual([]);
  });

  it('finds nothing in what can be sent', () => {
    const mapping = {
      event_name: 'Lead',
      currency: 'usd',
      value: '12.50',
      delivery_category: 'in_store',
      user_data: { ...website.user_data, email: ['a@example.com'], leadID: '1234567890123456' },
      content_ids: ['a', 1],
      data_processing_options: { '@path': '$.x' },
      custom_data: { currency: { '@path': '$.x' }, colour: 'red' },
      referrer_url: null,
      status: '',
    };

    expect(faults(actions.standard, mapping)).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ action_source: 'web' }, 'action_source: can never be sent: Action Source must be one of'],
    [{ action_source: { '@literal': 'websit' } }, 'Did you mean "website"?'],
    [{ action_source: null }, 'action_source: is required'],
    [{ event_name: 'lead' }, 'Did you mean "Lead"?'],
    [{ event_name: 'Newsletter' }, 'event_name: can never be sent: Event Name must be one of'],
    [{ event_name: undefined }, 'event_name: is required'],
    [{ currency: 'EURO' }, 'currency: can never be sent: Currency must be an ISO 4217 code.'],
    [{ value: -1 }, 'value: can never be sent: Value must be an amount of zero or more.'],
    [{ event_time: 'now' }, 'event_time: can never be sent'],
    [{ data_processing_options: 'yes' }, 'data_processing_options: can never be sent'],
    [{ user_data: { ...website.user_data, leadID: 'one' } }, 'user_data.leadID: can never be sent'],
    [{ app_data_field: { version: 'i3' } }, 'app_data_field.version: can never be sent'],
    [{ content_ids: ['[{"product_id":"x"}]'] }, 'content_ids: can never be sent'],
    [{ custom_data: 'all' }, 'custom_data: can never be sent: Custom Data must be an object.'],
    [{ messaging_channel: 'sms' }, 'messaging_channel: can never be sent'],
    [{ currency: { '@if': { exists: path, then: path, else: 'EURO' } } }, 'currency: can never be sent'],
    [{ currency: { '@case': { operator: 'lower', value: 'EURO' } } }, 'currency: can never be sent'],
    [{ custom_data: { currency: 'EURO', colour: path } }, 'custom_data.currency: can never be sent'],
    [{ order_id: { a: 1 } }, 'order_id: can never be sent'],
    [{ contents: [{ id: 'a', quantity: 'x' }] }, 'contents[0].quantity: can never be sent'],
    [{ contents: [{ quantity: 1 }] }, 'contents[0].id: can never be sent'],
    [{ contents: { '@arrayPath': ['$.x', { id: path, quantity: 'one' }] } }, 'contents[0].quantity: can never'],
    [{ content_type: 'product' }, 'content_type: can never be sent: Content Type was left out: there is no id'],
    [{ event_source_url: '/thanks' }, 'event_source_url: can never be sent'],
    [{ referrer_url: 'android-app://shop' }, 'referrer_url: can never be sent'],
    [{ user_data: { ...website.user_data, email: 'nobody' } }, 'user_data.email: can never be sent'],
    [{ user_data: { ...website.user_data, country: 'Narnia' } }, 'user_data.country: can never be sent'],
    [{ user_data: { ...website.user_data, fbp: 'fbp' } }, 'user_data.fbp: can never be sent'],
    [{ user_data: { externalId: path } }, 'user_data.client_user_agent: no event can be sent'],
    [{ user_data: { client_user_agent: path } }, 'user_data: no event can be sent: '],
    [{ user_data: { client_user_agent: path, gender: path, city: path } }, 'user_data: no event can be sent: '],
    [{ event_name: 'Purchase', value: 5 }, 'currency: no event can be sent'],
    [{ event_name: 'Purchase', currency: 'EUR', value: null }, 'value: no event can be sent'],
    [{ action_source: 'business_messaging', event_name: 'Purchase', ...price }, 'messaging_channel: no event can be'],
    [{ action_source: 'business_messaging', messaging_channel: 'whatsapp' }, 'event_name: no event can be sent'],
    [{ app_data_field: { use_app_data: true, osVersion: path } }, 'app_data_field.version: no event can be sent'],
    [{ app_data_field: { use_app_data: true, version: 'a2' } }, 'app_data_field.osVersion: no event can be sent'],
  ])('names %j', (mapping, message) => {
    const found = faults(actions.standard, mapping);

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
