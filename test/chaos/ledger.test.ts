import { describe, expect, it } from 'vitest';
import type { Expected } from './event-kinds.ts';
import { Evidence } from './evidence.ts';
import { ledger } from './ledger.ts';

const poison = { outcome: 'dead', code: 'meta_rejected 100/2804050' } as const satisfies Expected;
const sent = new Map<string, Expected>([
  ['good', { outcome: 'delivered' }],
  ['other', { outcome: 'skipped' }],
  ['poison', poison],
  ['nameless', { outcome: 'rejected', code: 'event_name_missing' }],
]);

/** All that is to be seen when nothing goes wrong. */
function whole(): Evidence {
  const evidence = new Evidence(['main']);
  evidence.arrived('main', ['good'], 1_000);
  evidence.handled.add('other');
  evidence.reported(1);
  evidence.died('main', 'poison', poison.code);
  evidence.rejections.set('nameless', 'event_name_missing');
  return evidence;
}

describe('ledger', () => {
  it('balances when every event came to the end that it must', () => {
    expect(ledger(sent, whole())).toEqual({
      accounts: [
        {
          destination: 'main',
          accepted: 3,
          deliveredOnce: 1,
          deliveredAgain: 0,
          extraArrivals: 0,
          skipped: 1,
          dead: { 'meta_rejected 100/2804050': 1 },
          waiting: 0,
          balance: 0,
        },
      ],
      rejected: 1,
      discrepancies: [],
    });
  });

  it.each<{ title: string; tamper: (evidence: Evidence) => void; id: string; problem: RegExp; balance: number }>([
    {
      title: 'a good event that nobody got',
      tamper: (evidence) => evidence.at('main').arrivals.clear(),
      id: 'good',
      problem: /^missing: not delivered$/,
      balance: 1,
    },
    {
      title: 'a good event that is dead',
      tamper(evidence) {
        evidence.at('main').arrivals.clear();
        evidence.died('main', 'good', 'received_too_often');
      },
      id: 'good',
      problem: /^dead with received_too_often, not delivered$/,
      balance: 0,
    },
    {
      title: 'an event with two ends',
      tamper: (evidence) => evidence.died('main', 'good', 'meta_rejected 100/2804050'),
      id: 'good',
      problem: /^delivered and dead/,
      balance: -1,
    },
    {
      title: 'a second arrival that no fault explains',
      tamper: (evidence) => evidence.arrived('main', ['good'], 2_000),
      id: 'good',
      problem: /^extra: 1 more than once, and faults explain 0$/,
      balance: 0,
    },
    {
      title: 'a third arrival where a fault explains only the second',
      tamper(evidence) {
        evidence.excuse('answer lost', ['good']);
        evidence.arrived('main', ['good'], 2_000);
        evidence.arrived('main', ['good'], 3_000);
      },
      id: 'good',
      problem: /^extra: 2 more than once, and faults explain 1$/,
      balance: 0,
    },
    {
      title: 'a dead letter with another code',
      tamper(evidence) {
        evidence.at('main').letters.clear();
        evidence.died('main', 'poison', 'meta_rejected 100/1');
      },
      id: 'poison',
      problem: /^dead with meta_rejected 100\/1, not dead with meta_rejected 100\/2804050$/,
      balance: 0,
    },
    {
      title: 'an event that was to be skipped and that no invocation saw',
      tamper: (evidence) => evidence.handled.clear(),
      id: 'other',
      problem: /^missing: not skipped$/,
      balance: 1,
    },
    {
      title: 'a skipped event that was not reported',
      tamper(evidence) {
        evidence.reportedSkips = 0;
      },
      id: '?',
      problem: /^missing: 1 skipped events$/,
      balance: 0,
    },
    {
      title: 'an event that was never accepted',
      tamper: (evidence) => evidence.arrived('main', ['stranger'], 1_000),
      id: 'stranger',
      problem: /^extra: never accepted$/,
      balance: 0,
    },
    {
      title: 'a rejected event that arrives',
      tamper: (evidence) => evidence.arrived('main', ['nameless'], 1_000),
      id: 'nameless',
      problem: /^extra: never accepted$/,
      balance: 0,
    },
    {
      title: 'a rejected event that was not kept',
      tamper: (evidence) => evidence.rejections.clear(),
      id: 'nameless',
      problem: /^missing$/,
      balance: 0,
    },
    {
      title: 'a dead letter that holds no event',
      tamper(evidence) {
        evidence.unreadable = 1;
      },
      id: '?',
      problem: /^extra: 1 hold no event$/,
      balance: 0,
    },
  ])('is off for $title', ({ tamper, id, problem, balance }) => {
    const evidence = whole();
    tamper(evidence);

    const { accounts, discrepancies } = ledger(sent, evidence);

    expect(discrepancies).toEqual([expect.objectContaining({ id, problem: expect.stringMatching(problem) })]);
    expect(accounts[0]?.balance).toBe(balance);
  });

  it('accepts as many extra arrivals as faults explain', () => {
    const evidence = whole();
    evidence.excuse('answer lost', ['good'], 'main');
    evidence.arrived('main', ['good'], 2_000);

    const { accounts, discrepancies } = ledger(sent, evidence);

    expect(discrepancies).toEqual([]);
    expect(accounts[0]).toMatchObject({ deliveredOnce: 0, deliveredAgain: 1, extraArrivals: 1, balance: 0 });
  });

  it('knows an event that waits from one that is lost', () => {
    const evidence = whole();
    evidence.at('main').arrivals.clear();
    evidence.at('main').waiting.add('good');

    const { accounts, discrepancies } = ledger(sent, evidence);

    expect(discrepancies).toEqual([]);
    expect(accounts[0]).toMatchObject({ waiting: 1, balance: 0 });
  });

  it('takes no offence at an event whose request was never answered', () => {
    const evidence = whole();
    evidence.notAnswered(['unsure']);
    evidence.arrived('main', ['unsure'], 1_000);

    expect(ledger(sent, evidence).discrepancies).toEqual([]);
  });

  it('keeps an account for each destination', () => {
    const evidence = new Evidence(['main', 'second']);
    evidence.arrived('main', ['good'], 1_000);

    const { accounts, discrepancies } = ledger(new Map([['good', { outcome: 'delivered' }]]), evidence);

    expect(accounts.map(({ destination, balance }) => [destination, balance])).toEqual([
      ['main', 0],
      ['second', 1],
    ]);
    expect(discrepancies).toEqual([{ destination: 'second', id: 'good', problem: 'missing: not delivered' }]);
  });
});
