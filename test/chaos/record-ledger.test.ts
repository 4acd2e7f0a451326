import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../shared/record/receipt.ts';
import { Evidence } from './evidence.ts';
import { judgeCheck, judgeRecord, judgeTotals } from './record-ledger.ts';

const facts = { v: 1, id: 'e-1', s: 'chaos', e: 'Order Completed' } as const;
const accepted: Receipt = { ...facts, k: 'accepted', t: 1 };
const place = { a: 1, d: 'main', m: 'Purchase' } as const;
const delivered: Receipt = { ...facts, ...place, k: 'delivered', t: 2, n: 1 };
const dead: Receipt = { ...facts, ...place, k: 'dead', t: 2, n: 1, r: 'meta_rejected' };
const sent = new Map([['e-1', { outcome: 'delivered' } as const]]);

function problems(receipts: readonly Receipt[], see: (evidence: Evidence) => void = () => {}): string[] {
  const evidence = new Evidence(['main']);
  see(evidence);
  return judgeRecord(receipts, sent, evidence).map(({ problem }) => problem);
}

const arrived = (evidence: Evidence): void => evidence.arrived('main', ['e-1'], 1);

describe('judgeRecord', () => {
  it.each([
    ['what arrived and is told so', [accepted, delivered], arrived],
    ['what arrived and is told twice', [accepted, delivered, { ...delivered, t: 9 }], arrived],
    ['what was lost and has no end', [accepted], undefined],
    [
      'what waits',
      [accepted],
      (evidence: Evidence) => {
        evidence.at('main').waiting.add('e-1');
      },
    ],
  ])('finds no fault with %s', (_, receipts, see) => {
    expect(problems(receipts, see)).toEqual([]);
  });

  it.each([
    ['an arrival that the record does not tell', [accepted], arrived, 'record: open, seen delivered'],
    ['an end that nobody saw', [accepted, delivered], undefined, 'record: delivered, seen open'],
    ['another end than the true one', [accepted, dead], arrived, 'record: dead, seen delivered'],
    ['an event without its acceptance', [delivered], arrived, 'record: never accepted'],
  ])('finds %s', (_, receipts, see, problem) => {
    expect(problems(receipts, see)).toEqual([problem]);
  });
});

describe('judgeTotals', () => {
  const counts = { accepted: 3, delivered: 2, skipped: 0, dead: 1 };

  it('finds sums that differ from the metrics', () => {
    expect(judgeTotals(counts, counts)).toEqual([]);
    expect(judgeTotals({ ...counts, dead: 0 }, counts).map(({ problem }) => problem)).toEqual([
      'record: stats count 0 dead, the metrics 1',
    ]);
  });
});

describe('judgeCheck', () => {
  it.each([
    ['nothing where all have ended', [accepted, delivered], [], []],
    ['nothing where what is open is listed', [accepted], ['e-1'], []],
    ['what is not listed', [accepted], [], ['record: check does not list it']],
    ['what is listed and has ended', [accepted, delivered], ['e-1'], ['record: check lists it, though it has ended']],
  ])('finds %s', (_, receipts, listed, found) => {
    expect(judgeCheck(new Set(listed), receipts).map(({ problem }) => problem)).toEqual(found);
  });
});
