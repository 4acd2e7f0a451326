import { describe, expect, it } from 'vitest';
import { coerceContents } from '../../../../shared/meta/event/coerce-contents.ts';
import { messagesOf } from '../../../support/messages.ts';

function read(raw: unknown, leaveOut = true) {
  const { contents, problems, warnings } = coerceContents(raw, leaveOut);
  return { contents, problems: messagesOf(problems), warnings: messagesOf(warnings) };
}

describe('coerceContents', () => {
  it.each([undefined, null, ''])('takes %j for no contents', (raw) => {
    expect(read(raw)).toEqual({ contents: undefined, problems: [], warnings: [] });
  });

  it('keeps an empty list', () => {
    expect(read([]).contents).toEqual([]);
  });

  it('reads every line, its numbers also from text, and a lone line as a list', () => {
    const line = { id: 7, quantity: '2', item_price: '9.50', delivery_category: 'curbside', colour: 'red' };

    expect(read(line)).toEqual({
      contents: [{ id: '7', quantity: 2, item_price: 9.5, delivery_category: 'curbside' }],
      problems: [],
      warnings: [],
    });
  });

  it('leaves out a null and does not turn it into zero', () => {
    expect(read([{ id: 'a', quantity: null, item_price: null }, null]).contents).toEqual([{ id: 'a' }]);
  });

  it.each<[string, object, object | undefined, string]>([
    ['no id', { quantity: 1 }, undefined, 'Product 2 must have an id. It was left out.'],
    ['an empty id', { id: '' }, undefined, 'Product 2 must have an id. It was left out.'],
    ['JSON as its id', { id: '[{"product_id":"b"}]' }, undefined, 'Product 2 must have an id. It was left out.'],
    [
      'half a quantity',
      { id: 'b', quantity: 1.5 },
      { id: 'b' },
      'Product 2 must have a whole number as quantity. It was left out.',
    ],
    [
      'a quantity past counting',
      { id: 'b', quantity: 2 ** 53 },
      { id: 'b' },
      'Product 2 must have a whole number as quantity. It was left out.',
    ],
    [
      'a price in words',
      { id: 'b', item_price: 'n/a' },
      { id: 'b' },
      'Product 2 must have a number as price. It was left out.',
    ],
    [
      'another way of delivery',
      { id: 'b', delivery_category: 'drone' },
      { id: 'b' },
      'Product 2 must have one of in_store, curbside, home_delivery as delivery category. It was left out.',
    ],
  ])('leaves out what is wrong with a line that has %s, and says so', (_, line, kept, warning) => {
    const { contents, problems, warnings } = read([{ id: 'a' }, line]);

    expect(contents).toEqual([{ id: 'a' }, ...(kept ? [kept] : [])]);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([warning]);
  });

  it.each(['0', '{110D559F-DEA5-42EA-9C1C-8A5DF7E70EF9}', 'a[1]', '-'])('takes %j for an id', (id) => {
    expect(read([{ id }])).toEqual({ contents: [{ id }], problems: [], warnings: [] });
  });

  it('leaves out a line that is no object', () => {
    expect(read(['SHOE-1', { id: 'a' }])).toMatchObject({ contents: [{ id: 'a' }], problems: [] });
  });

  it('gives nothing when no line is left', () => {
    expect(read([{ quantity: 1 }]).contents).toBeUndefined();
  });

  describe('under a mapping that came from Segment', () => {
    it.each([
      ['a price in words', [{ id: 'a', item_price: 'n/a' }]],
      ['another way of delivery', [{ id: 'a', delivery_category: 'drone' }]],
      ['a line that is no object', ['SHOE-1']],
      ['an id that is no text', [{ id: { sku: 'a' } }]],
    ])('refuses %s', (_, raw) => {
      expect(read(raw, false).problems).toHaveLength(1);
    });

    it.each<[unknown, string]>([
      [0, '0'],
      [false, 'false'],
      ['[]', '[]'],
    ])('sends an id of %j, as Segment does', (id, sent) => {
      expect(read([{ id }], false)).toEqual({ contents: [{ id: sent }], problems: [], warnings: [] });
    });

    it('sends a delivery category of null as empty text, as Segment does', () => {
      expect(read([{ id: 'a', delivery_category: null }], false).contents).toEqual([
        { id: 'a', delivery_category: '' },
      ]);
    });

    it.each([
      ['a line without an id', [{ id: 'a' }, { quantity: 1 }]],
      ['half a quantity', [{ id: 'a', quantity: 0.5 }]],
      ['a price in words beside half a quantity', [{ id: 'a', quantity: 0.5, item_price: 'n/a' }]],
    ])('never loses the event for %s', (_, raw) => {
      expect(read(raw, false)).toMatchObject({ contents: [{ id: 'a' }], problems: [] });
    });
  });

  it('tells the first twenty faults', () => {
    const { contents, warnings } = read(Array.from({ length: 1_000 }, () => ({ id: 'a', quantity: 'many' })));

    expect([contents?.length, warnings.length]).toEqual([1_000, 20]);
    expect(warnings[0]).toContain('Product 1 ');
  });

  it('leaves out the lines after the first 1,000, and tells it', () => {
    const { contents, warnings } = read(Array.from({ length: 20_000 }, (_, index) => ({ id: index + 1 })));

    expect(contents).toHaveLength(1_000);
    expect(warnings).toEqual(['contents: the values after the first 1000 were left out.']);
  });
});
