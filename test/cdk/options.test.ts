import { join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { ConversionsPipeline } from '../../cdk/constructs/conversions-pipeline.ts';
import { environments } from '../../config/environments.ts';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { permissionsOf } from './support/permissions-of.ts';
import { policies } from './support/policies.ts';
import { resource, resourcesOf } from './support/settings-from-template.ts';
import {
  addStack,
  domain,
  everyOption,
  newApp,
  synthesize,
  webAclArn,
  withPlaceholderBundle,
} from './support/synthesized.ts';
import type { TemplateJson } from './support/template.ts';

const { production } = environments;

describe("a key of the customer's", () => {
  const template = synthesize({ ...production, customerManagedKey: true });

  it('is granted to each function for exactly what it does', () => {
    const uses = (role: string) => permissionsOf(template, role).filter((permission) => permission.startsWith('kms:'));

    expect(uses('IngestRole')).toEqual(['kms:Decrypt on Key', 'kms:GenerateDataKey on Key']);
    expect(uses('DeliverRole')).toEqual(['kms:Decrypt on Key', 'kms:GenerateDataKey on Key']);
    expect(uses('DeploymentRole')).toEqual([]);
  });

  it('lets CloudWatch write logs of this stack only, and alarms report', () => {
    const { Statement: statements } = resource(template, 'AWS::KMS::Key').Properties['KeyPolicy'] as {
      Statement: readonly Record<string, unknown>[];
    };

    expect(statements.map(({ Principal: principal }) => principal)).toEqual([
      { AWS: { 'Fn::Join': ['', expect.arrayContaining([':root'])] } },
      { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
      { Service: 'cloudwatch.amazonaws.com' },
    ]);
    expect(JSON.stringify(statements[1]?.['Condition'])).toContain(':log-group:ConversionsPipeline-production-*');
    expect(statements[2]?.['Action']).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('is turned every year and outlives production', () => {
    template.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('retires: it still opens what it encrypted, and encrypts nothing new', () => {
    const retiring = synthesize({ ...production, customerManagedKey: 'retiring' });
    const keyOf = (type: string, property: string) =>
      resourcesOf(retiring, type).map(([, { Properties }]) => Properties[property]);

    expect(permissionsOf(retiring, 'IngestRole')).toEqual(permissionsOf(template, 'IngestRole'));
    expect(permissionsOf(retiring, 'DeliverRole')).toEqual(permissionsOf(template, 'DeliverRole'));
    expect(keyOf('AWS::SQS::Queue', 'SqsManagedSseEnabled')).toEqual([true, true]);
    for (const [type, property] of [
      ['AWS::SQS::Queue', 'KmsMasterKeyId'],
      ['AWS::Logs::LogGroup', 'KmsKeyId'],
      ['AWS::SNS::Topic', 'KmsMasterKeyId'],
    ] as const) {
      expect(new Set(keyOf(type, property))).toEqual(new Set([undefined]));
    }
    // Left out, it would stay the key it was.
    expect(new Set(keyOf('AWS::SecretsManager::Secret', 'KmsKeyId'))).toEqual(new Set(['alias/aws/secretsmanager']));
    expect(resource(retiring, 'AWS::KMS::Key')).toEqual(resource(template, 'AWS::KMS::Key'));
  });
});

describe('concurrency set aside for ingest', () => {
  it('is its own, and deliver has its maximum at the event source', () => {
    const reserved = (word: string) =>
      resource(synthesize(everyOption), 'AWS::Lambda::Function', word).Properties['ReservedConcurrentExecutions'];

    expect([reserved('PipelineIngestFunction'), reserved('DeliverFunction')]).toEqual([200, undefined]);
  });
});

describe('a region', () => {
  it('is the one that the stack goes to', () => {
    const regionOf = (settings: EnvironmentSettings) =>
      withPlaceholderBundle((bundle) => addStack(newApp(bundle), bundle, 'staging', settings).region);

    expect(regionOf({ ...production, region: 'eu-central-1' })).toBe('eu-central-1');
    expect(regionOf(production)).toContain('Token');
  });
});

describe('saved queries', () => {
  it('ask the log that has the answer', () => {
    const asked = resourcesOf(synthesize(production), 'AWS::Logs::QueryDefinition').map(([, { Properties }]) => [
      String(Properties['Name']).replace(/^.*\//, ''),
      (Properties['LogGroupNames'] as { Ref: string }[]).map(
        ({ Ref }) => /(AccessLogs|IngestLogs|DeliverLogs)/.exec(Ref)?.[0],
      ),
    ]);

    expect(Object.fromEntries(asked)).toEqual({
      'Follow one message id': ['IngestLogs', 'DeliverLogs'],
      'Dead letters by reason': ['DeliverLogs'],
      'Slowest batches': ['DeliverLogs'],
      'Rejected at the door': ['IngestLogs'],
      'Refused requests': ['AccessLogs'],
      'Follow one request': ['AccessLogs', 'IngestLogs'],
      'Failed requests': ['AccessLogs'],
    });
  });

  it('find a request by the id that both logs have', () => {
    const queries = resourcesOf(synthesize(production), 'AWS::Logs::QueryDefinition').map(
      ([, { Properties }]) => Properties['QueryString'],
    );

    expect(queries.filter((query) => /requestId/i.test(String(query)))).toHaveLength(4);
    // `@requestId` is a field of the plain-text format only.
    expect(queries.filter((query) => String(query).includes('@requestId'))).toEqual([]);
  });
});

describe('tracing', () => {
  it('lets both functions write traces', () => {
    const template = synthesize({ ...production, tracing: true });

    template.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    for (const role of ['IngestRole', 'DeliverRole']) {
      expect(permissionsOf(template, role)).toEqual(
        expect.arrayContaining(['xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *']),
      );
    }
  });
});

describe('alarms', () => {
  it('report to a topic that is there already, and make none', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:on-call';
    const template = synthesize({ ...production, alarms: { topicArn, emails: ['on-call@example.com'] } });

    template.resourceCountIs('AWS::SNS::Topic', 0);
    for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) {
      const actions = String(Properties['AlarmName']).endsWith('Canary') ? undefined : [topicArn];
      expect([Properties['AlarmActions'], Properties['OKActions']]).toEqual([actions, actions]);
    }
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
    template.resourceCountIs('AWS::SNS::Subscription', 1);
  });

  it.each([
    { title: 'to the same addresses, unless others are named', notices: undefined, addresses: ['a@example.com'] },
    { title: 'to addresses of their own', notices: { emails: ['b@example.com'] }, addresses: ['b@example.com'] },
  ])('that are notices go to a topic of their own, and $title', ({ notices, addresses }) => {
    const template = synthesize({
      ...production,
      alarms: { emails: ['a@example.com'], ...(notices && { notices }) },
    });
    const subscribed = (word: string) =>
      resourcesOf(template, 'AWS::SNS::Subscription')
        .filter(([, { Properties }]) => JSON.stringify(Properties['TopicArn']).includes(word))
        .map(([, { Properties }]) => Properties['Endpoint']);

    template.resourceCountIs('AWS::SNS::Topic', 2);
    expect(subscribed('PipelineAlarmTopic')).toEqual(['a@example.com']);
    expect(subscribed('PipelineNoticeTopic')).toEqual(addresses);
  });

  it('come from a name that SNS takes, however the stack is called', () => {
    const long = withPlaceholderBundle((bundle) => {
      const stack = new Stack(new App({ outdir: join(bundle, '../cdk.out') }), 'S'.repeat(128));
      const nested = new NestedStack(stack, 'Nested');
      for (const scope of [stack, nested]) {
        new ConversionsPipeline(scope, 'Capi', {
          settings: production,
          tokenSecrets: { main: `shop/${scope === nested}` },
          bundles: { ingest: bundle, deliver: bundle },
        });
      }
      return [Template.fromStack(stack), Template.fromStack(nested)];
    });

    for (const template of long) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::SNS::Topic')) {
        expect(String(Properties['DisplayName']).length).toBeLessThanOrEqual(100);
        expect(Properties['DisplayName']).toEqual(expect.any(String));
      }
    }
  });

  it('may publish to the topic made for them', () => {
    synthesize(production).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':alarm:*'])] } },
            },
          }),
        ]),
      },
    });
  });
});

