import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const eventSource = resource(template, 'AWS::Lambda::EventSourceMapping').Properties;

  it('runs on exactly the settings that the local runtime runs on', () => {
    const { alarms: _, ...shared } = settings;

    expect(settingsFromTemplate(template)).toEqual(shared);
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

  it('gives a batch above 10 messages a window to fill in', () => {
    const needsWindow = Number(eventSource['BatchSize']) > 10;

    expect(Number(eventSource['MaximumBatchingWindowInSeconds'])).toBeGreaterThanOrEqual(needsWindow ? 1 : 0);
  });

  it('feeds deliver, and nothing else, from the events queue', () => {
    expect(eventSource).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [expect.stringContaining('QueueEvents'), 'Arn'] },
      FunctionName: { 'Fn::Join': ['', expect.arrayContaining([':live'])] },
    });
  });

  it('lets deliver put events back on its own queue as often as needed, and ingest never', () => {
    const recursiveLoops = functions.map(([id, { Properties }]) => [id, Properties['RecursiveLoop']]);

    expect(recursiveLoops).toEqual([
      [expect.stringContaining('Ingest'), 'Terminate'],
      [expect.stringContaining('Deliver'), 'Allow'],
    ]);
  });

  it('tells every function its queues and its environment, and nothing else', () => {
    for (const [, { Properties }] of functions) {
      expect(Properties['Environment']).toEqual({
        Variables: {
          EVENTS_QUEUE_URL: { Ref: expect.stringContaining('QueueEvents') },
          DEAD_LETTER_QUEUE_URL: { Ref: expect.stringContaining('QueueDeadLetters') },
          ENVIRONMENT: name,
          LOG_MESSAGE_IDS: name === 'production' ? 'failures' : 'all',
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
      IntegrationUri: { Ref: expect.stringContaining('IngestLive') },
      PayloadFormatVersion: '2.0',
    });
    expect(resource(template, 'AWS::ApiGatewayV2::Api').Properties['CorsConfiguration']).toBeUndefined();
  });

  it('limits how long every log is kept', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);

    expect(groups).toHaveLength(3);
    expect(groups.map(({ RetentionInDays }) => RetentionInDays)).toEqual(groups.map(() => settings.logRetentionDays));
    for (const [, { Properties }] of functions) {
      expect(Properties['LoggingConfig']).toMatchObject({ LogGroup: { Ref: expect.stringMatching(/Logs/) } });
    }
  });

  it('keeps logs for a period that CloudWatch offers', () => {
    expect(Object.values(RetentionDays)).toContain(settings.logRetentionDays);
  });

  it(`${settings.protectData ? 'cannot' : 'can'} be deleted by mistake`, () => {
    expect(stack.terminationProtection).toBe(settings.protectData);
  });

  it('says what it is, and whose, on everything that can be found in a bill or by name', () => {
    const tagged = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string; Properties: object }>)
      .filter(({ Properties }) => 'Tags' in Properties)
      .map(({ Type, Properties }) => [Type, (Properties as { Tags: unknown }).Tags] as const);

    expect(stack.templateOptions.description).toContain('Conversions API');
    expect(tagged.map(([type]) => type)).toEqual(
      expect.arrayContaining(
        ['SQS::Queue', 'Lambda::Function', 'SecretsManager::Secret', 'Logs::LogGroup', 'IAM::Role', 'SNS::Topic'].map(
          (type) => `AWS::${type}`,
        ),
      ),
    );
    for (const [type, tags] of tagged) {
      const list = Array.isArray(tags)
        ? tags
        : Object.entries(tags as object).map(([Key, Value]) => ({ Key, Value: Value as string }));
      expect(list, type).toEqual([
        { Key: 'environment', Value: name },
        { Key: 'project', Value: 'conversions-pipeline' },
      ]);
    }
  });

  it('names no account and no region', () => {
    const text = JSON.stringify(template.toJSON());

    expect(text.match(/(?<![0-9a-f])\d{12}(?![0-9a-f])|\b(us|eu|ap|sa|ca)-[a-z]+-\d\b/g)).toBeNull();
  });

  it('says in its outputs what to do next', () => {
    const outputs = template.findOutputs('*');

    expect(Object.keys(outputs)).toEqual([
      'Endpoint',
      'SetToken1',
      'SetToken2',
      'SendFirstEvent',
      'DashboardUrl',
      'AlarmTopicArn',
      'NoticeTopicArn',
      'EventsQueueUrl',
      'DeadLetterQueueUrl',
    ]);
    for (const { Description } of Object.values(outputs)) expect(Description).toMatch(/\w{3}/);
    expect(outputs['SetToken1']).toEqual({
      Value: `npm run token:set -- --env ${name} --destination main`,
      Description: expect.stringContaining(`conversions/${name}/main`),
    });
  });

  it('sends as first event the one of docs/deploy.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
    const bodyOf = (curl: string): unknown => JSON.parse(/-d '(\{.*?\})'/s.exec(curl)?.[1] ?? '');

    const { Value: command } = template.findOutputs('SendFirstEvent')['SendFirstEvent'] as { Value: unknown };
    const [shown = ''] = page.split('## 7. The first event')[1]?.split('The answer is') ?? [];

    expect(bodyOf((command as { 'Fn::Join': [string, string[]] })['Fn::Join'][1].join(''))).toEqual(bodyOf(shown));
  });

  it('changes only as reviewed', async () => {
    await expect(masked(template)).toMatchFileSnapshot(`snapshots/${name}.template.snap`);
  });
});

describe('environments', () => {
  it.each(synthesized)('of $name ring for age only when a message was tried twice', ({ name }) => {
    expect(environments[name].freshnessSeconds).toBeGreaterThan(visibilityTimeoutSeconds(environments[name]));
  });

  it('shift traffic gradually in production, and print no ids of delivered events there', () => {
    expect(environments.production).toMatchObject({
      deployment: { canaryPercent: 10, canaryMinutes: 10 },
      logMessageIds: 'failures',
    });
  });

  it('keep the data of production', () => {
    expect(environments.production.protectData).toBe(true);
  });
});
