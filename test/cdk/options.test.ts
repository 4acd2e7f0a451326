import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
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
      DeletionPolicy: 'Retain',
    });
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
      (Properties['LogGroupNames'] as { Ref: string }[]).map(({ Ref }) => /Ingest|Deliver/.exec(Ref)?.[0]),
    ]);

    expect(Object.fromEntries(asked)).toEqual({
      'Follow one message id': ['Ingest', 'Deliver'],
      'Dead letters by reason': ['Deliver'],
      'Slowest batches': ['Deliver'],
      'Rejected at the door': ['Ingest'],
    });
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
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topicArn], OKActions: [topicArn] });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
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
    expect(rollbackAlarms('DeploymentIngest')).toEqual(['IngestErrors', 'IngestServerErrors']);
    expect(rollbackAlarms('DeploymentDeliver')).toEqual(['DeliverErrors', 'BalanceGap']);
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
  it('is the only way in, and says what its name must point to', () => {
    const template = synthesize({ ...production, domain });

    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: domain.name });
    template.hasOutput('Endpoint', { Value: 'https://events.example.com' });
    template.hasOutput('DnsTarget', { Description: Match.stringLikeRegexp('CNAME') });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  it('is written into its zone', () => {
    const template = synthesize({
      ...production,
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

  it.each([
    {
      title: 'a web ACL in another region',
      settings: { ...production, region: 'eu-west-1', firewall: { requestsPerAddress: 1_000 } },
      says: /settings\.firewall: .* can only be made in us-east-1, and this stack has the region eu-west-1.*webAclArn/,
    },
    {
      title: 'a web ACL in a region that is not known yet',
      settings: { ...production, firewall: { requestsPerAddress: 1_000 } },
      says: /this stack has no fixed region\. Set settings\.region/,
    },
    {
      title: 'a certificate of another region',
      settings: {
        ...production,
        firewall: { webAclArn },
        domain: { ...domain, certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' },
      },
      says: /settings\.domain\.certificateArn: CloudFront takes certificates of us-east-1 only/,
    },
  ])('refuses $title and says what to do', ({ settings, says }) => {
    expect(() => synthesize(settings)).toThrow(says);
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

  it.each(Object.entries(policies))('%s', (_, policy) => {
    expect(policy(template)).toEqual([]);
  });

  it('stands twice in one stack', () => {
    const twice = build(2);
    const names = Object.values(twice.template.Resources).flatMap(({ Properties }) => [
      ...[Properties?.AlarmName, Properties?.DashboardName, Properties?.QueueName].filter(
        (name) => typeof name === 'string',
      ),
    ]);

    expect(names.length).toBe(2 * (15 + 1 + 2));
    expect(new Set(names).size).toBe(names.length);
  });

  it('hands out what the rest of the stack needs', () => {
    const [pipeline] = pipelines;

    expect(stack.resolve(pipeline?.endpoint)).toEqual({
      'Fn::GetAtt': [expect.stringContaining('Api'), 'ApiEndpoint'],
    });
    expect(pipeline?.alarms).toHaveLength(15);
    expect(pipeline?.dashboardUrl).toMatch(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/cloudwatch\/.*Shop-Capi0/);
  });
});

describe('settings outside the limits of AWS', () => {
  it.each([
    { title: 'a large batch that has no time to fill', deliver: { ...production.deliver, batchingWindowSeconds: 0 } },
    { title: 'no time left to deliver in', deliver: { ...production.deliver, timeoutSeconds: 44 } },
    { title: 'one concurrent delivery', deliver: { ...production.deliver, maxConcurrency: 1 } },
    { title: 'an answer that API Gateway does not wait for', ingest: { memoryMb: 512, timeoutSeconds: 30 } },
    { title: 'dead letters that go before the events', deadLetterQueue: { retentionDays: 7 } },
    { title: 'a promise of nothing', freshnessSeconds: 0 },
    { title: 'a retention that CloudWatch does not offer', logRetentionDays: 42 },
    { title: 'a canary that gets everything', deployment: { canaryPercent: 100, canaryMinutes: 5 } },
    { title: 'no requests', throttle: { ratePerSecond: 0, burst: 0 } },
    { title: 'a firewall that lets nobody in', firewall: { requestsPerAddress: 1 } },
  ])('are refused: $title', ({ title: _, ...wrong }) => {
    const path = `settings\\.${Object.keys(wrong)[0]}`;

    expect(() => synthesize({ ...production, ...wrong })).toThrow(
      new RegExp(`cannot be built like this:\n  ${path}.*: `),
    );
  });

  it('are named all at once', () => {
    const wrong = {
      ...production,
      freshnessSeconds: 0,
      logRetentionDays: 42,
      eventsQueue: { retentionDays: 15, maxReceiveCount: 0 },
    };

    expect(() => synthesize(wrong)).toThrow(/eventsQueue\.retentionDays(.|\n)*maxReceiveCount(.|\n)*logRetentionDays/);
  });
});