describe('a gradual deployment', () => {
  const rollbackAlarms = (word: string) =>
    (
      resource(synthesize(production), 'AWS::CodeDeploy::DeploymentGroup', word).Properties['AlarmConfiguration'] as {
        Alarms: readonly { Name: { Ref: string } }[];
      }
    ).Alarms.map(({ Name: name }) => name.Ref.replace(/^PipelineAlarms|.{8}$/g, ''));

  it('is taken back by what each function can do wrong', () => {
    expect(rollbackAlarms('DeploymentIngest')).toEqual([
      'IngestErrorsCanary',
      'IngestServerErrorsCanary',
      'RequestsRefusedCanary',
    ]);
    expect(rollbackAlarms('DeploymentDeliver')).toEqual(['DeliverErrorsCanary', 'BalanceGap', 'ManyEventsDead']);
  });

  it('may move the two aliases and read alarms, and nothing else', () => {
    const template = synthesize(production);

    expect(new Set(permissionsOf(template, 'DeploymentRole').map((permission) => permission.split(' on ')[0]))).toEqual(
      new Set([
        'cloudwatch:DescribeAlarms',
        'lambda:GetAlias',
        'lambda:GetProvisionedConcurrencyConfig',
        'lambda:UpdateAlias',
      ]),
    );
  });

  it('is absent where versions take over at once', () => {
    const template = synthesize({ ...production, deployment: 'all-at-once' });

    template.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
    template.resourceCountIs('AWS::Lambda::Alias', 2);
  });
});

