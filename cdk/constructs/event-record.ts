import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Grant, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { RecordSettings } from '../../shared/config/environment-settings.ts';
import { recordNames } from '../../shared/config/record-names.ts';
import { type ColumnType, receiptColumns } from '../../shared/record/receipt-columns.ts';
import { grantKey } from './grant-key.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { secretKeyId } from './secret-key-id.ts';

export interface EventRecordProps extends PipelineContext {
  readonly record: RecordSettings;
}

/** Types of Athena. */
const types: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  int: 'int',
  bigint: 'bigint',
  texts: 'array<string>',
};

const defaultScanLimitGb = 100;
const answersDays = 7;

/** Record of every event: Firehose writes receipts into a bucket, and Athena answers questions about them. */
export class EventRecord extends Construct {
  readonly bucket: Bucket;
  readonly #stream: CfnDeliveryStream;
  readonly #secret: CfnSecret;
  readonly #names: ReturnType<typeof recordNames>;
  readonly #props: EventRecordProps;

  constructor(scope: Construct, id: string, props: EventRecordProps) {
    super(scope, id);
    this.#props = props;
    this.#names = recordNames(props.environmentName);
    this.bucket = this.#makeBucket();
    this.#stream = this.#makeStream();
    this.#secret = this.#makeSecret();
    this.#makeTable();
    this.#makeWorkgroup();
  }

  /** Lets a function write receipts, and read the secret that persons' digests are keyed with. */
  attachTo(handler: LambdaFunction): void {
    const { level } = this.#props.record;
    handler.addEnvironment('RECORD_LEVEL', level);
    handler.addEnvironment('RECORD_STREAM', this.#names.stream);
    handler.addEnvironment('RECORD_SECRET', this.#secret.ref);
    const allow = (action: string, arn: string) =>
      Grant.addToPrincipal({ grantee: handler, actions: [action], resourceArns: [arn] });
    allow('firehose:PutRecordBatch', this.#stream.attrArn);
    allow('secretsmanager:GetSecretValue', this.#secret.ref);
    grantKey(this.#props.key, handler, 'kms:Decrypt');
  }

  /** Lets a function ask the record: under its workgroup, of its one table, from its bucket. */
  letAsk(handler: LambdaFunction): void {
    const stack = Stack.of(this);
    const { workgroup, database, table } = this.#names;
    const allow = (actions: string[], resourceArns: string[]) =>
      Grant.addToPrincipal({ grantee: handler, actions, resourceArns });
    allow(
      ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
      [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroup })],
    );
    allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
      [
        stack.formatArn({ service: 'glue', resource: 'catalog' }),
        stack.formatArn({ service: 'glue', resource: 'database', resourceName: database }),
        stack.formatArn({ service: 'glue', resource: 'table', resourceName: `${database}/${table}` }),
      ],
    );
    allow(['s3:GetBucketLocation', 's3:ListBucket'], [this.bucket.bucketArn]);
    allow(['s3:GetObject'], [this.bucket.arnForObjects('receipts/*')]);
    allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], [this.bucket.arnForObjects('answers/*')]);
    grantKey(this.#props.key, handler, 'kms:Decrypt', 'kms:GenerateDataKey');
  }

  #makeBucket(): Bucket {
    const { key, removalPolicy, record } = this.#props;
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: key === undefined ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
      ...(key && { encryptionKey: key, bucketKeyEnabled: true }),
      removalPolicy,
      lifecycleRules: [
        { prefix: 'receipts/', expiration: Duration.days(record.keepDays) },
        { prefix: 'errors/', expiration: Duration.days(record.keepDays) },
        { prefix: 'answers/', expiration: Duration.days(answersDays) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only Firehose writes and only Athena and the commands read here; CloudTrail tells who asked what.',
    });
    return bucket;
  }

  #makeStream(): CfnDeliveryStream {
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const role = new Role(this, 'StreamRole', {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com', { conditions: ofThisAccount }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.bucket.bucketArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
        resources: [this.bucket.arnForObjects('receipts/*'), this.bucket.arnForObjects('errors/*')],
      }),
    );
    grantKey(this.#props.key, role, 'kms:GenerateDataKey', 'kms:Decrypt');
    const bucketId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    for (const prefix of ['receipts', 'errors']) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}/*]`,
        reason: 'Firehose makes up the names of the objects; it may write below two prefixes of the one bucket.',
      });
    }
    const stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamName: this.#names.stream,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: 'receipts/day=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
        errorOutputPrefix: 'errors/!{firehose:error-output-type}/',
        customTimeZone: 'UTC',
        compressionFormat: 'GZIP',
        fileExtension: '.ndjson.gz',
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 128 },
      },
    });
    stream.node.addDependency(role);
    return stream;
  }

  #makeSecret(): CfnSecret {
    const kmsKeyId = secretKeyId(this.#props);
    const secret = new CfnSecret(this, 'Secret', {
      name: this.#names.secret,
      description: "Key of the digests of persons' identifiers in the record",
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    });
    secret.applyRemovalPolicy(this.#props.removalPolicy);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Digests under another key would find nobody in what is recorded already.',
    });
    return secret;
  }

  /** Partitions are worked out from the question, not listed: nobody has to add one each hour. */
  #makeTable(): void {
    const { account } = Stack.of(this);
    const location = `s3://${this.bucket.bucketName}/receipts/`;
    const database = new CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.#names.database },
    });
    const table = new CfnTable(this, 'Table', {
      catalogId: account,
      databaseName: this.#names.database,
      tableInput: {
        name: this.#names.table,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [
          { name: 'day', type: 'string' },
          { name: 'hour', type: 'string' },
        ],
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': `NOW-${this.#props.record.keepDays + 1}DAYS,NOW+1DAYS`,
          'projection.hour.type': 'integer',
          'projection.hour.range': '0,23',
          'projection.hour.digits': '2',
          // Biome takes the place holders for a template's that lost its backticks.
          'storage.location.template': `${location}day=\${day}/hour=\${hour}/`,
        },
        storageDescriptor: {
          location,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: {
            serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
            parameters: { 'ignore.malformed.json': 'true' },
          },
          columns: Object.entries(receiptColumns).map(([name, type]) => ({ name, type: types[type] })),
        },
      },
    });
    table.addDependency(database);
  }

  #makeWorkgroup(): void {
    const { key, record } = this.#props;
    new CfnWorkGroup(this, 'Workgroup', {
      name: this.#names.workgroup,
      description: 'Questions to the record of events',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: (record.scanLimitGb ?? defaultScanLimitGb) * 1024 ** 3,
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/answers/`,
          encryptionConfiguration:
            key === undefined ? { encryptionOption: 'SSE_S3' } : { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
        },
      },
    });
  }
}
