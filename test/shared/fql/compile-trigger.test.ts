import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTrigger, TriggerSyntaxError } from '../../../shared/fql/compile-trigger.ts';

const order = {
  type: 'track',
  event: 'Order Completed',
  userId: 'user-1',
  name: '7',
  properties: {
    revenue: 50,
    count: '50',
    gift: true,
    coupon: null,
    zero: 0,
    say: 'say "hi"',
    'odd key': 'x',
    nested: { list: [{ sku: 'S1' }] },
    and: 'x',
  },
  context: { page: { path: '/checkout' } },
};

describe('compileTrigger: how conditions are joined', () => {
  it.each([
    ['event = "Order Completed" or type = "page" and event = "A"', true],
    ['type = "page" and event = "A" or event = "Order Completed"', true],
    ['(event = "Order Completed" or type = "page") and event = "A"', false],
    ['((type = "track") and (event = "A" or ((userId = "user-1"))))', true],
    ['type = "track" AND event = "A" Or userId = "user-1"', true],
    ['!(type = "track")', false],
    ['!(type = "page" or event = "A")', true],
    ['type = "track" and !(contains(event, "Refund") or match(event, "Draft*"))', true],
    ['(contains(event, "A") or contains(event, "Order")) and type = "track"', true],
    ['type="track"and event="Order Completed"', true],
    ['type\n=\t"track"', true],
  ])('%s is %s', (fql, expected) => {
    expect(compileTrigger(fql)(order)).toBe(expected);
  });
});

describe('compileTrigger: comparisons', () => {
  it.each([
    ["event = 'Order Completed'", true],
    ['properties.say = "say \\"hi\\""', true],
    [`properties.say = 'say "hi"'`, true],
    ['event = null', false],
    ['type != null', true],
    ['properties.coupon = null', true],
    ['properties.missing = null', true],
    ['properties.missing != "x"', true],
    ['properties.revenue = 50', true],
    ['properties.count = 50', false],
    ['properties.count != 50', false],
    ['properties.revenue = "50"', false],
    ['properties.revenue > "40"', true],
    ['properties.revenue > "many"', false],
    ['properties.revenue > null', false],
    ['properties.revenue >= 50.0', true],
    ['properties.zero > -0.5', true],
    ['type < "z"', false],
    ['name = 7', true],
    ['name > 5', false],
    ['userId = true', false],
    ['properties.gift = true', true],
    ['properties.gift = TRUE', true],
    ['properties.gift != true', true],
    ['type = track', true],
    ['properties.odd\\ key = "x"', true],
    ['properties.nested.list[0].sku = "S1"', true],
    ['properties.nested.list.0.sku = "S1"', true],
    [`${'('.repeat(100)}type = "track"${')'.repeat(100)}`, true],
    // A group that is closed no longer counts.
    [Array.from({ length: 150 }, () => '(type = "page")').join(' or '), false],
    [`(${Array.from({ length: 150 }, () => '(type = "track")').join(' and ')})`, true],
    ['properties.zero.deeper = 0', true],
    ['properties != null', false],
    ['properties.and = "x"', false],
    ['properties.null != "x"', false],
    ['properties.constructor != null', false],
    ['context.page.toString != null', false],
  ])('%s is %s', (fql, expected) => {
    expect(compileTrigger(fql)(order)).toBe(expected);
  });

  it.each([
    ['properties.id = 120211234567890123', true],
    ['properties.id = 5', false],
    ['properties.id > 5', true],
    ['properties.id < 5', false],
    ['properties.id != 5', true],
    ['properties.id != 120211234567890123', false],
    ['properties.id = "120211234567890123"', true],
  ])('takes a number that is kept as its digits for one: %s', (trigger, matches) => {
    expect(compileTrigger(trigger)({ properties: { id: '120211234567890123' } })).toBe(matches);
  });

  it('takes a user id that is a boolean as one', () => {
    expect(compileTrigger('userId = false')({ userId: false })).toBe(true);
  });

  it('reads an event without any bag', () => {
    expect(compileTrigger('properties.a.b = 1 or context.x = "y"')({ properties: null })).toBe(false);
  });
});

