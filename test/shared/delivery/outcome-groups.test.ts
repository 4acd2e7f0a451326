import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../shared/lib/sha256/sha256-hex.ts';
import { loggedId } from '../../../shared/queue/logged-id.ts';
import { OutcomeGroups } from '../../../shared/delivery/outcome-groups.ts';

const delivered = { outcome: 'delivered', destination: 'main', mapping: 'purchase' } as const;
const dead = { ...delivered, outcome: 'dead', reason: 'currency_invalid' } as const;

describe('OutcomeGroups', () => {
  it('puts the ids of events together that ended alike', () => {
    const groups = new OutcomeGroups('all', sha256Hex);

    groups.add(delivered, 'm-1');
    groups.add(dead, 'm-2');
    groups.add(delivered, 'm-3');

    expect([...groups.pages(10)]).toEqual([
      [
        { ...delivered, count: 2, messageIds: ['m-1', 'm-3'] },
        { ...dead, count: 1, messageIds: ['m-2'] },
      ],
    ]);
  });

  it('leaves delivered events out where only failures are logged', () => {
    const groups = new OutcomeGroups('failures', sha256Hex);

    groups.add(delivered, 'm-1');
    groups.add(dead, 'm-2');

    expect([...groups.pages(10)]).toEqual([[{ ...dead, count: 1, messageIds: ['m-2'] }]]);
  });

  it('has no page when there is nothing to tell', () => {
    expect([...new OutcomeGroups('all', sha256Hex).pages(10)]).toEqual([]);
  });

  it('cuts what is too long for one line and repeats no id', () => {
    const groups = new OutcomeGroups('all', sha256Hex);
    for (let index = 1; index <= 5; index++) groups.add(delivered, `m-${index}`);
    groups.add(dead, 'm-6');

    const pages = [...groups.pages(2)].map((page) => page.map(({ outcome, messageIds }) => [outcome, ...messageIds]));

    expect(pages).toEqual([
      [['delivered', 'm-1', 'm-2']],
      [['delivered', 'm-3', 'm-4']],
      [
        ['delivered', 'm-5'],
        ['dead', 'm-6'],
      ],
    ]);
  });
});

describe('loggedId', () => {
  it.each(['0192f6b0-7c2f-7d20-8d42-0a4d6e6f0c11', 'node-next-1760000000000-1f', 'content-0a1b2c', 'm-1'])(
    'shows %s as it is',
    (id) => {
      expect(loggedId(id, sha256Hex)).toBe(id);
    },
  );

  it.each(['jane@example.com', 'order-1-jane@example.com', '+49 30 1234567', '004930-1234567', 'Jane Doe', 'jane', ''])(
    'shows %j as its digest',
    (id) => {
      expect(loggedId(id, sha256Hex)).toBe(`sha256:${sha256Hex(id).slice(0, 16)}`);
    },
  );
});
