import { describe, expect, it } from 'vitest';
import { readAlarm } from '../../../shared/alarms/read-alarm.ts';

const message = {
  AlarmName: 'production-WaitingAge',
  AlarmDescription: 'An event still waits.',
  AWSAccountId: '111122223333',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold Crossed',
  StateChangeTime: '2026-03-10T12:00:00.000+0000',
  Region: 'EU (Ireland)',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:production-WaitingAge',
};
const read = (overrides: object = {}) => readAlarm(JSON.stringify({ ...message, ...overrides }));

describe('readAlarm', () => {
  it('reads what CloudWatch publishes', () => {
    expect(read()).toEqual({
      name: 'production-WaitingAge',
      says: 'An event still waits.',
      isOver: false,
      since: new Date('2026-03-10T12:00:00Z'),
      region: 'eu-west-1',
    });
  });

  it.each([
    [{ NewStateValue: 'OK' }, { isOver: true }],
    [{ NewStateValue: 'INSUFFICIENT_DATA' }, { isOver: false }],
    [{ AlarmDescription: null }, { says: 'Threshold Crossed' }],
    [{ AlarmDescription: '' }, { says: 'Threshold Crossed' }],
    [{ AlarmDescription: undefined, NewStateReason: undefined }, { says: 'production-WaitingAge' }],
    [{ AlarmArn: undefined }, { region: undefined }],
    [{ StateChangeTime: '2026-03-10T14:00:00.000+0200' }, { since: new Date('2026-03-10T12:00:00Z') }],
    [{ StateChangeTime: '2026-03-10T12:00:00Z' }, { since: new Date('2026-03-10T12:00:00Z') }],
  ])('reads %j', (overrides, expected) => {
    expect(read(overrides)).toMatchObject(expected);
  });

  it.each([
    ['a confirmation of a subscription', JSON.stringify({ Type: 'SubscriptionConfirmation', Token: 'x' })],
    ['an alarm without a name', JSON.stringify({ ...message, AlarmName: undefined })],
    ['an alarm of no time', JSON.stringify({ ...message, StateChangeTime: 'soon' })],
    ['text', 'hello'],
    ['nothing', ''],
  ])('knows %s for no alarm', (_, text) => {
    expect(readAlarm(text)).toBeUndefined();
  });
});
