import { describe, expect, it } from 'vitest';
import { type Causes, causesIn } from '../../../shared/alarms/causes.ts';

const none: Causes = { reasons: [], held: [], tokensRefused: [], messageIds: [], changes: [] };
const causesOf = (...lines: unknown[]): Causes =>
  causesIn(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))));
const report = (more: object) => ({ message: 'delivery report', ...more });
const outcomes = (...groups: object[]) => ({ message: 'event outcomes', groups });

describe('causesIn', () => {
  it('adds up what died and what waits, the most frequent first', () => {
    const causes = causesOf(
      report({
        reasons: { dead: { graph_100: 2 }, waiting: { graph_190: 1, throttled: 4 }, skipped: { no_match: 99 } },
      }),
      report({ reasons: { waiting: { graph_190: 7 } } }),
    );

    expect(causes).toEqual({
      ...none,
      reasons: [
        { reason: 'waiting graph_190', count: 8 },
        { reason: 'waiting throttled', count: 4 },
        { reason: 'dead graph_100', count: 2 },
      ],
    });
  });

  it('names five reasons at most', () => {
    const dead = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`r${index}`, index + 1]));

    expect(causesOf(report({ reasons: { dead } })).reasons.map(({ count }) => count)).toEqual([9, 8, 7, 6, 5]);
  });

  it('counts requests that were refused by what was wrong with them', () => {
    const refused = (code: string, requests: number) => ({ message: 'request refused', code, requests });

    expect(causesOf(refused('write_key_unknown', 3), refused('write_key_unknown', 4)).reasons).toEqual([
      { reason: 'refused write_key_unknown', count: 7 },
    ]);
  });

  it('names each destination once', () => {
    const causes = causesOf(report({ held: ['main'], tokensRefused: ['b2b'] }), report({ held: ['main', 'shop'] }));

    expect(causes).toEqual({ ...none, held: ['main', 'shop'], tokensRefused: ['b2b'] });
  });

  it('gives three ids of events that did not arrive', () => {
    const group = (outcome: string, ...messageIds: string[]) => ({ outcome, messageIds });

    expect(
      causesOf(outcomes(group('skipped', 's'), group('dead', 'a', 'b'), group('waiting', 'a', 'c', 'd'))).messageIds,
    ).toEqual(['a', 'b', 'c']);
  });

  it('names each change of counts once', () => {
    const compared = (...changes: string[]) => ({ message: 'counts compared', changes });

    expect(causesOf(compared('Purchase fell'), compared('Purchase fell', 'Lead grew')).changes).toEqual([
      'Purchase fell',
      'Lead grew',
    ]);
  });

  it.each([
    ['no JSON', 'START RequestId'],
    ['another line', { message: 'cold start', reasons: { dead: { a: 1 } } }],
    ['a report of another form', report({ reasons: { dead: 'many' } })],
    ['a report of nothing', report({})],
  ])('leaves out %s', (_, line) => {
    expect(causesOf(line)).toEqual(none);
  });
});
