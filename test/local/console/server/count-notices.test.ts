import { describe, expect, it } from 'vitest';
import type { AskRecord } from '../../../../commands/events/open-record.ts';
import { countNotices, countWatch } from '../../../../local/console/server/count-notices.ts';

const change = (event: string, changePercent: number) => ({ event, count: 41, usual: 205, changePercent });

describe('countNotices', () => {
  it('names what fell before what grew, with the command to type', () => {
    const notices = countNotices([change('Lead', 120), change('Purchase', -80)], '--env local --port 3001');

    expect(notices).toMatchObject([
      {
        ...{ kind: 'counts_changed', tone: 'dead', title: 'Purchase fell by 80 % (41, usually 205).' },
        command: 'npm run quality -- --env local --port 3001',
      },
      { tone: 'waiting', title: 'Lead grew by 120 % (41, usually 205).' },
    ]);
  });

  it('names three, and how many more there are', () => {
    const changes = ['A', 'B', 'C', 'D', 'E'].map((event) => change(event, -60));

    expect(countNotices(changes, '--env local')[0]?.title).toMatch(
      /^A fell .* C fell by 60 % \(41, usually 205\) and 2 more\.$/,
    );
  });

  it('says nothing where all is as usual', () => {
    expect(countNotices([], '--env local')).toEqual([]);
  });
});

describe('countWatch', () => {
  it('asks the record now and then, and bears one that is not there', async () => {
    let asked = 0;
    const ask: AskRecord = () => {
      asked++;
      return Promise.reject(new Error('There is no record.'));
    };
    const changes = countWatch(ask);
    const start = Date.UTC(2026, 11, 1);

    expect(changes(start)).toEqual([]);
    await Promise.resolve();
    changes(start + 60_000);
    expect(asked).toBe(1);
    changes(start + 11 * 60_000);
    expect(asked).toBe(2);
    expect(countWatch(undefined)(start)).toEqual([]);
  });
});
