import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { PipelineContext } from './pipeline-context.ts';

export interface BundledFunctionProps extends PipelineContext {
  readonly description: string;
  /** Folder that holds `index.mjs` and what it reads; uploaded as it is. */
  readonly bundle: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** @default - none */
  readonly reservedConcurrency?: number | undefined;
  /** Whether Lambda stops the function once its own messages have called it about 16 times in a row. */
  readonly recursiveLoop: RecursiveLoop;
  readonly environment: Readonly<Record<string, string>>;
}

/** A Lambda function with a log group and a role of its own. Until more is granted, the role may only write those logs. */
export class BundledFunction extends Construct {
  readonly handler: LambdaFunction;
  /** Alias that callers invoke. Traffic moves from version to version behind it. */
  readonly alias: Alias;
  /** The same: the CDK's classes do not fit its own interfaces under `exactOptionalPropertyTypes`. */
  readonly target: IFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { settings, key, removalPolicy } = props;

    this.logGroup = new LogGroup(this, 'Logs', {
      retention: settings.logRetentionDays,
      removalPolicy,
      ...(key && { encryptionKey: key }),
    });

    // The managed policy a function gets by default may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );

    this.handler = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      recursiveLoop: props.recursiveLoop,
      ...(settings.tracing === true && { tracing: Tracing.ACTIVE }),
      environment: { ...props.environment },
      role,
      logGroup: this.logGroup,
      // The lines that Lambda prints around each invocation cost more than those of the function, and say less. The
      // function's own lines are JSON already and pass as they are.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      // Earlier versions stay, so that the alias can be turned back in seconds. One that a failed deployment made goes:
      // Lambda would take the next attempt for the same version.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    const version = this.handler.currentVersion as IVersion;
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version });
    this.target = this.alias as IFunction;

    if (settings.tracing === true) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords can only be allowed on all.',
      });
    }
  }
}
