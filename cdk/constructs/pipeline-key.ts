import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface PipelineKeyProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A key of the customer's for queues, secrets, logs and alarm topic. Functions are granted their part in their roles;
 * its own policy names the two services that use it on nobody's behalf.
 */
export class PipelineKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: PipelineKeyProps) {
    super(scope, id);
    const stack = Stack.of(this);

    this.key = new Key(this, 'Key', {
      description: `Encrypts the queues, secrets and logs of ${stack.stackName}`,
      enableKeyRotation: true,
      // The shortest that KMS offers.
      pendingWindow: Duration.days(7),
      removalPolicy,
    });

    // Log groups cannot be named here one by one, since each of them names the key.
    const ownLogGroups = stack.formatArn({ service: 'logs', resource: `log-group:${stack.stackName}-*` });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudWatchLogs',
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:DescribeKey',
        ],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': ownLogGroups } },
      }),
    );

    // AWS documents no condition for alarms here, and one that does not match would silence them.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudWatchAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
  }
}
