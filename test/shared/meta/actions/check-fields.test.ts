import { describe, expect, it } from 'vitest';
import type { Action } from '../../../../shared/meta/event/action.ts';
import { actions } from '../../../../shared/meta/actions/actions.ts';
import { hopelessFields, unknownFields } from '../../../../shared/meta/actions/check-fields.ts';
import { undocumentedNames } from '../../../../shared/meta/actions/other-names.ts';
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

/** One letter wrong: two changed places, or one said twice where there is no second. */
const misspelt = (name: string): string =>
  name.length < 4 ? `${name}${name.at(-1)}` : `${name.slice(0, 2)}${name.at(3)}${name.at(2)}${name.slice(4)}`;

describe('unknownFields', () => {
  it.each(every)('knows $path of $key', ({ action, names }) => {
    expect(unknownFields(action, written(names))).toEqual([]);
  });

  const wrong = every.filter(({ names }) => misspelt(names.at(-1) ?? '') !== names.at(-1));

  it.each(wrong)('names $path of $key when it is misspelt, and what was meant', ({ action, names, path }) => {
    const [name = '', holder] = [names.at(-1), names.slice(0, -1)];
    const [fault, ...others] = unknownFields(action, written([...holder, misspelt(name)]));

    expect(others).toEqual([]);
    expect(fault?.path).toBe([...holder, misspelt(name)].join('.'));
    expect(fault?.message, path).toContain(`did you mean "${name}"?`);
  });

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
    ['nothing alike', actions.pageView, { colour: 'red' }, 'colour', 'known are action_source, event_time'],
  ])('says of %s where it belongs', (_, action, mapping, path, message) => {
    expect(unknownFields(action, mapping)).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  // What facebook-nodejs-business-sdk 26 can write in these objects and no mapping has under any name.
  it.each([...undocumentedNames.keys()])('refuses %s by name, with the reason', (name) => {
    for (const mapping of [{ [name]: 1 }, { user_data: { [name]: 1 } }, { app_data_field: { [name]: 1 } }]) {
      expect(unknownFields(actions.standard, mapping)).toEqual([
        { path: expect.any(String), message: `cannot be sent: ${undocumentedNames.get(name)}` },
      ]);
    }
  });

  it('passes over the settings of Segment', () => {
    expect(unknownFields(actions.purchase, { __segment_internal_sync_mode: 'add', _metadata: {} })).toEqual([]);
  });
});

describe('hopelessFields', () => {
  const website = { action_source: 'website', event_time: { '@path': '$.timestamp' }, user_data: {} };
  const faults = (action: Action, mapping: JsonObject) =>
    hopelessFields(action, { ...website, event_name: 'Lead', ...mapping }).map(
      ({ path, message }) => `${path}: ${message}`,
    );

  it('finds nothing in what can be sent', () => {
    const mapping = {
      event_name: 'Lead',
      currency: 'usd',
      value: '12.50',
      delivery_category: 'in_store',
      user_data: { email: ['a@example.com'], leadID: '1234567890123456' },
      content_ids: ['a', 1],
      data_processing_options: { '@path': '$.x' },
      custom_data: { currency: 'whatever' },
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
    [{ user_data: { leadID: 'one' } }, 'user_data.leadID: can never be sent'],
    [{ app_data_field: { version: 'i3' } }, 'app_data_field.version: can never be sent'],
    [{ content_ids: ['[{"product_id":"x"}]'] }, 'content_ids: can never be sent'],
    [{ custom_data: 'all' }, 'custom_data: can never be sent: Custom Data must be an object.'],
    [{ messaging_channel: 'sms' }, 'messaging_channel: can never be sent'],
  ])('names %j', (mapping, message) => {
    const found = faults(actions.standard, mapping);

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