describe('compileTrigger: functions', () => {
  it.each([
    ['contains(event, "Order")', true],
    ['contains(event, "")', true],
    ['!contains(event, "Order")', false],
    ['!contains(properties.missing, "x")', false],
    ['!(contains(properties.missing, "x"))', true],
    ['contains(properties.revenue, "5")', false],
    ['contains(properties.count, 5)', true],
    ['contains(type, "rac")', true],
    ['match(event, "Order*")', true],
    ['match(event, "*Completed")', true],
    ['match(event, "*der*omp*")', true],
    ['match(event, "Order*Completed")', true],
    ['match(event, "Order")', false],
    ['!match(event, "Order*")', false],
    ['!match(event, "Refund*")', true],
    ['!match(properties.revenue, "5*")', false],
  ])('%s is %s', (fql, expected) => {
    expect(compileTrigger(fql)(order)).toBe(expected);
  });
});

describe('compileTrigger: refusals', () => {
  it.each([
    ['', 0, 'expected a field, found the end'],
    ['type = "track" and', 18, 'expected a field, found the end'],
    ['type = "track" event = "x"', 15, 'expected "and", "or" or the end, found "event"'],
    ['type = "track")', 14, 'expected "and", "or" or the end, found ")"'],
    ['(type = "track"', 15, 'expected "and", "or" or ")", found the end'],
    ['type === "track"', 6, 'expected a value'],
    ['type = "track', 7, 'no closing quote'],
    ['type = "a" && event = "b"', 11, 'write "and"'],
    ['type = "a" || event = "b"', 11, 'write "or"'],
    ['properties.a > 1.2.3', 15, 'write numbers like'],
    ['TYPE = "track"', 0, 'did you mean "type"?'],
    ['propertys.a = 1', 0, 'did you mean "properties"?'],
    ['anonymousId != null', 0, 'expected one of type, event, name'],
    ['event.name = "x"', 0, '"event" has no fields of its own'],
    ['properties.a. = 1', 13, 'expected a name after the dot'],
    ['contain(event, "x")', 0, 'did you mean "contains"?'],
    ['contains(event "x")', 15, 'expected ","'],
    ['contains(event)', 14, 'expected ","'],
    ['!type = "track"', 1, 'contains(…), match(…) or "("'],
    ['not type = "track"', 0, 'expected a field'],
    ['event in ["a"]', 9, 'unexpected "["'],
    ['properties.a = properties.b', 15, 'expected a value'],
    [`${'('.repeat(101)}type = "track"${')'.repeat(101)}`, 100, 'more than 100 parentheses deep'],
    [`type = "${'x'.repeat(100_000)}"`, 100_000, 'longer than 100000 characters'],
  ])('%s is refused at %i', (fql, position, message) => {
    const refused = expect(() => compileTrigger(fql));

    refused.toThrow(TriggerSyntaxError);
    refused.toThrow(expect.objectContaining({ position, message: expect.stringContaining(message) }));
  });
});

describe('compileTrigger: any text', () => {
  const piece = fc.constantFrom(
    ...['type', 'event', 'properties.a', 'context.b\\ c', 'and', 'OR', '!', '(', ')', ',', '=', '!=', '>'],
    ...['"x"', "'", '"', '\\', '5', '-1.5', 'null', 'true', 'contains', 'match(', '*', '.', '[0]'],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' ')),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  );
  const event = fc.record({
    type: fc.string(),
    event: fc.anything(),
    userId: fc.anything(),
    properties: fc.anything(),
    context: fc.anything(),
  });

  it('gives a trigger that answers and changes nothing, or a TriggerSyntaxError within the text', () => {
    fc.assert(
      fc.property(text, event, (fql, subject) => {
        const before = fc.stringify(subject);
        try {
          expect(typeof compileTrigger(fql)(subject)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(TriggerSyntaxError);
          const { position } = error as TriggerSyntaxError;
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(fql.length);
        }
        expect(fc.stringify(subject)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });
});