describe('a domain', () => {
  const here = { ...production, region: 'us-east-1' };

  it('says what its name must point to, and leaves the address that clients have', () => {
    const template = synthesize({ ...here, domain });

    expect(resource(template, 'AWS::ApiGatewayV2::Api').Properties['DisableExecuteApiEndpoint']).toBeUndefined();
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: domain.name });
    template.hasOutput('Endpoint', { Value: 'https://events.example.com' });
    template.hasOutput('DnsTarget', { Description: Match.stringLikeRegexp('CNAME') });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  it('is the only way in once the settings say so, but for CloudFront', () => {
    const only = { ...here, domain: { ...domain, onlyAddress: true } };
    const switchedOff = (settings: EnvironmentSettings) =>
      resource(synthesize(settings), 'AWS::ApiGatewayV2::Api').Properties['DisableExecuteApiEndpoint'];

    expect(switchedOff(only)).toBe(true);
    expect(switchedOff({ ...only, firewall: { webAclArn, enforce: true } })).toBeUndefined();
  });

  it('is written into its zone', () => {
    const template = synthesize({
      ...here,
      domain: { ...domain, hostedZone: { id: 'Z1', name: 'example.com' } },
    });

    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'events.example.com.', HostedZoneId: 'Z1' });
    expect(Object.keys(template.findOutputs('*'))).not.toContain('DnsTarget');
  });
});

