import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environments } from '../../config/environments.ts';
import { permissionsOf } from './support/permissions-of.ts';
import { addStack, newCheckedApp, synthesize, withPlaceholderBundle } from './support/synthesized.ts';

const { production } = environments;
const on = { ...production, record: { level: 'receipts', keepDays: 60 } } as const;

describe('a record that is off', () => {
  const template = synthesize(production);

  it.each(['AWS::S3::Bucket', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'])(
    'has no %s',
    (type) => {
      template.resourceCountIs(type, 0);
    },
  );

  it('is nothing that the functions know of', () => {
    expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).not.toContain('RECORD_');
  });
});

describe('a record', () => {
  const template = synthesize(on);

  it('lies in a private, encrypted bucket that takes TLS alone and forgets', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: Match.anyValue(),
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'receipts/', ExpirationInDays: 60, Status: 'Enabled' })]),
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('is written by Firehose, compressed, by day and hour, into the folders that the table projects', () => {
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      DeliveryStreamName: 'conversions-production-receipts',
      ExtendedS3DestinationConfiguration: {
        CompressionFormat: 'GZIP',
        Prefix: 'receipts/day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      },
    });
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: {
        Parameters: Match.objectLike({ 'projection.enabled': 'true', 'projection.hour.digits': '2' }),
        StorageDescriptor: { Columns: Match.arrayWith([{ Name: 'p', Type: 'array<string>' }]) },
      },
    });
  });

  it('is asked under a limit of what a question reads', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 100 * 1024 ** 3 },
    });
  });

  it.each(['IngestRole', 'DeliverRole'])('lets %s put records and read the key of the digests, no more', (role) => {
    const off = permissionsOf(synthesize(production), role);
    const more = permissionsOf(template, role).filter((permission) => !off.includes(permission));

    expect(more.map((permission) => permission.split(' ')[0])).toEqual(
      expect.arrayContaining(['firehose:PutRecordBatch', 'secretsmanager:GetSecretValue']),
    );
    expect(more).toHaveLength(2);
  });

  it('tells the functions its level and names', () => {
    template.allResourcesProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ RECORD_LEVEL: 'receipts' }) },
    });
  });

  it('stays when production is deleted', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  it.each([false, true])("passes the rules of a deployment, with the customer's key: %s", (customerManagedKey) => {
    const synth = () =>
      withPlaceholderBundle((bundle) => {
        const app = newCheckedApp(bundle);
        addStack(app, bundle, 'production', { ...on, customerManagedKey });
        app.synth();
      });

    expect(synth).not.toThrow();
  });
});
