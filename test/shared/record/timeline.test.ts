import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../shared/record/receipt.ts';
import { isOpen, timelinesOf, timelineOf } from '../../../shared/record/timeline.ts';

const base = { v: 1, id: 'order-1', s: 'shop', e: 'Order Completed' } as const;
const at = { a: 0, d: 'main', m: 'Purchase' } as const;
const accepted = (t = 0): Receipt => ({ ...base, k: 'accepted', t });
const rejected = (t = 0): Receipt => ({ ...base, k: 'rejected', t, r: 'identity_missing' });
const attempt = (t: number, n = 1): Receipt => ({ ...base, ...at, k: 'attempt', t, n, r: 'http_503', o: 'retry' });
const delivered = (t: number, m = 'Purchase'): Receipt => ({ ...base, ...at, m, k: 'delivered', t, n: 1, x: 'trace' });
const dead = (t: number): Receipt => ({ ...base, ...at, k: 'dead', t, n: 1, r: 'meta_rejected' });
const skipped = (t: number, m?: string): Receipt => ({ ...base, ...at, m, k: 'skipped', t, r: 'no_mapping_matches' });
const redriven = (t: number): Receipt => ({ ...base, ...at, k: 'redriven', t });
const replayed = (t: number, m = 'Purchase'): Receipt => ({ ...base, ...at, m, k: 'replayed', t });
const erased = (t: number): Receipt => ({ ...base, k: 'erased', t });

const finals = (receipts: readonly Receipt[]): string[] =>
  timelineOf(receipts).final.map(({ destination, mapping, outcome }) => `${destination}/${mapping} ${outcome}`);

describe('a timeline', () => {
  it.each<{ title: string; receipts: Receipt[]; final: string[]; open: boolean }>([
    { title: 'is open once the event is accepted', receipts: [accepted()], final: [], open: true },
    {
      title: 'ends with delivery',
      receipts: [accepted(), delivered(2)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    { title: 'is open while it is retried', receipts: [accepted(), attempt(2)], final: [], open: true },
    {
      title: 'ends after a retry',
      receipts: [accepted(), attempt(2), delivered(9)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    {
      title: 'has one end where the answer was lost and the message came twice',
      receipts: [accepted(), delivered(2), delivered(8)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    {
      title: 'stays delivered whatever a second copy comes to',
      receipts: [accepted(), delivered(2), attempt(3), dead(9)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    {
      title: 'of a dead letter that came again is what it was last',
      receipts: [accepted(), dead(2), delivered(4)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    {
      title: 'is open again once it is redriven',
      receipts: [accepted(), dead(2), redriven(5)],
      final: [],
      open: true,
    },
    {
      title: 'has an end for each mapping',
      receipts: [accepted(), delivered(2), delivered(2, 'Gift')],
      final: ['main/Purchase delivered', 'main/Gift delivered'],
      open: false,
    },
    {
      title: 'is open while one mapping waits',
      receipts: [accepted(), delivered(2, 'Gift'), attempt(2)],
      final: ['main/Gift delivered'],
      open: true,
    },
    {
      title: 'ends with a destination that takes nothing of it',
      receipts: [accepted(), skipped(2)],
      final: ['main/null skipped'],
      open: false,
    },
    {
      title: 'of what was skipped goes on with the mapping that it is replayed for',
      receipts: [accepted(), skipped(2), replayed(7), delivered(8)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    { title: 'ends at the door', receipts: [rejected()], final: ['null/null rejected'], open: false },
    { title: 'goes on when the sender mends it', receipts: [rejected(), accepted(3)], final: [], open: true },
    {
      title: 'of an event without an acceptance is still told',
      receipts: [delivered(4)],
      final: ['main/Purchase delivered'],
      open: false,
    },
    {
      title: 'of what waited ends when it is erased',
      receipts: [accepted(), attempt(2), erased(5)],
      final: ['main/Purchase erased'],
      open: false,
    },
    {
      title: 'keeps its end when it is erased afterwards',
      receipts: [accepted(), delivered(2), erased(5)],
      final: ['main/Purchase delivered'],
      open: false,
    },
  ])('$title', ({ receipts, final, open }) => {
    expect(finals(receipts)).toEqual(final);
    expect(isOpen(timelineOf(receipts))).toBe(open);
  });

  it('is the same whatever the order in which its receipts are read, and however often', () => {
    const receipts = [accepted(), attempt(2), attempt(4, 2), dead(6), redriven(8), delivered(9), skipped(2, 'Gift')];

    fc.assert(
      fc.property(fc.shuffledSubarray(receipts, { minLength: receipts.length }), fc.nat(6), (shuffled, twice) => {
        const again = [...shuffled, receipts[twice] as Receipt];
        expect(finals(again)).toEqual(finals(receipts));
      }),
      { seed: 17 },
    );
  });

  it('tells how long and why an event waits', () => {
    expect(timelineOf([accepted(), attempt(2), attempt(7, 2)]).open).toEqual([
      { destination: 'main', mapping: 'Purchase', reason: 'http_503', attempts: 2, since: 2 },
    ]);
  });

  it('is told for each event, the newest first', () => {
    const timelines = timelinesOf([
      accepted(1),
      { ...base, k: 'accepted', t: 5, id: 'order-2' },
      { v: 1, k: 'dead', t: 9, r: 'message_undecodable' },
    ]);

    expect(timelines.map(({ messageId }) => messageId)).toEqual(['order-2', 'order-1']);
  });
});