describe('a firewall', () => {
  const template = synthesize(everyOption);

  it('stands in CloudFront, which keeps nothing and sends everything but the host', () => {
    const { DistributionConfig: config } = resource(template, 'AWS::CloudFront::Distribution').Properties as {
      DistributionConfig: { DefaultCacheBehavior: Record<string, unknown>; WebACLId: unknown };
    };

    expect(config.WebACLId).toEqual({ 'Fn::GetAtt': [expect.stringContaining('WebAcl'), 'Arn'] });
    expect(config.DefaultCacheBehavior).toMatchObject({
      // CachingDisabled and AllViewerExceptHostHeader, as AWS numbers them.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      AllowedMethods: expect.arrayContaining(['POST', 'OPTIONS']),
    });
  });

  it('cannot be walked around: every route wants the header that CloudFront adds', () => {
    const authorizer = Object.keys(template.findResources('AWS::ApiGatewayV2::Authorizer'))[0];

    template.allResourcesProperties('AWS::ApiGatewayV2::Route', {
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: authorizer },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      IdentitySource: ['$request.header.x-origin-secret'],
      EnableSimpleResponses: true,
    });
    expect(JSON.stringify(resource(template, 'AWS::CloudFront::Distribution'))).toContain('x-origin-secret');
  });

  it('tells ingest that one proxy stands before it', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ENVIRONMENT: 'production', TRUSTED_PROXIES: '1' }) },
      MemorySize: production.ingest.memoryMb,
    });
  });

  it('refuses nothing before CloudFront and the records stand', () => {
    const { DependsOn: dependencies } = resource(template, 'AWS::ApiGatewayV2::Route') as { DependsOn?: string[] };

    expect(dependencies).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Distribution'),
        expect.stringMatching(/DomainA[0-9A-F]{8}$/),
        expect.stringMatching(/DomainAaaa/),
      ]),
    );
  });

  it('first only stands there: the API takes what comes past it, under the name too', () => {
    const first = synthesize({ ...everyOption, firewall: { requestsPerAddress: 10_000 } });

    first.resourceCountIs('AWS::CloudFront::Distribution', 1);
    first.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { Origins: [Match.objectLike({ OriginCustomHeaders: Match.anyValue() })] },
    });
    first.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
    first.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'NONE' });
    first.resourceCountIs('AWS::ApiGatewayV2::DomainName', 1);
    template.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  });

  it('keeps the name at the API with a second certificate, where the stack is elsewhere', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';
    const first = synthesize({
      ...production,
      region: 'eu-west-1',
      domain: { ...domain, certificateArn },
      firewall: { webAclArn, certificateArn: domain.certificateArn },
    });

    first.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainNameConfigurations: [Match.objectLike({ CertificateArn: certificateArn })],
    });
    first.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { ViewerCertificate: Match.objectLike({ AcmCertificateArn: domain.certificateArn }) },
    });
  });

  it('counts what it would block until it is told to block', () => {
    synthesize({ ...everyOption, firewall: { requestsPerAddress: 10_000, enforce: true } }).hasResourceProperties(
      'AWS::WAFv2::WebACL',
      {
        Rules: [Match.objectLike({ OverrideAction: { Count: {} } }), Match.objectLike({ Action: { Count: {} } })],
      },
    );
  });

  it('is on the dashboard, wherever the stack is', () => {
    const dashboard = (settings: EnvironmentSettings) =>
      JSON.stringify(resource(synthesize(settings), 'AWS::CloudWatch::Dashboard')).replaceAll('\\', '');

    for (const text of [dashboard(everyOption), dashboard({ ...production, firewall: { webAclArn } })]) {
      expect(text).toMatch(/"AWS\/CloudFront","5xxErrorRate"/);
      expect(text).toMatch(/"AWS\/WAFV2","BlockedRequests"/);
      expect(text).toMatch(/"AWS\/WAFV2","CountedRequests"/);
    }
  });

  it('tells ingest where clients send, since CloudFront puts a name of its own into Host', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ TRUSTED_PROXIES: '1', ENDPOINT_URL: Match.anyValue() }) },
    });
  });

  it('limits each address as the settings say, and blocks beyond', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: Match.arrayWith([
        Match.objectLike({
          Name: 'RequestsPerAddress',
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
          Statement: { RateBasedStatement: { Limit: 10_000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
        }),
      ]),
    });
  });

  it('takes a web ACL that is there already', () => {
    const taken = synthesize({ ...production, firewall: { webAclArn } });

    taken.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: webAclArn } });
    taken.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });
});

describe("ConversionsPipeline in somebody else's app", () => {
  const build = (count: number) =>
    withPlaceholderBundle((bundle) => {
      const stack = new Stack(new App({ outdir: join(bundle, '../cdk.out') }), 'Shop', {
        env: { region: 'eu-west-1', account: '123456789012' },
      });
      const pipelines = Array.from({ length: count }, (_, index) => {
        const pipeline = new ConversionsPipeline(stack, `Capi${index}`, {
          settings: { ...production, freshnessSeconds: 120 },
          tokenSecrets: { main: `shop/capi-${index}` },
          bundles: { ingest: bundle, deliver: bundle },
          environmentName: `shop-${index}`,
        });
        pipeline.deliver.lambda.addToRolePolicy(
          new PolicyStatement({
            actions: ['events:PutEvents'],
            resources: ['arn:aws:events:eu-west-1:123456789012:event-bus/shop'],
          }),
        );
        return pipeline;
      });
      return { stack, pipelines, template: Template.fromStack(stack).toJSON() as TemplateJson };
    });

  const { stack, pipelines, template } = build(1);
  const alarmCount = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;

  it.each(Object.entries(policies))('%s', (_, policy) => {
    expect(policy(template)).toEqual([]);
  });

  it('stands twice in one stack', () => {
    const twice = build(2);
    const names = Object.values(twice.template.Resources).flatMap(({ Properties }) => [
      // The name of a dashboard has the region in it.
      ...[Properties?.AlarmName, Properties?.QueueName].filter((name) => typeof name === 'string'),
    ]);

    expect(names.length).toBe(2 * (alarmCount + 2));
    expect(new Set(names).size).toBe(names.length);
  });

  it('hands out what the rest of the stack needs', () => {
    const [pipeline] = pipelines;

    expect(stack.resolve(pipeline?.endpoint)).toEqual({
      'Fn::GetAtt': [expect.stringContaining('Api'), 'ApiEndpoint'],
    });
    expect(pipeline?.alarms).toHaveLength(alarmCount);
    expect(pipeline?.dashboardUrl).toMatch(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/cloudwatch\/.*Shop-Capi0/);
  });
});

