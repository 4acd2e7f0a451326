import { ArnFormat, Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  TrafficRouting,
} from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CanaryDeployment } from '../../shared/config/environment-settings.ts';
import type { BundledFunction } from './bundled-function.ts';

export interface GradualDeploymentProps {
  readonly canary: CanaryDeployment;
  /** Each function with the alarms that take its new version back. */
  readonly functions: Readonly<Record<string, { readonly fn: BundledFunction; readonly alarms: readonly IAlarm[] }>>;
}

/** CloudWatch checks DescribeAlarms against all alarms, whichever are asked for. */
const everyAlarm = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`;

/** Moves traffic to new versions in two steps, and back when an alarm rings in between. */
export class GradualDeployment extends Construct {
  constructor(scope: Construct, id: string, { canary, functions }: GradualDeploymentProps) {
    super(scope, id);

    const application = new LambdaApplication(this, 'Application');
    const deploymentConfig = new LambdaDeploymentConfig(this, 'Canary', {
      trafficRouting: TrafficRouting.timeBasedCanary({
        percentage: canary.canaryPercent,
        interval: Duration.minutes(canary.canaryMinutes),
      }),
    });
    const role = this.#role(
      application,
      Object.values(functions).map(({ fn }) => fn),
    );

    for (const [name, { fn, alarms }] of Object.entries(functions)) {
      new LambdaDeploymentGroup(this, name, {
        application,
        deploymentConfig,
        alias: fn.alias,
        alarms: [...alarms],
        // As it stands: the group would add a managed policy that covers every function of the account.
        role: role.withoutPolicyUpdates(),
      });
    }
  }

  #role({ applicationName }: LambdaApplication, functions: readonly BundledFunction[]): Role {
    const stack = Stack.of(this);
    const ownGroups = stack.formatArn({
      service: 'codedeploy',
      resource: 'deploymentgroup',
      resourceName: `${applicationName}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const role = new Role(this, 'Role', {
      // So that CodeDeploy takes it for nobody else's deployment.
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': ownGroups } },
      }),
      inlinePolicies: {
        ShiftTraffic: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
              // By name: the aliases themselves wait for the deployment groups, which wait for this.
              resources: functions.flatMap(({ handler }) => [handler.functionArn, `${handler.functionArn}:live`]),
            }),
            new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: [everyAlarm] }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({
      // As the check prints tokens: the same in every stack, whether its region is known or not.
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*]',
      reason: 'CloudWatch checks DescribeAlarms, which only reads, against all alarms of the account and region.',
    });
    return role;
  }
}
