import { ListSubscriptionsByTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import type { AwsAccess } from '../common/services.ts';

/** Who hears of the alarms of one topic. */
export interface AlarmSubscribers {
  readonly topicArn: string;
  readonly confirmed: number;
  /** Got a mail with a link that nobody has followed: nothing is sent to them. */
  readonly pending: number;
}

/** Text that AWS writes in place of the ARN of a subscription that nobody has confirmed. */
const pendingArn = 'PendingConfirmation';
const deletedArn = 'Deleted';
/** Bounds a list whose pages never end. */
const mostPages = 100;

/**
 * The subscribers of every alarm topic of a deployment: those that its settings name, and those that its stack made.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 * @throws the SDK's error
 */
export async function alarmSubscribers(
  aws: AwsAccess,
  deployment: string,
  alarms: EnvironmentSettings['alarms'],
): Promise<AlarmSubscribers[]> {
  const client = new SNSClient(aws);
  try {
    const named = topicArnsIn(alarms);
    const topics = new Set([...named, ...(await stackTopics(client, `ConversionsPipeline-${deployment}-`))]);
    return await Promise.all([...topics].map((topicArn) => subscribersOf(client, topicArn)));
  } finally {
    client.destroy();
  }
}

/** Every topic that the settings name, at whatever depth: urgent alarms may have one of their own. */
function topicArnsIn(settings: unknown): string[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]) =>
    name === 'topicArn' && typeof value === 'string' ? [value] : topicArnsIn(value),
  );
}

/** Found by the beginning of their names, since CloudFormation makes up the end. */
async function stackTopics(client: SNSClient, prefix: string): Promise<string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await client.send(new ListTopicsCommand({ NextToken }));
    for (const { TopicArn = '' } of answer.Topics ?? []) {
      if ((TopicArn.split(':').at(-1) ?? '').startsWith(prefix)) found.push(TopicArn);
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined || NextToken === '') break;
  }
  return found;
}

async function subscribersOf(client: SNSClient, topicArn: string): Promise<AlarmSubscribers> {
  let confirmed = 0;
  let pending = 0;
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }));
    for (const { SubscriptionArn } of answer.Subscriptions ?? []) {
      if (SubscriptionArn === pendingArn) pending += 1;
      else if (SubscriptionArn !== deletedArn) confirmed += 1;
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined || NextToken === '') break;
  }
  return { topicArn, confirmed, pending };
}
