import { describe, expect, it } from 'vitest';
import { compilePayload } from '../../../../shared/meta/event/compile-payload.ts';
import {
  amount,
  boolean,
  clickId,
  currency,
  type Field,
  type Fields,
  integer,
  number,
  object,
  productId,
  text,
  time,
} from '../../../../shared/meta/event/field.ts';

/** A mapping that takes the event as it is. */
const mapped = { run: (event: unknown) => event, isConstant: false };

const coerce = (field: Field, raw: unknown) => {
  const { payload, problems, warnings } = compilePayload({ field }, mapped)({ field: raw });
  return { value: payload['field'], problems, warnings };
};

describe('compilePayload', () => {
  it.each<[string, Field, unknown, unknown]>([
    ['text', text('F'), 'abc', 'abc'],
    ['a number as text', text('F'), 17, '17'],
    ['a boolean as text', text('F'), false, 'false'],
    ['a one-item list as its item', text('F'), ['abc'], 'abc'],
    ['a number', number('F'), 39.95, 39.95],
    ['text as a number', number('F'), ' 39.95 ', 39.95],
    ['an exponent', number('F'), '1e3', 1_000],
    ['true as a number', number('F'), true, 1],
    ['a whole number', integer('F'), '3.0', 3],
    ['an id too long for a number', integer('F'), '90071992547409931', '90071992547409931'],
    ['a boolean', boolean('F'), false, false],
    ['text as a boolean', boolean('F'), 'true', true],
    ['a number as a boolean', boolean('F'), 0, false],
    ['an object with any keys', object('F'), { a: null, b: { c: '' } }, { a: null, b: { c: '' } }],
    ['a lone value as a list', text('F', { multiple: true }), 'a', ['a']],
    ['a list without its nulls', text('F', { multiple: true }), ['a', null, 1], ['a', '1']],
    ['a click id', clickId('F'), 'fb.1.2.x', 'fb.1.2.x'],
    ['the parts of a click id', clickId('F'), { fbclid: 'x' }, { fbclid: 'x' }],
    ['only declared members', object('F', { properties: { a: text('A') } }), { a: 1, b: 2 }, { a: '1' }],
    ['empty text where text is declared', object('F', { properties: { a: text('A') } }), { a: '' }, { a: '' }],
    ['no empty text where a number is declared', object('F', { properties: { a: number('A') } }), { a: '' }, {}],
    ['one of its choices', text('F', { choices: ['a', 'b'] }), 'b', 'b'],
  ])('takes %s', (_, field, raw, expected) => {
    expect(coerce(field, raw)).toEqual({ value: expected, problems: [], warnings: [] });
  });

  it.each<[string, Field, unknown, string]>([
    ['an object as text', text('F'), {}, 'F must be text.'],
    ['two values as one', text('F'), ['a', 'b'], 'F must be text.'],
    ['a price with a sign', number('F'), '$39.95', 'F must be a number.'],
    ['a price with a comma', number('F'), '39,95', 'F must be a number.'],
    ['what is no number at all', number('F'), Number.NaN, 'F must be a number.'],
    ['a number too large', number('F'), '1e400', 'F must be a number.'],
    ['a fraction', integer('F'), 1.5, 'F must be a whole number.'],
    ['another word for true', boolean('F'), 'yes', 'F must be true or false.'],
    ['a list as an object', object('F'), [{}], 'F must be an object.'],
    ['a wrong item of a list', text('F', { multiple: true }), ['a', {}], 'Every item of F must be text.'],
    ['none of its choices', text('F', { choices: ['a', 'b'] }), 'c', 'F must be one of a, b.'],
  ])('refuses %s', (_, field, raw, message) => {
    expect(coerce(field, raw).problems).toEqual([{ code: 'field_invalid', path: 'field', message }]);
  });

  it.each([undefined, null, ''])('takes %j for nothing, and says so of a required field', (raw) => {
    expect(coerce(text('F'), raw)).toEqual({ value: undefined, problems: [], warnings: [] });
    expect(coerce(text('F', { required: true }), raw).problems).toEqual([
      { code: 'field_missing', path: 'field', message: 'The required field field is missing.' },
    ]);
  });

  it('drops what no field declares, and finds everything wrong in one pass', () => {
    const fields = { a: number('A'), b: text('B', { required: true }), c: text('C') };

    const { payload, problems } = compilePayload(fields, mapped)({ a: 'x', c: 'kept', other: 'x' });

    expect(payload).toEqual({ c: 'kept' });
    expect(problems).toHaveLength(2);
  });

  describe('where bad items are left out', () => {
    const lenient = (fields: Fields, values: object) => {
      const all = { ...fields, leave_out_bad_items: boolean('Leave Out Bad Items', { decides: 'leniency' }) };
      return compilePayload(all, mapped)({ ...values, leave_out_bad_items: true });
    };
    const flag = boolean('Flag');
    const version = text('Version', { choices: ['i2', 'a2'] });

    it.each<[string, Field, unknown, string]>([
      ['a flag of "1"', flag, '1', 'Flag was left out: it is not true or false.'],
      ['a flag of "yes"', flag, 'yes', 'Flag was left out: it is not true or false.'],
      ['a flag of 2', flag, 2, 'Flag was left out: it is not true or false.'],
      ['a flag that is an object', flag, {}, 'Flag was left out: it is not true or false.'],
      ['no text at all', text('Name'), {}, 'Name was left out: it is not text.'],
      ['an item of a list', text('Names', { multiple: true }), [{}], 'An item of Names was left out: it is not text.'],
    ])('leaves out a member: %s', (_, field, raw, message) => {
      const { payload, problems, warnings } = lenient(
        { holder: object('H', { properties: { field } }) },
        { holder: { field: raw, a: 1 } },
      );

      expect(payload['holder']).toEqual({});
      expect(problems).toEqual([]);
      expect(warnings).toMatchObject([{ code: 'field_left_out', path: 'holder.field', message }]);
    });

    it('calls a match key one', () => {
      const { warnings } = lenient(
        { user_data: object('U', { properties: { city: text('City') }, holds: 'matchKeys' }) },
        { user_data: { city: {} } },
      );

      expect(warnings).toMatchObject([{ code: 'match_key_left_out', path: 'user_data.city' }]);
    });

    const expected = { version: 'one of i2, a2', country: 'one of 0, 1' };

    it.each<[string, Field, unknown, string]>([
      ['a flag', flag, 'yes', 'true or false'],
      ['an object as text', text('Name'), {}, 'text'],
      ['several texts as one', text('Name'), ['a', 'b'], 'text'],
      ['an amount below zero', amount('Value'), -1, 'an amount of zero or more'],
      ['a phone number as an amount', amount('Value'), '+4917123456789', 'an amount of zero or more'],
      ['a currency that is none', currency('Currency'), 'euros', 'an ISO 4217 code'],
      ['text as an object', object('Data'), 'x', 'an object'],
      ['none of the choices', version, 'i3', expected.version],
      ['none of the choices of a number', number('Country', { choices: [0, 1] }), 2, expected.country],
    ])('leaves out %s that stands by itself, and refuses it where it is required', (_, field, raw, name) => {
      const { payload, problems, warnings } = lenient({ field }, { field: raw });

      expect(payload).toEqual({ leave_out_bad_items: true });
      expect(problems).toEqual([]);
      expect(warnings).toMatchObject([{ path: 'field', message: `${field.label} was left out: it is not ${name}.` }]);
      expect(lenient({ field: { ...field, required: true } }, { field: raw })).toMatchObject({
        problems: [{ path: 'field', message: `${field.label} must be ${name}.` }],
        warnings: [],
      });
    });

    it.each<[string, Field, unknown, unknown]>([
      ['a currency', currency('F'), ' eur ', 'EUR'],
      ['a choice', version, ' i2', 'i2'],
      ['an empty list as an object', object('F'), [], {}],
      ['the items of a list that are there', text('F', { multiple: true }), ['a', '', {}], ['a']],
      ['a list where one value is usual', text('F', { multiple: 'lenient' }), ['a', 'b'], ['a', 'b']],
    ])('takes %s without what is around it', (_, field, raw, value) => {
      expect(lenient({ field }, { field: raw })).toMatchObject({ payload: { field: value }, problems: [] });
    });

    describe('puts a substitute', () => {
      const at = time('When', { required: true, substitute: { member: 'receivedAt', name: 'the time of receipt' } });
      const flagged = boolean('Limited', { substitute: { value: true, name: 'true' } });

      it.each(['never', '0001-01-01T00:00:00Z', 0, {}])('in the place of a time of %j', (raw) => {
        const { payload, problems, warnings } = lenient({ at }, { at: raw, receivedAt: '2026-03-10T12:00:00.000Z' });

        expect(payload['at']).toEqual(new Date('2026-03-10T12:00:00.000Z'));
        expect(problems).toEqual([]);
        expect(warnings).toMatchObject([{ code: 'field_replaced', path: 'at' }]);
      });

      it('but none that is no better', () => {
        expect(lenient({ at }, { at: 'never' }).problems).toMatchObject([{ code: 'event_time_invalid', path: 'at' }]);
      });

      it('of its own', () => {
        expect(lenient({ flagged }, { flagged: 'yes' })).toMatchObject({
          payload: { flagged: true },
          warnings: [{ code: 'field_replaced', message: 'Limited is not true or false: true takes its place.' }],
        });
      });
    });

    const ids = { content_ids: productId('Content IDs', { multiple: true }) };

    it.each<[string, unknown, readonly string[]]>([
      ['plain ids in a list', ['a', 5, 'b'], ['a', '5', 'b']],
      ['a lone one', 'a', ['a']],
      ['blank ones for nothing', ['a', null, ''], ['a']],
    ])('takes %s as content ids', (_, raw, expected) => {
      const { payload, warnings } = lenient(ids, { content_ids: raw });

      expect(payload['content_ids']).toEqual(expected);
      expect(warnings).toEqual([]);
    });

    it.each<[string, unknown]>([
      ['a list written as text', '[{"product_id":"x"}]'],
      ['an object', [{}]],
    ])('leaves %s out of the content ids, as it does out of the contents', (_, raw) => {
      const { payload, problems, warnings } = lenient(ids, { content_ids: raw });

      expect(payload['content_ids']).toBeUndefined();
      expect(problems).toEqual([]);
      expect(warnings).toEqual([
        {
          code: 'field_left_out',
          path: 'content_ids',
          message: 'An item of Content IDs was left out: it is not the id of a product.',
          expected: 'the id of a product',
        },
      ]);
    });
  });

  it('takes the content ids of a mapping that came from Segment as they are', () => {
    const fields = { content_ids: productId('Content IDs', { multiple: true }) };

    const read = compilePayload(fields, mapped)({ content_ids: ['a', 0, '', false, '[]', null] });

    expect(read).toMatchObject({
      payload: { content_ids: ['a', '0', '', 'false', '[]'] },
      problems: [],
      warnings: [],
    });
  });
});
