import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BundledFunction } from '../bundled-function.ts';
import type { PipelineContext } from '../pipeline-context.ts';

export interface AlarmNotifierProps extends PipelineContext {
  readonly bundle: string;
  readonly topics: readonly ITopic[];
  /** Name of the secret that holds the webhook's address. */
  readonly webhookSecret: string;
  readonly runbookUrl: string | undefined;
  /** Of the functions whose lines say why an alarm rings. */
  readonly logGroups: readonly ILogGroup[];
}

/** Posts alarms to a webhook: reads its address and some lines of the logs, and may do nothing else. */
export class AlarmNotifier extends Construct {
  constructor(scope: Construct, id: string, props: AlarmNotifierProps) {
    super(scope, id);
    const { topics, webhookSecret, runbookUrl, logGroups, environmentName } = props;

    const notifier = new BundledFunction(this, 'Notify', {
      ...props,
      description: 'Posts alarms of the conversions pipeline to a webhook',
      memoryMb: 256,
      timeoutSeconds: 30,
      recursiveLoop: RecursiveLoop.TERMINATE,
      environment: {
        ENVIRONMENT: environmentName,
        WEBHOOK: webhookSecret,
        LOG_GROUPS: logGroups.map(({ logGroupName }) => logGroupName).join(','),
        ...(runbookUrl !== undefined && { RUNBOOK_URL: runbookUrl }),
      },
    });
    Secret.fromSecretNameV2(this, 'Webhook', webhookSecret).grantRead(notifier.handler);
    notifier.handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:FilterLogEvents'],
        resources: logGroups.map(({ logGroupArn }) => logGroupArn),
      }),
    );
    // Two topics may be one and the same. CDK's own subscription takes its id from the topic's, which both share here.
    const different = new Map(topics.map((topic) => [topic.topicArn, topic]));
    [...different.values()].forEach((topic, index) => {
      notifier.alias.addPermission(`Topic${index}`, {
        principal: new ServicePrincipal('sns.amazonaws.com'),
        sourceArn: topic.topicArn,
      });
      new Subscription(this, `Subscription${index}`, {
        topic,
        endpoint: notifier.alias.functionArn,
        protocol: SubscriptionProtocol.LAMBDA,
      });
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5',
      reason: 'A secret that is named ends in characters that AWS makes up.',
    });
  }
}
