import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmSettings, AlarmTarget } from '../../../shared/config/environment-settings.ts';

export interface AlarmTopicProps {
  readonly target: AlarmTarget;
  /** Begins the name that mails come from. */
  readonly title: string;
  readonly key?: IKey | undefined;
}

/** Where alarms of one severity go: a topic made here, or one that is there already. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { target, title, key }: AlarmTopicProps) {
    super(scope, id);

    this.topic =
      target.topicArn === undefined ? this.#makeTopic(title, key) : Topic.fromTopicArn(this, 'Topic', target.topicArn);
    for (const address of target.emails ?? []) this.topic.addSubscription(new EmailSubscription(address));
  }

  #makeTopic(title: string, key: IKey | undefined): Topic {
    const stack = Stack.of(this);
    // Without a key of the customer's it stays on SNS's own disk encryption: alarms cannot use the key `aws/sns`.
    const topic = new Topic(this, 'Topic', {
      displayName: displayName(title, stack.stackName),
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    // A policy of its own takes the place of the one that lets the whole account publish, CloudWatch included.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudWatchAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: {
            'aws:SourceArn': stack.formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              resourceName: '*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    return topic;
  }
}

/** SNS takes 100 characters. The name of a nested stack is known only at deployment, and may be longer. */
const displayName = (title: string, stackName: string): string =>
  Token.isUnresolved(stackName) ? `${title} of a conversions pipeline` : `${title} of ${stackName}`.slice(0, 100);

/** Where notices go, as far as the settings leave it open. */
export const noticeTarget = ({ topicArn, emails, notices }: AlarmSettings): AlarmTarget =>
  notices ?? { ...(topicArn !== undefined ? { topicArn } : emails !== undefined && { emails }) };
