import { describe, expect, it } from 'vitest';
import { resolve } from '../resolve.ts';

const total = { '@multiply': { value: { '@path': '$.price' }, by: { '@path': '$.quantity' } } };

describe('@multiply', () => {
  // A price alone tells a third of what three shirts are worth: woocommerce/pinterest-for-woocommerce#72.
  it.each<[unknown, unknown, unknown]>([
    [45, 3, 135],
    ['18.99', '3', 56.97],
    [0.1, 3, 0.3],
    [0, 3, 0],
    [5, 0.5, 2.5],
  ])('gives %j by %j as %j', (price, quantity, expected) => {
    expect(resolve(total, { price, quantity })).toBe(expected);
  });

  it.each([undefined, null, '', 'two', 0, -1, {}, [], true, Number.NaN, 1])('counts a %j as one', (quantity) => {
    expect(resolve(total, { price: '9.50', quantity })).toBe('9.50');
  });

  it.each([undefined, null, '', 'free', {}, true])('gives %j as it is', (price) => {
    expect(resolve(total, { price, quantity: 2 })).toEqual(price);
  });

  it.each([
    [{ '@multiply': 5 }, 'should be an object'],
    [{ '@multiply': { value: 1 } }, 'should have "by"'],
    [{ '@multiply': { by: 1 } }, 'should have "value"'],
  ])('is refused as %j', (mapping, message) => {
    expect(() => resolve(mapping, {})).toThrow(message);
  });
});
