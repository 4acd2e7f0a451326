import { describe, expect, it } from 'vitest';
import { Duplicates } from '../../../local/graph-stand-in/duplicates.ts';
import { now, nowSeconds, serverEvent } from './server-events.ts';

const hour = 3_600_000;
const after = (hours: number) => new Date(now.getTime() + hours * hour);
const sale = (customData: object, more: object = {}) =>
  serverEvent({ event_name: 'Purchase', action_source: 'physical_store', custom_data: customData, ...more });

/** Whether the second of two events is a duplicate of the first. */
function isDuplicate(first: object, second: object, hours = 1, dataset = '1'): boolean {
  const duplicates = new Duplicates();
  duplicates.add('1', first as Record<string, unknown>, now);
  return duplicates.add(dataset, second as Record<string, unknown>, after(hours));
}

const order = { order_id: 'O-1', item_number: 'I-1' };

describe('Duplicates', () => {
  it.each<[string, object, object, number, boolean]>([
    ['the same name and event id', serverEvent(), serverEvent(), 47, true],
    ['the same after 48 hours', serverEvent(), serverEvent(), 49, false],
    ['another event id', serverEvent(), serverEvent({ event_id: 'message-2' }), 1, false],
    ['no event id', serverEvent({ event_id: undefined }), serverEvent({ event_id: undefined }), 1, false],
    ['a shop sale under another event id', sale(order), sale(order, { event_id: 'message-2' }), 24 * 6, true],
    ['a shop sale after 7 days', sale(order), sale(order), 24 * 7 + 1, false],
    ['another order under the same event id', sale(order), sale({ ...order, order_id: 'O-2' }), 1, false],
    ['another item of the order', sale(order), sale({ ...order, item_number: 'I-2' }), 1, false],
    ['another time', sale(order), sale(order, { event_time: nowSeconds - 61 }), 1, false],
    ['no order, the same person', sale({}), sale({}, { event_id: 'message-2' }), 1, true],
    ['no order, another person', sale({}), sale({}, { user_data: { em: 'x' } }), 1, false],
  ])('%s', (_, first, second, hours, expected) => {
    expect(isDuplicate(first, second, hours)).toBe(expected);
  });

  it('keeps datasets apart', () => {
    expect(isDuplicate(serverEvent(), serverEvent(), 1, '2')).toBe(false);
  });
});
