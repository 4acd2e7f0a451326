import { describe, expect, it, onTestFinished } from 'vitest';
import { alarmChecks } from '../../../commands/doctor/alarm-checks.ts';
import { alarmSubscribers } from '../../../commands/doctor/alarm-subscribers.ts';
import { startSns } from './sns-server.ts';

const own = 'arn:aws:sns:eu-west-1:1:ConversionsPipeline-staging-PipelineAlarmTopic1-x';
const other = 'arn:aws:sns:eu-west-1:1:ConversionsPipeline-production-PipelineAlarmTopic1-x';
const named = 'arn:aws:sns:eu-west-1:1:operations';

/** A client of a local SNS that has these subscriptions. */
async function access(subscriptions: Readonly<Record<string, readonly string[]>>) {
  const sns = await startSns(subscriptions);
  onTestFinished(() => void sns.close());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  return { endpoint: sns.url, region: 'eu-west-1', credentials, requestHandler };
}

describe('alarmSubscribers', () => {
  it('reads every page of the topics of the stack and of those that the settings name', async () => {
    const aws = await access({
      [other]: ['arn:sub:0'],
      'arn:aws:sns:eu-west-1:1:billing': [],
      [own]: ['PendingConfirmation', 'arn:sub:1', 'Deleted', 'arn:sub:2'],
      [named]: ['arn:sub:3'],
    });

    expect(await alarmSubscribers(aws, 'staging', { topicArn: named })).toEqual([
      { topicArn: named, confirmed: 1, pending: 0 },
      { topicArn: own, confirmed: 2, pending: 1 },
    ]);
  });
});

describe('the check of alarms', () => {
  const [check] = alarmChecks;
  const topic = (confirmed: number, pending: number) => ({ topicArn: own, confirmed, pending });

  it.each([
    { topics: [], status: 'warning', says: 'There is no alarm topic.' },
    // aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws#922: twelve alarms, no subscription.
    { topics: [topic(0, 0)], status: 'warning', says: 'Nobody hears of alarms' },
    // awslabs/amazon-redshift-utils#628, civiform/civiform#10816: addresses that could never follow the link in the mail.
    { topics: [topic(0, 2)], status: 'warning', says: '2 subscriptions are not confirmed' },
    { topics: [topic(1, 1)], status: 'warning', says: '1 subscription is not confirmed' },
    { topics: [topic(2, 0), topic(0, 0)], status: 'warning', says: 'Nobody hears of alarms' },
    { topics: [topic(2, 0), topic(1, 0)], status: 'ok', says: '3 subscribers of 2 topics.' },
  ])('says $says', async ({ topics, status, says }) => {
    expect(await check?.run({ topics })).toMatchObject({ status, message: expect.stringContaining(says) });
  });
});
