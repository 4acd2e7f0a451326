import { describe, expect, it } from 'vitest';
import { maskEvent } from '../../../commands/dead-letters/mask-event.ts';
import { safeJson, safeText } from '../../../commands/kit/safe-text.ts';

describe('maskEvent', () => {
  it('shows what was bought and when, and masks who did it', () => {
    const event = {
      type: 'track',
      event: 'Order Completed',
      messageId: 'order-1',
      timestamp: '2026-03-10T12:00:00.000Z',
      userId: 'user-1',
      context: { ip: '203.0.113.9', userAgent: 'Mozilla/5.0', traits: { email: 'jane@example.com', category: 'x' } },
      properties: { currency: 'EURO', revenue: 10, phone: 491701234567, gift: true, note: '', coupon: null },
    };

    expect(maskEvent(event)).toEqual({
      type: 'track',
      event: 'Order Completed',
      messageId: 'order-1',
      timestamp: '2026-03-10T12:00:00.000Z',
      userId: '[masked text]',
      context: {
        ip: '[masked text]',
        userAgent: '[masked text]',
        traits: { email: '[masked text]', category: '[masked text]' },
      },
      properties: {
        currency: 'EURO',
        revenue: 10,
        phone: '[masked number]',
        gift: true,
        note: '',
        coupon: null,
      },
    });
  });

  it.each([
    ['an address in a harmless member', { order_id: 'jane@example.com' }, { order_id: '[masked text]' }],
    ['a member named by an address', { 'jane@example.com': true }, { '[masked name]': true }],
    ['a yes or no about a person', { traits: { pregnant: true } }, { traits: { pregnant: '[masked boolean]' } }],
    ['texts in lists', { tags: ['a', ['b']] }, { tags: ['[masked text]', ['[masked text]']] }],
    ['products', { products: [{ sku: 'S', name: 'N' }] }, { products: [{ sku: 'S', name: '[masked text]' }] }],
    ['text that is no event', 'jane', '[masked text]'],
    ['nothing', null, null],
  ])('handles %s', (_, event, masked) => {
    expect(maskEvent(event)).toEqual(masked);
  });
});

describe('safeText', () => {
  it('is one line without control characters', () => {
    expect(safeText('a\tb\u009b1m\u2028')).toBe('a\\u0009b\\u009b1m\\u2028');
  });

  it('is cut where it grows too long', () => {
    expect(safeText('abcdef', 4)).toBe('abc…');
  });
});

describe('safeJson', () => {
  it('is the same JSON without control characters', () => {
    const value = { text: 'a\u001b\u009b\u202e\n', list: [1] };
    const json = safeJson(value, 2);

    expect(JSON.parse(json)).toEqual(value);
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('writes nothing as null', () => {
    expect(safeJson(undefined)).toBe('null');
  });
});
