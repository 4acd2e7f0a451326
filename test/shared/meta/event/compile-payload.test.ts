import { describe, expect, it } from 'vitest';
import { compilePayload } from '../../../../shared/meta/event/compile-payload.ts';
import {
  boolean,
  clickId,
  type Field,
  type Fields,
  integer,
  number,
  object,
  text,
} from '../../../../shared/meta/event/field.ts';

/** A mapping that takes the event as it is. */
const mapped = { run: (event: unknown) => event, isConstant: false };

const coerce = (field: Field, raw: unknown) => {
  const findings = { problems: [], warnings: [] };
  const { payload } = compilePayload({ field }, mapped)({ field: raw }, findings);
  return { value: payload['field'], ...findings };
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
    ['a lone value as a list', text('F', { list: true }), 'a', ['a']],
    ['a list without its nulls', text('F', { list: true }), ['a', null, 1], ['a', '1']],
    ['a click id', clickId('F'), 'fb.1.2.x', 'fb.1.2.x'],
    ['the parts of a click id', clickId('F'), { fbclid: 'x' }, { fbclid: 'x' }],
    ['only declared members', object('F', { members: { a: text('A') } }), { a: 1, b: 2 }, { a: '1' }],
    ['empty text where text is declared', object('F', { members: { a: text('A') } }), { a: '' }, { a: '' }],
    ['no empty text where a number is declared', object('F', { members: { a: number('A') } }), { a: '' }, {}],
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
    ['a wrong item of a list', text('F', { list: true }), ['a', {}], 'Every item of F must be text.'],
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
    const findings = { problems: [], warnings: [] };
    const fields = { a: number('A'), b: text('B', { required: true }), c: text('C') };

    const { payload } = compilePayload(fields, mapped)({ a: 'x', c: 'kept', other: 'x' }, findings);

    expect(payload).toEqual({ c: 'kept' });
    expect(findings.problems).toHaveLength(2);
  });

  describe('where bad items are left out', () => {
    const lenient = (fields: Fields, values: object) => {
      const findings = { problems: [], warnings: [] };
      const all = { ...fields, leave_out_bad_items: boolean('Leave Out Bad Items') };
      const { payload } = compilePayload(all, mapped)({ ...values, leave_out_bad_items: true }, findings);
      return { payload, ...findings };
    };
    const flag = boolean('Flag');
    const version = text('Version', { choices: ['i2', 'a2'] });

    it.each<[string, Field, unknown, string]>([
      ['a flag of "1"', flag, '1', 'Flag was left out: it is not true or false.'],
      ['a flag of "yes"', flag, 'yes', 'Flag was left out: it is not true or false.'],
      ['a flag of 2', flag, 2, 'Flag was left out: it is not true or false.'],
      ['a flag that is an object', flag, {}, 'Flag was left out: it is not true or false.'],
      ['no text at all', text('Name'), {}, 'Name was left out: it is not text.'],
      ['an item of a list', text('Names', { list: true }), [{}], 'An item of Names was left out: it is not text.'],
    ])('leaves out a member: %s', (_, field, raw, message) => {
      const { payload, problems, warnings } = lenient(
        { holder: object('H', { members: { field } }) },
        { holder: { field: raw, a: 1 } },
      );

      expect(payload['holder']).toEqual(field.list ? { field: [] } : {});
      expect(problems).toEqual([]);
      expect(warnings).toMatchObject([{ code: 'field_left_out', path: 'holder.field', message }]);
    });

    it('calls a match key one', () => {
      const { warnings } = lenient(
        { user_data: object('U', { members: { city: text('City') } }) },
        { user_data: { city: {} } },
      );

      expect(warnings).toMatchObject([{ code: 'match_key_left_out', path: 'user_data.city' }]);
    });

    it.each<[string, Field, unknown]>([
      ['a flag', flag, 'yes'],
      ['none of the choices', version, 'i3'],
      ['none of the choices of a number', number('Country', { choices: [0, 1] }), 2],
    ])('refuses %s that stands by itself', (_, field, raw) => {
      expect(lenient({ field }, { field: raw }).problems).toMatchObject([{ code: 'field_invalid', path: 'field' }]);
    });

    const ids = { content_ids: text('Content IDs', { list: true }) };

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

      expect(payload['content_ids']).toEqual([]);
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
    const findings = { problems: [], warnings: [] };
    const fields = { content_ids: text('Content IDs', { list: true }) };

    const { payload } = compilePayload(fields, mapped)({ content_ids: ['a', 0, '', false, '[]', null] }, findings);

    expect(payload['content_ids']).toEqual(['a', '0', '', 'false', '[]']);
    expect(findings).toEqual({ problems: [], warnings: [] });
  });
});
