import { describe, expect, it } from 'vitest';
import { readMappedData } from '../../../../shared/meta/event/read-mapped-data.ts';
import { messagesOf } from '../../../support/messages.ts';

const read = (mapped: Record<string, unknown>, lenient = true) => {
  const { data, warnings } = readMappedData(mapped, [], lenient);
  return { data, warnings: warnings.map(({ path }) => path) };
};

describe('readMappedData', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['members of the sender’s own', { plan: 'team', seats: 3, note: null }, { plan: 'team', seats: 3, note: null }],
    ['an amount in text', { value: '12.50' }, { value: 12.5 }],
    ['a currency in lower case', { currency: ' eur ' }, { currency: 'EUR' }],
    ['ids that are numbers', { content_ids: [1, '2'] }, { content_ids: ['1', '2'] }],
    ['one id', { content_ids: 'a' }, { content_ids: ['a'] }],
    ['an order that is a number', { order_id: 17 }, { order_id: '17' }],
    ['a status that is a flag', { status: true }, { status: true }],
    ['nothing', { value: null, order_id: '' }, { value: null, order_id: '' }],
    ['no empty text for a number or a code', { value: '', currency: '', num_items: '' }, {}],
    [
      'product lines with whatever else they hold',
      { contents: [{ id: 7, quantity: '2', colour: 'red' }] },
      { contents: [{ id: '7', quantity: 2, colour: 'red' }] },
    ],
  ])('takes %s', (_, mapped, data) => {
    expect(read(mapped)).toEqual({ data, warnings: [] });
  });

  it.each<[string, unknown, string]>([
    ['value', 'abc', 'custom_data.value'],
    ['value', -1, 'custom_data.value'],
    ['value', '+4917123456789', 'custom_data.value'],
    ['value', '004917123456789', 'custom_data.value'],
    ['value', 4_917_123_456_789, 'custom_data.value'],
    ['num_items', '01712345678', 'custom_data.num_items'],
    ['currency', 5, 'custom_data.currency'],
    ['currency', 'euros', 'custom_data.currency'],
    ['order_id', {}, 'custom_data.order_id'],
    ['contents', 'x', 'custom_data.contents[0]'],
    ['contents', [{ quantity: 1 }], 'custom_data.contents[0].id'],
    ['num_items', 'y', 'custom_data.num_items'],
    ['delivery_category', 'drone', 'custom_data.delivery_category'],
    ['content_ids', [{}], 'custom_data.content_ids'],
  ])('leaves out a %s of %j, and says so', (name, raw, path) => {
    expect(read({ [name]: raw, plan: 'team' })).toEqual({ data: { plan: 'team' }, warnings: [path] });
  });

  it('leaves what Meta takes as Segment sends it where the mapping came from there', () => {
    expect(read({ value: '12.50', num_items: 'many' }, false)).toEqual({
      data: { value: '12.50' },
      warnings: ['custom_data.num_items'],
    });
  });

  it('never looks at what stays behind, nor changes what was mapped', () => {
    const mapped = { value: 'abc', order_id: 17 };

    expect(readMappedData(mapped, ['value'], true)).toEqual({ data: { order_id: '17' }, warnings: [] });
    expect(mapped).toEqual({ value: 'abc', order_id: 17 });
  });

  it('quotes nothing', () => {
    const { warnings } = readMappedData({ value: 'secret' }, undefined, true);

    expect(messagesOf(warnings)).toEqual(['Value was left out: it is not an amount of zero or more.']);
  });
});
