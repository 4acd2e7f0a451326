import { describe, expect, it } from 'vitest';
import { DeadLetter, lettersOfRejected, RejectedEvents } from '../../../shared/queue/dead-letter.ts';
import { hoursAgo, refused, refusedTogether, rejected } from '../../support/dead-letters.ts';

describe('a dead letter', () => {
  it.each([
    ['of delivery', refused('order-1')],
    ['of ingest', rejected({ type: 'track' })],
    [
      'that was held for long',
      refused('a', { history: [{ reason: 'graph_190', tries: 3, firstAt: 'a', lastAt: 'b' }] }),
    ],
    ['without anything from Meta', refused('a', { graph: {} })],
  ])('%s is read as it was written', (_, letter) => {
    expect(DeadLetter.parse(JSON.parse(JSON.stringify(letter)))).toEqual(letter);
  });

  it.each([
    ['another version', { ...refused('a'), version: 3 }],
    ['another stage', { ...refused('a'), stage: 'later' }],
    ['less than no attempt', { ...refused('a'), attempts: -1 }],
    ['half an attempt', { ...refused('a'), attempts: 0.5 }],
    ['a member that it does not have', { ...refused('a'), more: 1 }],
    ['a member of Meta that it does not keep', { ...refused('a'), graph: { message: 'Invalid parameter' } }],
  ])('with %s is none', (_, value) => {
    expect(DeadLetter.safeParse(value).success).toBe(false);
  });
});

describe('events that were refused together', () => {
  it('are read as they were written', () => {
    const rejectedEvents = refusedTogether([{ type: 'track' }, 'x']);

    expect(RejectedEvents.parse(JSON.parse(JSON.stringify(rejectedEvents)))).toEqual(rejectedEvents);
  });

  it('may be a count alone', () => {
    const { notKept: _, events: __, ...counted } = refusedTogether([]);

    expect(RejectedEvents.parse({ ...counted, notKept: 7 })).toMatchObject({ notKept: 7, events: [] });
    expect(RejectedEvents.parse(counted)).toMatchObject({ notKept: 0, events: [] });
    expect(RejectedEvents.safeParse({ ...counted, notKept: -1 }).success).toBe(false);
    expect(RejectedEvents.safeParse({ ...counted, stage: 'deliver' }).success).toBe(false);
  });

  it('are a letter each', () => {
    const { failedAt: _, notKept: __, events: ___, ...same } = refusedTogether([]);
    const common = { ...same, version: 1, attempts: 0, firstFailedAt: hoursAgo(1), lastFailedAt: hoursAgo(1) };

    expect(lettersOfRejected(refusedTogether([{ type: 'track' }, 'x']))).toEqual([
      { ...common, event: { type: 'track' } },
      { ...common, event: 'x' },
    ]);
  });
});
