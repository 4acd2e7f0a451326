import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import { visibilityTimeoutSeconds } from '../../shared/config/environment-settings.ts';
import { masked } from './support/masked.ts';
import { permissionsOf } from './support/permissions-of.ts';
import { resource, resourcesOf, settingsFromTemplate } from './support/settings-from-template.ts';
import { synthesizeEnvironments } from './support/synthesized.ts';

const synthesized = synthesizeEnvironments();

describe.each(synthesized)('ConversionsPipeline-$name', ({ name, stack, template }) => {
  const settings = environments[name];
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  const queues = resourcesOf(template, 'AWS::SQS::Queue');
  const eventSource = resource(template, 'AWS::Lambda::EventSourceMapping').Properties;

  it('runs on exactly the settings that the local runtime runs on', () => {
    expect(settingsFromTemplate(template)).toEqual(settings);
  });

  it('gives every queue but the dead letter queue dead letters', () => {
    const withoutDeadLetters = queues.filter(([, { Properties }]) => Properties['RedrivePolicy'] === undefined);

    expect(queues).toHaveLength(2);
    expect(withoutDeadLetters.map(([id]) => id)).toEqual([expect.stringContaining('DeadLetters')]);
  });

  it('lets only the events queue use the dead letter queue', () => {
    const eventsName = resource(template, 'AWS::SQS::Queue', 'Events').Properties['QueueName'];
    const policy = resource(template, 'AWS::SQS::Queue', 'DeadLetters').Properties['RedriveAllowPolicy'];

    expect(policy).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [{ 'Fn::Join': ['', expect.arrayContaining([`:${eventsName}`])] }],
    });
  });

  it('hides a message for six times the deliver timeout and the batching window', () => {
    const visibilitySeconds = resource(template, 'AWS::SQS::Queue', 'Events').Properties['VisibilityTimeout'];
    const { timeoutSeconds, batchingWindowSeconds } = settings.deliver;

    expect(visibilitySeconds).toBe(visibilityTimeoutSeconds(settings));
    expect(visibilitySeconds).toBeGreaterThanOrEqual(6 * timeoutSeconds + batchingWindowSeconds);
  });

  it('encrypts every queue and refuses connections without TLS', () => {
    const plain = queues.filter(([, { Properties }]) => Properties['SqsManagedSseEnabled'] !== true);
    const guarded = resourcesOf(template, 'AWS::SQS::QueuePolicy')
      .filter(([, { Properties }]) => JSON.stringify(Properties['PolicyDocument']).includes(denyWithoutTls))
      .flatMap(([, { Properties }]) => Properties['Queues']);

    expect(plain).toEqual([]);
    expect(guarded).toEqual(queues.map(([id]) => ({ Ref: id })));
  });

  it('lets deliver answer for each message of a batch', () => {
    expect(eventSource['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it('gives a batch above 10 messages a window to fill in', () => {
    const needsWindow = Number(eventSource['BatchSize']) > 10;

    expect(Number(eventSource['MaximumBatchingWindowInSeconds'])).toBeGreaterThanOrEqual(needsWindow ? 1 : 0);
  });

  it('feeds deliver, and nothing else, from the events queue', () => {
    expect(eventSource).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [expect.stringContaining('QueueEvents'), 'Arn'] },
      FunctionName: { Ref: expect.stringContaining('DeliverFunction') },
    });
  });

  it('lets deliver put events back on its own queue as often as needed, and ingest never', () => {
    const recursiveLoops = functions.map(([id, { Properties }]) => [id, Properties['RecursiveLoop']]);

    expect(recursiveLoops).toEqual([
      [expect.stringContaining('Ingest'), 'Terminate'],
      [expect.stringContaining('Deliver'), 'Allow'],
    ]);
  });

  it('runs every function on arm64 and Node 24', () => {
    expect(functions).toHaveLength(2);
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({ Architectures: ['arm64'], Runtime: 'nodejs24.x', Handler: 'index.handler' });
    }
  });

  it('tells every function its queues and its environment, and nothing else', () => {
    for (const [, { Properties }] of functions) {
      expect(Properties['Environment']).toEqual({
        Variables: {
          EVENTS_QUEUE_URL: { Ref: expect.stringContaining('QueueEvents') },
          DEAD_LETTER_QUEUE_URL: { Ref: expect.stringContaining('QueueDeadLetters') },
          ENVIRONMENT: name,
        },
      });
    }
  });

  it('gives ingest the queues to send to and its own log group, and nothing else', () => {
    expect(permissionsOf(template, 'IngestRole')).toEqual([
      'logs:CreateLogStream on IngestLogs',
      'logs:PutLogEvents on IngestLogs',
      'sqs:SendMessage on QueueDeadLetters',
      'sqs:SendMessage on QueueEvents',
    ]);
  });

  it('gives deliver its queue, the dead letters, the tokens and its own log group, and nothing else', () => {
    expect(permissionsOf(template, 'DeliverRole')).toEqual([
      'logs:CreateLogStream on DeliverLogs',
      'logs:PutLogEvents on DeliverLogs',
      `secretsmanager:GetSecretValue on Secretsconversions${name}main`,
      `secretsmanager:GetSecretValue on Secretsconversions${name}second`,
      'sqs:ChangeMessageVisibility on QueueEvents',
      'sqs:DeleteMessage on QueueEvents',
      'sqs:GetQueueAttributes on QueueEvents',
      'sqs:ReceiveMessage on QueueEvents',
      'sqs:SendMessage on QueueDeadLetters',
      'sqs:SendMessage on QueueEvents',
    ]);
  });

  it('lets only deliver read the secrets', () => {
    const readers = resourcesOf(template, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties['PolicyDocument']).includes('secretsmanager:'),
    );

    expect(readers.map(([, { Properties }]) => Properties['Roles'])).toEqual([
      [{ Ref: expect.stringContaining('DeliverRole') }],
    ]);
    expect(resourcesOf(template, 'AWS::SecretsManager::ResourcePolicy')).toEqual([]);
  });

  it('gives no role a wildcard or a managed policy', () => {
    const everyPermission = permissionsOf(template, '');
    const managed = resourcesOf(template, 'AWS::IAM::Role').flatMap(
      ([, { Properties }]) => Properties['ManagedPolicyArns'] ?? [],
    );

    expect(everyPermission.length).toBeGreaterThan(0);
    expect(everyPermission.filter((permission) => permission.includes('*'))).toEqual([]);
    expect(managed).toEqual([]);
    expect(resourcesOf(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  it('leaves every secret empty, so that a missing token is noticed', () => {
    const secrets = resourcesOf(template, 'AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);

    expect(secrets.map(({ Name }) => Name)).toEqual([`conversions/${name}/main`, `conversions/${name}/second`]);
    for (const secret of secrets) {
      expect(Object.keys(secret)).not.toEqual(expect.arrayContaining([expect.stringMatching(/SecretString$/)]));
    }
  });

  it('sends every path and method to ingest', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);

    expect(routes.map(({ RouteKey }) => RouteKey)).toEqual(['$default']);
    expect(resource(template, 'AWS::ApiGatewayV2::Integration').Properties).toMatchObject({
      IntegrationUri: { 'Fn::GetAtt': [expect.stringContaining('IngestFunction'), 'Arn'] },
      PayloadFormatVersion: '2.0',
    });
    expect(resource(template, 'AWS::ApiGatewayV2::Api').Properties['CorsConfiguration']).toBeUndefined();
  });

  it('writes access logs as JSON without address, user agent, path or query', () => {
    const { Format: format } = resource(template, 'AWS::ApiGatewayV2::Stage').Properties['AccessLogSettings'] as {
      Format: string;
    };
    const variables = Object.values(JSON.parse(format) as Record<string, string>);

    expect(variables).toContain('$context.requestId');
    expect(variables.filter((variable) => /identity|userAgent|sourceIp|path|query|authorizer/i.test(variable))).toEqual(
      [],
    );
  });

  it('limits how long every log is kept', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);

    expect(groups).toHaveLength(3);
    expect(groups).toEqual(groups.map(() => ({ RetentionInDays: settings.logRetentionDays })));
    for (const [, { Properties }] of functions) {
      expect(Properties['LoggingConfig']).toEqual({ LogGroup: { Ref: expect.stringMatching(/Logs/) } });
    }
  });

  it('keeps logs for a period that CloudWatch offers', () => {
    expect(Object.values(RetentionDays)).toContain(settings.logRetentionDays);
  });

  it(`${settings.protectData ? 'keeps' : 'does not keep'} data when the stack goes`, () => {
    const policy = settings.protectData ? 'Retain' : 'Delete';
    const stateful = ['AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup'];
    const policies = stateful.flatMap((type) =>
      resourcesOf(template, type).flatMap(([, each]) => [each.DeletionPolicy, each.UpdateReplacePolicy]),
    );

    expect(new Set(policies)).toEqual(new Set([policy]));
    expect(stack.terminationProtection).toBe(settings.protectData);
  });

  it('says where to send, where the queues are and how to put each token in place', () => {
    const outputs = template.findOutputs('*');

    expect(Object.keys(outputs)).toEqual([
      'Endpoint',
      'EventsQueueUrl',
      'DeadLetterQueueUrl',
      'PutToken1',
      'PutToken2',
    ]);
    expect(outputs['PutToken1']).toMatchObject({ Value: expect.stringContaining(`conversions/${name}/main`) });
  });

  it('changes only as reviewed', async () => {
    await expect(masked(template)).toMatchFileSnapshot(`snapshots/${name}.template.snap`);
  });
});

describe('environments', () => {
  it('keep the data of production', () => {
    expect(environments.production.protectData).toBe(true);
  });
});

const denyWithoutTls =
  '"Action":"sqs:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"}';