describe('a webhook for alarms', () => {
  const settings = {
    ...production,
    alarms: { webhookSecret: 'conversions/alarm-webhook', runbookUrl: 'https://wiki.example' },
  };
  const template = synthesize(settings);
  const functions = (of: Template) =>
    resourcesOf(of, 'AWS::Lambda::Function').filter(([name]) => name.includes('Notifier'));

  it('has a function on both topics, and none without it', () => {
    expect(functions(template)).toHaveLength(1);
    expect(functions(synthesize(production))).toHaveLength(0);
    const [, { Properties }] = functions(template)[0] ?? ['', { Properties: {} as Record<string, unknown> }];
    expect(Properties['Environment']).toMatchObject({
      Variables: { ENVIRONMENT: expect.anything(), WEBHOOK: 'conversions/alarm-webhook' },
    });
    const lambdas = resourcesOf(template, 'AWS::SNS::Subscription').filter(
      ([, subscription]) => subscription.Properties['Protocol'] === 'lambda',
    );
    expect(lambdas).toHaveLength(2);
  });

  it('may read the address and lines of the logs, and nothing else', () => {
    const actions = permissionsOf(template, 'NotifierNotifyRole').map((permission) => permission.split(' on ')[0]);

    expect(new Set(actions)).toEqual(
      new Set([
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'logs:FilterLogEvents',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
      ]),
    );
  });
});

describe('comparing counts', () => {
  const settings = {
    ...production,
    record: { level: 'receipts', keepDays: 30 },
    alarms: { webhookSecret: 'conversions/alarm-webhook' },
  } as const;
  const template = synthesize(settings);
  const functions = (of: Template) =>
    resourcesOf(of, 'AWS::Lambda::Function').filter(([name]) => name.includes('CountsWatch'));

  it.each([
    { title: 'a record and a webhook', of: settings, times: 1 },
    { title: 'no webhook', of: { ...settings, alarms: {} }, times: 0 },
    { title: 'no record', of: { ...production, alarms: settings.alarms }, times: 0 },
    {
      title: 'a record too short',
      of: { ...settings, record: { level: 'receipts', keepDays: 21 } as const },
      times: 0,
    },
    { title: 'no wish for it', of: { ...settings, alarms: { ...settings.alarms, compareCounts: false } }, times: 0 },
  ])('with $title is there $times times', ({ of, times }) => {
    const made = synthesize(of);

    expect(functions(made)).toHaveLength(times);
    made.resourceCountIs('AWS::Events::Rule', times);
  });

  it('may ask the record, and nothing else', () => {
    const actions = permissionsOf(template, 'CountsWatchRole').map((permission) => permission.split(' on ')[0]);

    expect(new Set(actions)).toEqual(
      new Set([
        ...['logs:CreateLogStream', 'logs:PutLogEvents'],
        ...['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
        ...['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
        ...['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      ]),
    );
  });

  it('has its lines read by the function that posts alarms', () => {
    const [, { Properties }] = resourcesOf(template, 'AWS::Lambda::Function').find(([name]) =>
      name.includes('Notifier'),
    ) ?? ['', { Properties: {} as Record<string, unknown> }];

    expect(JSON.stringify(Properties['Environment'])).toContain('CountsWatchLogs');
  });

  it('runs a quarter past each hour', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(15 * * * ? *)' });
  });
});
