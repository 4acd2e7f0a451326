import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customDataWriter } from '../../../../shared/meta/event/custom-data.ts';
import type { Warning } from '../../../../shared/meta/event/warning.ts';

const write = customDataWriter({ value: 'always', contents: 'given', order_id: 'filled' });
const customData = (payload: Record<string, unknown>) => JSON.parse(write(payload, 'remove', []));

describe('customDataWriter', () => {
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

  it('writes the same in the quick way and in the careful one', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('sku-1', 'ann@example.com', '+49 30 1234567', 'https://shop.example/?phone=0301234567', '"', ''),
    );
    const content = fc.record(
      { id: text, quantity: fc.nat(), item_price: fc.double({ noNaN: true, noDefaultInfinity: true }) },
      { requiredKeys: ['id'] },
    );
    const payload = fc.record(
      { value: fc.oneof(fc.nat(), text), contents: fc.oneof(fc.array(content), fc.array(text)), order_id: text },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(payload, fc.constantFrom('remove' as const, 'send' as const), (fields, guard) => {
        const [quick, careful]: [Warning[], Warning[]] = [[], []];

        expect(write(fields, guard, quick)).toBe(write({ ...fields, custom_data: {} }, guard, careful));
        expect(quick).toEqual(careful);
      }),
    );
  });
});
