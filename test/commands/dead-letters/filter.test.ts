import { describe, expect, it } from 'vitest';
import { countLetters, countLines } from '../../../commands/dead-letters/counts.ts';
import { letterFacts, letterLines } from '../../../commands/dead-letters/describe-letter.ts';
import { type Filter, matchesFilter } from '../../../commands/dead-letters/filter.ts';
import type { Letter } from '../../../commands/dead-letters/letter.ts';
import { openMessage } from '../../../commands/dead-letters/open-message.ts';
import { warningsOf } from '../../../commands/dead-letters/warnings.ts';
import type { Seen } from '../../../commands/dead-letters/seen.ts';
import { now } from '../../support/factories.ts';
import { hoursAgo, order, refused, rejected } from '../../support/dead-letters.ts';

const letterOf = (content: unknown, id = 'message-1'): Letter => {
  const [letter] = openMessage({ id, body: JSON.stringify(content), sentAt: now }).letters;
  if (letter === undefined) throw new Error('no letter');
  return letter;
};

/** A look at so many letters, all there are. */
const seenOf = (lookedAt: number): Seen => ({
  lookedAt,
  counts: countLetters([]),
  inQueue: lookedAt,
  messages: lookedAt,
  limitReached: false,
});

describe('matchesFilter', () => {
  const letter = letterOf(refused('order-1'));

  it.each<[Filter, boolean]>([
    [{}, true],
    [{ code: ['meta_rejected'] }, true],
    [{ code: ['event_too_old', 'meta_rejected'] }, true],
    [{ code: ['event_too_old'] }, false],
    [{ stage: ['ingest'] }, false],
    [{ source: ['shop'], destination: ['main'] }, true],
    [{ source: ['shop'], destination: ['second'] }, false],
    [{ event: ['Order Completed'] }, true],
    [{ event: ['order completed'] }, false],
    [{ id: ['order-1'] }, true],
    [{ id: ['message-1'] }, true],
    [{ id: ['order'] }, false],
    [{ olderThanMs: 3_599_000 }, true],
    [{ olderThanMs: 3_600_000 }, false],
    [{ newerThanMs: 3_601_000 }, true],
    [{ newerThanMs: 3_600_000 }, false],
  ])('answers %j with %s', (filter, matches) => {
    expect(matchesFilter(letter, filter, now)).toBe(matches);
  });

  it('finds nothing by a member that a letter lacks', () => {
    expect(matchesFilter(letterOf(rejected({})), { destination: ['main'] }, now)).toBe(false);
  });
});

describe('countLetters', () => {
  const letters = [refused('a'), refused('b'), rejected({ type: 'page' })].map((content) => letterOf(content));

  it('counts by each member', () => {
    expect(countLetters(letters)).toEqual({
      total: 3,
      by: {
        stage: { deliver: 2, ingest: 1 },
        code: { meta_rejected: 2, identity_missing: 1 },
        source: { shop: 3 },
        destination: { main: 2, '(none)': 1 },
        event: { 'Order Completed': 2, page: 1 },
      },
    });
  });

  it('shows ten values of a member and how many others there are', () => {
    const many = Array.from({ length: 13 }, (_, index) =>
      letterOf(rejected({ type: 'track', event: `Event ${index}` })),
    );

    expect(countLines(countLetters(many), seenOf(many.length), {}).at(-1)).toMatch(
      /^ {2}event {8}Event 0 1, .*Event 9 1, and 3 others$/,
    );
  });

  it('says so when there is none', () => {
    expect(countLines(countLetters([]), seenOf(0), {})).toEqual(['No dead letters.']);
  });
});

describe('countLines', () => {
  it.each([
    [1, 'No dead letter matches; 1 was looked at.'],
    [2, 'No dead letter matches; 2 were looked at.'],
  ])('tells none among %i from none at all', (lookedAt, line) => {
    expect(countLines(countLetters([]), seenOf(lookedAt), {})).toEqual([line]);
  });
});

describe('letterLines', () => {
  it('aligns age, stage, code, route, event, id and reason', () => {
    const letters = [letterOf(refused('order-1')), letterOf(rejected({ type: 'page' }), 'message-2')];

    expect(letterLines(letters, now)).toEqual([
      '1h  deliver  meta_rejected     shop → main/Purchase  Order Completed  order-1    The event has too little customer information.',
      '1h  ingest   identity_missing  shop                  page             message-2  The event has neither a userId nor an anonymousId.',
    ]);
  });

  it('shows no character that a terminal acts on, and no address in a name or id', () => {
    const hostile = { type: 'track', event: 'A\u001b[2J\u202e\nB', messageId: '1' };
    const personal = { type: 'track', event: 'Bought by jane@example.com', messageId: 'jane@example.com-1' };
    const lines = letterLines([letterOf(rejected(hostile)), letterOf(rejected(personal))], now).join('|');

    expect(lines).toContain('A\\u001b[2J\\u202e\\u000aB');
    expect(lines).not.toMatch(/[\p{Cc}\u202e]|jane/u);
  });
});

describe('letterFacts', () => {
  it('has everything but the event', () => {
    expect(letterFacts(letterOf(refused('order-1')), now)).toMatchObject({ messageId: 'order-1', ageSeconds: 3_600 });
    expect(JSON.stringify(letterFacts(letterOf(refused('order-1')), now))).not.toContain('jane');
  });
});

describe('warningsOf', () => {
  it.each([
    ['an hour', refused('a'), []],
    ['just under 48 hours', refused('a', { firstFailedAt: hoursAgo(47.9) }), []],
    ['over 48 hours', refused('a', { firstFailedAt: hoursAgo(48.1) }), ['outside_deduplication']],
    [
      'a young failure of an old event',
      refused('a', { event: order('a', { timestamp: hoursAgo(24 * 7 + 1) }) }),
      ['outside_age_window'],
    ],
    [
      'an event without a time, by its failure',
      rejected({}, { firstFailedAt: hoursAgo(24 * 8) }),
      ['outside_deduplication', 'outside_age_window'],
    ],
  ])('warns of %s', (_, content, codes) => {
    expect(warningsOf([letterOf(content)], now).map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ['50 hours', { firstFailedAt: hoursAgo(50) }, { order_id: 'O-1' }, []],
    ['50 hours, by its item', { firstFailedAt: hoursAgo(50) }, { item_number: 'I-1' }, []],
    ['over 7 days', { firstFailedAt: hoursAgo(24 * 7 + 1) }, { order_id: 'O-1' }, ['outside_shop_deduplication']],
    ['an hour, without an order', {}, {}, ['shop_sale_without_order']],
  ])('knows the rules of shop sales: %s', (_, content, properties, codes) => {
    const letter = letterOf(refused('a', { ...content, event: { ...order('a'), properties } }));

    expect(warningsOf([letter], now, () => true).map(({ code }) => code)).toEqual(codes);
  });

  it('takes a shop sale of 30 days ago for young enough', () => {
    const event = { ...order('a', { timestamp: hoursAgo(24 * 30) }), properties: { order_id: 'O-1' } };

    expect(warningsOf([letterOf(refused('a', { event }))], now, () => true)).toEqual([]);
    expect(warningsOf([letterOf(refused('a', { event }))], now)).toMatchObject([{ code: 'outside_age_window' }]);
  });

  it('counts the events', () => {
    const old = letterOf(refused('a', { firstFailedAt: hoursAgo(50) }));

    expect(warningsOf([old, old, letterOf(refused('b'))], now)).toMatchObject([
      { events: 2, message: expect.stringMatching(/^2 events/) },
    ]);
  });
});
