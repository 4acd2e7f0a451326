import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCustomData } from '../../../../shared/meta/event/custom-data.ts';
import { searchAllowance } from '../../../../shared/meta/privacy/search-allowance.ts';
import type { Warning } from '../../../../shared/meta/event/warning.ts';

const { settle, write } = compileCustomData({ value: 'always', contents: 'given', order_id: 'filled' });
const customData = (payload: Record<string, unknown>, lenient = true) =>
  JSON.parse(write(settle(payload, lenient), 'remove', [], searchAllowance()));

describe('customDataWriter', () => {
  it('lays the fields over the mapped object and leaves what no field names', () => {
    const payload = { custom_data: { value: 1, order_id: 'mapped', kept: null }, value: 2, order_id: 'field' };

    expect(customData(payload)).toEqual({ value: 2, order_id: 'field', kept: null });
  });

  it.each<[string, object, object]>([
    ['erases a mapped member of a field that is always there', { custom_data: { value: 1 } }, {}],
    [
      'keeps it where the field was not given',
      { custom_data: { contents: [{ id: 'a' }] } },
      { contents: [{ id: 'a' }] },
    ],
    ['takes an empty list for given', { contents: [] }, { contents: [] }],
    ['takes empty text for not filled', { order_id: '' }, {}],
    ['makes an empty object of nothing', {}, {}],
  ])('%s', (_, payload, expected) => {
    expect(customData({ ...payload })).toEqual(expected);
  });

  // Pixel helpers warn of a type without ids: segmentio/analytics.js-integrations#131.
  it.each<[string, object, boolean, readonly string[]]>([
    ['goes beside ids', { content_type: 'product', content_ids: ['a'] }, true, ['content_ids', 'content_type']],
    ['goes beside lines', { content_type: 'product', contents: [{ id: 'a' }] }, true, ['contents', 'content_type']],
    ['stays behind without either', { content_type: 'product', content_ids: [] }, true, []],
    ['stays behind in a mapped object', { custom_data: { content_type: 'product' } }, true, []],
    ['goes as Segment sends it', { content_type: 'product' }, false, ['content_type']],
  ])('a type of content %s', (_, payload, lenient, names) => {
    const typed = compileCustomData({ contents: 'given', content_ids: 'filled', content_type: 'filled' });
    const data = typed.settle(payload as Record<string, unknown>, lenient);

    expect(Object.keys(JSON.parse(typed.write(data, 'remove', [], searchAllowance()))).toSorted()).toEqual(
      names.toSorted(),
    );
    expect(data.warnings.length).toBe(lenient && names.length === 0 ? 1 : 0);
  });

  it('does not change what was mapped', () => {
    const mapped = { value: 1 };

    customData({ custom_data: mapped, value: 2 });

    expect(mapped).toEqual({ value: 1 });
  });

  it('fast equals general', () => {
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

        const general = settle({ ...fields, custom_data: {} }, true);

        expect(write(settle(fields, true), guard, quick, searchAllowance())).toBe(
          write(general, guard, careful, searchAllowance()),
        );
        expect(quick).toEqual(careful);
      }),
      { seed: 13_008 },
    );
  });
});
