import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmSettings } from '../../shared/config/environment-settings.ts';

export interface AlarmTopicProps {
  readonly alarms: AlarmSettings;
  readonly key?: IKey | undefined;
}

/** Where alarms go: a topic made here, or one that is there already. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { alarms, key }: AlarmTopicProps) {
    super(scope, id);

    this.topic =
      alarms.topicArn === undefined ? this.#makeTopic(key) : Topic.fromTopicArn(this, 'Topic', alarms.topicArn);
    for (const address of alarms.emails ?? []) this.topic.addSubscription(new EmailSubscription(address));
  }

  #makeTopic(key: IKey | undefined): Topic {
    const stack = Stack.of(this);
    // Without a key of the customer's it stays on SNS's own disk encryption: alarms cannot use the key `aws/sns`.
    const topic = new Topic(this, 'Topic', {
      displayName: `Alarms of ${stack.stackName}`,
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
