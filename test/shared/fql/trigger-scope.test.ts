import { describe, expect, it } from 'vitest';
import { triggerScope } from '../../../shared/fql/trigger-scope.ts';

const scopeOf = (fql: string) => {
  const { types, events } = triggerScope(fql);
  return [types && [...types], events && [...events]];
};

describe('triggerScope', () => {
  it.each<[string, (string[] | undefined)[]]>([
    ['type = "track" and event = "Order Completed"', [['track'], ['Order Completed']]],
    ['type = "page"', [['page'], undefined]],
    ['event = "A" and properties.total > 5', [undefined, ['A']]],
    ['type = "track" and (event = "A" or event = "B")', [['track'], ['A', 'B']]],
    ['(type = "track" and event = "A") or type = "page"', [['track', 'page'], undefined]],
    ['type = "track" and event = "A" or properties.vip = true', [undefined, undefined]],
    ['type != "track"', [undefined, undefined]],
    ['type = null', [undefined, undefined]],
    ['!(type = "track")', [undefined, undefined]],
    ['contains(event, "Order")', [undefined, undefined]],
    ['properties.type = "track"', [undefined, undefined]],
  ])('of %s', (fql, expected) => {
    expect(scopeOf(fql)).toEqual(expected);
  });
});
