import { describe, expect, it } from 'vitest';
import { customDataOf } from '../../../shared/actions/custom-data.ts';

const customData = customDataOf({ value: 'always', contents: 'given', order_id: 'filled' });

describe('customDataOf', () => {
  it('lays the fields over the mapped object and leaves what no field names', () => {
    const payload = { custom_data: { value: 1, order_id: 'mapped', kept: null }, value: 2, order_id: 'field' };

    expect(customData(payload)).toEqual({ value: 2, order_id: 'field', kept: null });
  });

  it.each<[string, object, object]>([
    ['erases a mapped member of a field that is always there', { custom_data: { value: 1 } }, {}],
    ['keeps it where the field was not given', { custom_data: { contents: [1] } }, { contents: [1] }],
    ['takes an empty list for given', { contents: [] }, { contents: [] }],
    ['takes empty text for not filled', { order_id: '' }, {}],
    ['makes an empty object of nothing', {}, {}],
  ])('%s', (_, payload, expected) => {
    expect(customData({ ...payload })).toEqual(expected);
  });

  it('does not change what was mapped', () => {
    const mapped = { value: 1 };

    customData({ custom_data: mapped, value: 2 });

    expect(mapped).toEqual({ value: 1 });
  });
});
