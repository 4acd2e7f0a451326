import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../cdk/environment-name.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { keepsItsData, leavesNothing, policies } from './support/policies.ts';
import {
  addStack,
  domain,
  everyOption,
  newCheckedApp,
  synthesize,
  synthesizeEnvironments,
  webAclArn,
  withWebhook,
  withPlaceholderBundle,
} from './support/synthesized.ts';
import { ofType, type Policy, type ResourceJson, type TemplateJson } from './support/template.ts';

const synthesized = synthesizeEnvironments().map(({ name, template }) => ({
  name: name as string,
  protectData: environments[name].protectData,
  template: template.toJSON() as TemplateJson,
}));
const withEveryOption = synthesize(everyOption).toJSON() as TemplateJson;
const templates = [
  ...synthesized,
  { name: 'production with every option', protectData: true, template: withEveryOption },
  {
    name: 'production with every option and a webhook',
    protectData: true,
    template: synthesize(withWebhook).toJSON() as TemplateJson,
  },
  {
    name: 'production with a domain and no firewall',
    protectData: true,
    template: synthesize({ ...environments.production, region: 'us-east-1', domain }).toJSON() as TemplateJson,
  },
];

const named: readonly [string, Policy][] = Object.entries(policies);

describe.each(templates)('$name', ({ template, protectData }) => {
  it.each(named)('%s', (_, policy) => {
    expect(policy(template)).toEqual([]);
  });

  it(protectData ? 'keeps its data when the stack goes' : 'leaves nothing when the stack goes', () => {
    expect((protectData ? keepsItsData : leavesNothing)(template)).toEqual([]);
  });
});

describe('an unprotected environment with every option', () => {
  it('leaves nothing when the stack goes', () => {
    const template = synthesize({ ...everyOption, protectData: false }).toJSON() as TemplateJson;

    expect(ofType(template, 'AWS::KMS::Key')).toHaveLength(1);
    expect(leavesNothing(template)).toEqual([]);
  });
});

