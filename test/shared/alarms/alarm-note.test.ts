import { describe, expect, it } from 'vitest';
import { alarmNote } from '../../../shared/alarms/alarm-note.ts';
import type { Causes } from '../../../shared/alarms/causes.ts';

const alarm = {
  name: 'staging-DestinationHeld',
  says: 'A destination waits.',
  isOver: false,
  since: new Date('2026-03-10T12:00:00.123Z'),
  region: 'eu-west-1',
};
const none: Causes = { reasons: [], held: [], tokensRefused: [], messageIds: [], changes: [] };
const options = { environment: 'staging', alarmUrl: undefined, runbookUrl: undefined };
const noteOf = (causes: Partial<Causes> | undefined, name = alarm.name, isOver = false) =>
  alarmNote({ ...alarm, name, isOver }, causes && { ...none, ...causes }, options);

describe('alarmNote', () => {
  it('says what rings, where and since when', () => {
    expect(noteOf({})).toEqual({
      title: 'ALARM: staging-DestinationHeld',
      says: 'A destination waits.',
      facts: [
        ['Environment', 'staging'],
        ['Since', '2026-03-10T12:00:00Z'],
      ],
      command: 'npm run doctor -- --env staging',
      links: [],
      isOver: false,
    });
  });

  it('says when it is over', () => {
    expect(noteOf({}, alarm.name, true)).toMatchObject({
      title: 'OK: staging-DestinationHeld',
      facts: [expect.anything(), ['Over since', '2026-03-10T12:00:00Z']],
      isOver: true,
    });
  });

  it.each<[string, Partial<Causes> | undefined, readonly [string, string]]>([
    ['held destinations', { held: ['main', 'b2b'] }, ['Held', 'main, b2b']],
    ['a refused token rather than that it holds', { held: ['main'], tokensRefused: ['b2b'] }, ['Token refused', 'b2b']],
    [
      'reasons with their counts',
      {
        reasons: [
          { reason: 'waiting graph_190', count: 12_345 },
          { reason: 'dead graph_100', count: 1 },
        ],
      },
      ['Top reasons', 'waiting graph_190: 12,345, dead graph_100: 1'],
    ],
    ['message ids', { messageIds: ['m-1', 'm-2'] }, ['Message ids', 'm-1, m-2']],
    ['five changes at most', { changes: ['a', 'b', 'c', 'd', 'e', 'f'] }, ['Event names', 'a, b, c, d, e']],
    ['that nothing could be read', undefined, ['Reasons', 'The logs could not be read.']],
  ])('names %s', (_, causes, fact) => {
    expect(noteOf(causes).facts.slice(2)).toEqual([fact]);
  });

  it.each<[string, string, Partial<Causes> | undefined, string]>([
    ['a name fell', 'staging-EventNamesFell', { tokensRefused: ['main'] }, 'quality -- --env staging'],
    ['a name grew', 'EventNamesGrew', {}, 'quality -- --env staging'],
    ['a token was refused', 'X', { tokensRefused: ['main', 'b2b'] }, 'token:set -- --env staging --destination main'],
    ['events died', 'X', { reasons: [{ reason: 'dead graph_100', count: 1 }] }, 'dead-letters -- list --env staging'],
    ['events wait', 'X', { reasons: [{ reason: 'waiting dead', count: 1 }] }, 'doctor -- --env staging'],
    ['nothing is known', 'X', undefined, 'doctor -- --env staging'],
  ])('gives the command where %s', (_, name, causes, command) => {
    expect(noteOf(causes, name).command).toBe(`npm run ${command}`);
  });

  it('links what to do, then the alarm', () => {
    const urls = { alarmUrl: 'https://example.com/alarm', runbookUrl: 'https://example.com/operations' };

    expect(alarmNote(alarm, none, { ...options, ...urls }).links).toEqual([
      { title: 'What to do', url: 'https://example.com/operations' },
      { title: 'Alarm', url: 'https://example.com/alarm' },
    ]);
  });
});
