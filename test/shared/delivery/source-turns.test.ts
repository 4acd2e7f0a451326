import { describe, expect, it } from 'vitest';
import { SourceTurns, sourceOf } from '../../../shared/delivery/source-turns.ts';
import { orders, record } from './delivery-fixture.ts';

const records = (source: string, count: number) =>
  Array.from({ length: count }, (_, index) => record(`${source}-${index}`, orders(1), { source }));

/** Takes every turn there is, each of which takes its source so long. */
function take(turns: SourceTurns, msOf: (recordId: string) => number, shareMs = Infinity): string[] {
  const taken: string[] = [];
  for (let next = turns.take(shareMs); next !== undefined; next = turns.take(shareMs)) {
    taken.push(next.recordId);
    turns.spent(msOf(next.recordId));
  }
  return taken;
}

describe('SourceTurns', () => {
  it('keeps the order of a single source', () => {
    const turns = new SourceTurns(records('shop', 3));

    expect(turns.isShared).toBe(false);
    expect(take(turns, () => 1)).toEqual(['shop-0', 'shop-1', 'shop-2']);
  });

  it('gives the next turn to the source that took least time', () => {
    const turns = new SourceTurns([...records('flood', 3), ...records('shop', 4)]);

    const taken = take(turns, (id) => (id.startsWith('flood') ? 30 : 10));

    expect(taken).toEqual(['flood-0', 'shop-0', 'shop-1', 'shop-2', 'flood-1', 'shop-3', 'flood-2']);
  });

  it('gives none to a source that has used up its share, and says what is left of it', () => {
    const turns = new SourceTurns([...records('flood', 4), ...records('shop', 2)]);

    const taken = take(turns, (id) => (id.startsWith('flood') ? 30 : 1), 60);

    expect(taken).toEqual(['flood-0', 'shop-0', 'shop-1', 'flood-1']);
    expect(turns.rest().map(({ recordId }) => recordId)).toEqual(['flood-2', 'flood-3']);
  });
});

describe('sourceOf', () => {
  it.each([
    ['the body', { recordId: 'a', body: '{"version":1,"source":"shop-1","events":[]}', groupId: 'other' }, 'shop-1'],
    ['the message group', { recordId: 'a', body: 'noise', groupId: 'shop/main' }, 'shop'],
    ['nothing', { recordId: 'a', body: 'noise' }, undefined],
  ])('reads it from %s', (_, given, source) => {
    expect(sourceOf(given)).toBe(source);
  });
});