/** Changes that a hand could make, each with the policy that must notice. They are made to production with every option. */
const weakenings: readonly {
  readonly title: string;
  readonly policy: Policy;
  readonly type: string;
  /** A word of the logical id, where there are several. */
  readonly id?: string;
  readonly weaken: (resource: ResourceJson) => void;
}[] = [
  {
    title: 'an events queue without dead letters',
    policy: policies['every queue has dead letters, or takes those of another'],
    type: 'AWS::SQS::Queue',
    id: 'QueueEvents',
    weaken: ({ Properties }) => delete Properties.RedrivePolicy,
  },
  {
    title: 'an events queue that nobody watches',
    policy: policies['every queue has an alarm'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'AlarmsQueueAge',
    weaken: ({ Properties }) => (Properties.Dimensions = []),
  },
  {
    title: 'an alarm without action',
    policy: policies['every alarm reports somewhere, or takes a version back, and says what to do'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'QueueAge',
    weaken: ({ Properties }) => (Properties.AlarmActions = []),
  },
  {
    title: 'an alarm with its actions off',
    policy: policies['every alarm reports somewhere, or takes a version back, and says what to do'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'BalanceGap',
    weaken: ({ Properties }) => (Properties.ActionsEnabled = false),
  },
  {
    title: 'an alarm that does not say what to do',
    policy: policies['every alarm reports somewhere, or takes a version back, and says what to do'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'TokenRefused',
    weaken: ({ Properties }) => delete Properties.AlarmDescription,
  },
  {
    title: 'a wildcard action',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::IAM::Policy',
    id: 'IngestRole',
    weaken: ({ Properties }) => (Properties.PolicyDocument.Statement[0].Action = 'sqs:*'),
  },
  {
    title: 'a wildcard resource',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::IAM::Policy',
    id: 'DeliverRole',
    weaken: ({ Properties }) => (Properties.PolicyDocument.Statement[0].Resource = '*'),
  },
  {
    title: 'a pattern hidden in a joined resource',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::IAM::Policy',
    id: 'DeliverRole',
    weaken: ({ Properties }) =>
      (Properties.PolicyDocument.Statement[0].Resource = [
        { 'Fn::Join': ['', ['arn:aws:sqs:', { Ref: 'AWS::Region' }, ':*']] },
      ]),
  },
  {
    title: 'more than describing on all alarms',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::IAM::Role',
    id: 'DeploymentRole',
    weaken: ({ Properties }) =>
      (Properties.Policies[0].PolicyDocument.Statement[1].Action = [
        'cloudwatch:DescribeAlarms',
        'cloudwatch:DeleteAlarms',
      ]),
  },
  {
    title: 'a topic that everybody may publish to',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::SNS::TopicPolicy',
    id: 'AlarmTopic',
    weaken: ({ Properties }) => (Properties.PolicyDocument.Statement[1].Principal = { AWS: '*' }),
  },
  {
    title: 'a key that CloudWatch may do everything with',
    policy: policies['no permission has a wildcard, but those AWS leaves no choice about'],
    type: 'AWS::KMS::Key',
    weaken: ({ Properties }) => (Properties.KeyPolicy.Statement[1].Action = 'kms:*'),
  },
  {
    title: 'a managed policy on a role',
    policy: policies['no role has a managed policy'],
    type: 'AWS::IAM::Role',
    id: 'IngestRole',
    weaken: ({ Properties }) =>
      (Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']),
  },
  {
    title: 'an ingest function that may read the token',
    policy: policies['only the delivery function reads a token'],
    type: 'AWS::IAM::Policy',
    id: 'DeliverRole',
    weaken: ({ Properties }) => (Properties.Roles = [{ Ref: 'PipelineIngestRole00000000' }]),
  },
  {
    title: 'an ingest function that may read every secret',
    policy: policies['only the delivery function reads a token'],
    type: 'AWS::IAM::Policy',
    id: 'IngestRole',
    weaken: ({ Properties }) =>
      Properties.PolicyDocument.Statement.push({
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      }),
  },
  {
    title: 'a queue that takes plain HTTP',
    policy: policies['queues and topics refuse connections without TLS'],
    type: 'AWS::SQS::QueuePolicy',
    id: 'QueueEvents',
    weaken: ({ Properties }) => delete Properties.PolicyDocument.Statement[0].Condition,
  },
  {
    title: 'a topic that takes plain HTTP',
    policy: policies['queues and topics refuse connections without TLS'],
    type: 'AWS::SNS::TopicPolicy',
    id: 'AlarmTopic',
    weaken: ({ Properties }) => Properties.PolicyDocument.Statement.shift(),
  },
  {
    title: 'a distribution that takes plain HTTP',
    policy: policies['nothing can be reached over TLS below 1.2, or without it'],
    type: 'AWS::CloudFront::Distribution',
    weaken: ({ Properties }) => (Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy = 'allow-all'),
  },
  {
    title: 'a distribution that takes TLS 1.0',
    policy: policies['nothing can be reached over TLS below 1.2, or without it'],
    type: 'AWS::CloudFront::Distribution',
    weaken: ({ Properties }) => (Properties.DistributionConfig.ViewerCertificate.MinimumProtocolVersion = 'TLSv1'),
  },
  {
    title: 'a queue in plain text',
    policy: policies['every queue is encrypted at rest'],
    type: 'AWS::SQS::Queue',
    id: 'QueueDeadLetters',
    weaken: ({ Properties }) => delete Properties.KmsMasterKeyId,
  },
  {
    title: "a log that is not under the customer's key",
    policy: policies["a customer's key, where there is one, covers queues, secrets, logs and the alarm topic"],
    type: 'AWS::Logs::LogGroup',
    id: 'DeliverLogs',
    weaken: ({ Properties }) => delete Properties.KmsKeyId,
  },
  {
    title: 'no partial batch response',
    policy: policies['the event source takes an answer for each message'],
    type: 'AWS::Lambda::EventSourceMapping',
    weaken: ({ Properties }) => delete Properties.FunctionResponseTypes,
  },
  {
    title: 'a longer timeout without a longer visibility',
    policy: policies['a message stays hidden for six timeouts of the function it goes to'],
    type: 'AWS::Lambda::Function',
    id: 'DeliverFunction',
    weaken: ({ Properties }) => (Properties.Timeout = 300),
  },
  {
    title: 'an event source that feeds the newest code at once',
    policy: policies['functions are called through their alias only'],
    type: 'AWS::Lambda::EventSourceMapping',
    weaken: ({ Properties }) => (Properties.FunctionName = { Ref: 'PipelineDeliverFunction6CB7F2A0' }),
  },
  {
    title: 'a log that is kept for ever',
    policy: policies['every log is kept for a stated time'],
    type: 'AWS::Logs::LogGroup',
    id: 'AccessLogs',
    weaken: ({ Properties }) => delete Properties.RetentionInDays,
  },
  {
    title: 'an older runtime',
    policy: policies['every function is arm64, on Node 24, with a log group and a role of its own'],
    type: 'AWS::Lambda::Function',
    id: 'IngestFunction',
    weaken: ({ Properties }) => (Properties.Runtime = 'nodejs22.x'),
  },
  {
    title: 'a function without a log group of its own',
    policy: policies['every function is arm64, on Node 24, with a log group and a role of its own'],
    type: 'AWS::Lambda::Function',
    id: 'DeliverFunction',
    weaken: ({ Properties }) => delete Properties.LoggingConfig,
  },
  {
    title: 'a token in the environment',
    policy: policies['no secret stands in an environment variable'],
    type: 'AWS::Lambda::Function',
    id: 'DeliverFunction',
    weaken: ({ Properties }) => (Properties.Environment.Variables.META_ACCESS_TOKEN = 'EAAB'),
  },
  {
    title: 'a secret resolved into the environment',
    policy: policies['no secret stands in an environment variable'],
    type: 'AWS::Lambda::Function',
    id: 'DeliverFunction',
    weaken: ({ Properties }) =>
      (Properties.Environment.Variables.META = '{{resolve:secretsmanager:conversions/production/main}}'),
  },
  {
    title: 'an API without a limit',
    policy: policies['the API is throttled'],
    type: 'AWS::ApiGatewayV2::Stage',
    weaken: ({ Properties }) => delete Properties.DefaultRouteSettings,
  },
  {
    title: 'addresses in the access log',
    policy: policies['every request is logged, without anything personal'],
    type: 'AWS::ApiGatewayV2::Stage',
    weaken: ({ Properties }) =>
      (Properties.AccessLogSettings.Format = '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp"}'),
  },
  {
    title: 'no access log',
    policy: policies['every request is logged, without anything personal'],
    type: 'AWS::ApiGatewayV2::Stage',
    weaken: ({ Properties }) => delete Properties.AccessLogSettings,
  },
  {
    title: 'an alarm that is in no state at night',
    policy: policies['every alarm says what no data means, and when it is over'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'DestinationHeld',
    weaken: ({ Properties }) => delete Properties.TreatMissingData,
  },
  {
    title: 'an alarm that wants more than it looks at',
    policy: policies['every alarm says what no data means, and when it is over'],
    type: 'AWS::CloudWatch::Alarm',
    id: 'ThrottledByMeta',
    weaken: ({ Properties }) => (Properties.DatapointsToAlarm = 100),
  },
  {
    title: 'a deployment that listens to no alarm',
    policy: policies['a gradual deployment is taken back by itself when an alarm rings'],
    type: 'AWS::CodeDeploy::DeploymentGroup',
    id: 'DeploymentDeliver',
    weaken: ({ Properties }) => delete Properties.AlarmConfiguration,
  },
  {
    title: 'a deployment that stops at an alarm and stays there',
    policy: policies['a gradual deployment is taken back by itself when an alarm rings'],
    type: 'AWS::CodeDeploy::DeploymentGroup',
    id: 'DeploymentIngest',
    weaken: ({ Properties }) => (Properties.AutoRollbackConfiguration.Events = ['DEPLOYMENT_FAILURE']),
  },
  {
    title: 'a function with the timeout of Lambda',
    policy: policies['every function says what it does, and has a bound of time and number'],
    type: 'AWS::Lambda::Function',
    id: 'IngestFunction',
    weaken: ({ Properties }) => delete Properties.Timeout,
  },
  {
    title: 'deliver without a limit',
    policy: policies['the event source runs a bounded number of functions'],
    type: 'AWS::Lambda::EventSourceMapping',
    weaken: ({ Properties }) => delete Properties.ScalingConfig,
  },
  {
    title: 'dead letters that go first',
    policy: policies['a dead letter is kept at least as long as the event was'],
    type: 'AWS::SQS::Queue',
    id: 'QueueDeadLetters',
    weaken: ({ Properties }) => (Properties.MessageRetentionPeriod = 86_400),
  },
  {
    title: 'permissions for traces that nobody makes',
    policy: policies['who may write traces has tracing on'],
    type: 'AWS::Lambda::Function',
    id: 'DeliverFunction',
    weaken: ({ Properties }) => delete Properties.TracingConfig,
  },
  {
    title: 'a role that CodeDeploy takes for anybody',
    policy: policies['services that act for many accounts act for this one only'],
    type: 'AWS::IAM::Role',
    id: 'DeploymentRole',
    weaken: ({ Properties }) => delete Properties.AssumeRolePolicyDocument.Statement[0].Condition,
  },
  {
    title: 'a topic that the alarms of any account may publish to',
    policy: policies['services that act for many accounts act for this one only'],
    type: 'AWS::SNS::TopicPolicy',
    id: 'AlarmTopic',
    weaken: ({ Properties }) => delete Properties.PolicyDocument.Statement[1].Condition,
  },
  {
    title: 'a function that any API may call',
    policy: policies['services that act for many accounts act for this one only'],
    type: 'AWS::Lambda::Permission',
    id: 'RouteIngestPermission',
    weaken: ({ Properties }) => delete Properties.SourceArn,
  },
  {
    title: 'a web ACL one rule of which only counts',
    policy: policies['a web ACL counts or blocks by all of its rules, and keeps no requests'],
    type: 'AWS::WAFv2::WebACL',
    weaken: ({ Properties }) => (Properties.Rules[1].Action = { Count: {} }),
  },
  {
    title: 'a web ACL that keeps requests',
    policy: policies['a web ACL counts or blocks by all of its rules, and keeps no requests'],
    type: 'AWS::WAFv2::WebACL',
    weaken: ({ Properties }) => (Properties.VisibilityConfig.SampledRequestsEnabled = true),
  },
  {
    title: 'a version that goes with the next deployment',
    policy: policies['function versions are kept, so that the alias can be turned back'],
    type: 'AWS::Lambda::Version',
    id: 'DeliverFunction',
    weaken: (version) => delete version.DeletionPolicy,
  },
  {
    title: 'a version that a failed deployment leaves behind',
    policy: policies['function versions are kept, so that the alias can be turned back'],
    type: 'AWS::Lambda::Version',
    id: 'IngestFunction',
    weaken: (version) => (version.DeletionPolicy = 'Retain'),
  },
  {
    title: 'a function with START and END around each line',
    policy: policies['functions log JSON, and Lambda itself only what is wrong'],
    type: 'AWS::Lambda::Function',
    id: 'IngestFunction',
    weaken: ({ Properties }) => delete Properties.LoggingConfig.SystemLogLevel,
  },
  {
    title: 'a queue of whatever size SQS likes',
    policy: policies['queues take the largest message that is sent'],
    type: 'AWS::SQS::Queue',
    id: 'QueueEvents',
    weaken: ({ Properties }) => delete Properties.MaximumMessageSize,
  },
  {
    title: 'an alarm of a canary that no deployment reads',
    policy: policies['every alarm reports somewhere, or takes a version back, and says what to do'],
    type: 'AWS::CodeDeploy::DeploymentGroup',
    id: 'DeploymentIngest',
    weaken: ({ Properties }) => Properties.AlarmConfiguration.Alarms.pop(),
  },
  {
    title: 'production that leaves queues behind when it fails to come',
    policy: keepsItsData,
    type: 'AWS::SQS::Queue',
    id: 'QueueEvents',
    weaken: (queue) => (queue.DeletionPolicy = 'Retain'),
  },
  {
    title: 'production with a queue that goes when it is replaced',
    policy: keepsItsData,
    type: 'AWS::SQS::Queue',
    id: 'QueueEvents',
    weaken: (queue) => (queue.UpdateReplacePolicy = 'Delete'),
  },
  {
    title: 'production with a queue that goes with the stack',
    policy: keepsItsData,
    type: 'AWS::SQS::Queue',
    id: 'QueueEvents',
    weaken: (queue) => (queue.DeletionPolicy = 'Delete'),
  },
  {
    title: 'production with a key that goes with the stack',
    policy: keepsItsData,
    type: 'AWS::KMS::Key',
    weaken: (key) => (key.DeletionPolicy = 'Delete'),
  },
];

describe('policies', () => {
  it.each(weakenings)('notice $title', ({ policy, type, id = '', weaken }) => {
    const template = structuredClone(withEveryOption);
    const [found, ...others] = ofType(template, type).filter(([logicalId]) => logicalId.includes(id));
    if (found === undefined || others.length > 0) throw new Error(`not one ${type} with "${id}"`);

    weaken(found[1]);

    expect(policy(withEveryOption)).toEqual([]);
    expect(policy(template)).not.toEqual([]);
  });

  it('notice a log that stays when the stack of an unprotected environment goes', () => {
    const [development] = synthesized;
    const template = structuredClone(development?.template ?? withEveryOption);
    const [log] = ofType(template, 'AWS::Logs::LogGroup');
    if (log !== undefined) log[1].DeletionPolicy = 'Retain';

    expect(leavesNothing(template)).not.toEqual([]);
  });

  it('are each shown to notice something', () => {
    const shown = new Set(weakenings.map(({ policy }) => policy));

    expect(named.filter(([, policy]) => !shown.has(policy)).map(([name]) => name)).toEqual([]);
  });
});

describe('alarms and dashboard', () => {
  it('read only metrics that the functions or the access log count', () => {
    const counted = readFileSync(join(import.meta.dirname, '../../functions/aws/emf.ts'), 'utf8');
    const filtered = ofType(withEveryOption, 'AWS::Logs::MetricFilter').map(
      ([, { Properties }]) => Properties.MetricTransformations[0].MetricName,
    );
    const inAlarms = ofType(withEveryOption, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties.Namespace === 'ConversionsPipeline')
      .map(([, { Properties }]) => Properties.MetricName);
    const dashboards = JSON.stringify(ofType(withEveryOption, 'AWS::CloudWatch::Dashboard')).replaceAll('\\', '');
    const inDashboard = [...dashboards.matchAll(/"ConversionsPipeline","(\w+)","environment"/g)].map(
      ([, name]) => name,
    );

    const read = [...new Set([...inAlarms, ...inDashboard])];
    expect(read.length).toBeGreaterThan(15);
    expect(read.filter((name) => !counted.includes(`'${name}'`) && !filtered.includes(name))).toEqual([]);
  });
});

describe('cdk-nag', () => {
  /** Warnings about a stack, by the rules of AwsSolutions and of the CDK. Throws if there are errors. */
  const findings = (settings: EnvironmentSettings, spoil?: (stack: Stack) => void): readonly unknown[] =>
    withPlaceholderBundle((bundle) => {
      const app = newCheckedApp(bundle);
      const stack = addStack(app, bundle, 'production', settings);
      spoil?.(stack);
      const { directory } = app.synth();
      return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports;
    });

  it.each([
    ...environmentNames.map((name) => ({ name, settings: environments[name] })),
    { name: 'production with every option', settings: everyOption },
    { name: 'a domain without a firewall', settings: { ...environments.production, domain } },
    { name: 'a firewall in its first step', settings: { ...everyOption, firewall: { requestsPerAddress: 1_000 } } },
    {
      name: 'existing secrets',
      settings: { ...environments.production, existingSecrets: { 'conversions/production/main': {} } },
    },
    { name: 'a retiring key', settings: { ...environments.production, customerManagedKey: 'retiring' as const } },
    { name: 'a firewall without a domain', settings: { ...environments.production, firewall: { webAclArn } } },
  ])('finds nothing in $name', ({ settings }: { settings: EnvironmentSettings }) => {
    expect(findings(settings)).toEqual([]);
  });

  it('finds a queue without dead letters', () => {
    const spoil = (stack: Stack) => new Queue(stack, 'Forgotten');

    expect(() => findings(environments.production, spoil)).toThrow('AwsSolutions-SQS3');
  });
});
