import { accessLogFields } from '../../../cdk/constructs/access-log-fields.ts';
import { isForCanary, operationPolicies } from './operation-policies.ts';
import { type Placed, statementsOf } from './statements.ts';
import { list, ofType, type Policy, refersTo, type TemplateJson } from './template.ts';

const allows = (template: TemplateJson): readonly Placed[] =>
  statementsOf(template).filter(({ statement }) => statement.Effect === 'Allow');

/** Wildcards that AWS leaves no choice about. */
const allowedWildcards: readonly { why: string; is: (placed: Placed) => boolean }[] = [
  {
    why: 'in the policy of a key, the resource `*` is that key',
    is: ({ type, statement }) =>
      type === 'AWS::KMS::Key' && !list(statement.Action).some((action) => action.includes('*')),
  },
  {
    why: 'the account that owns a key administers it',
    is: ({ type, statement: { Action, Principal } }) =>
      type === 'AWS::KMS::Key' && Action === 'kms:*' && JSON.stringify(Principal).includes(':root"'),
  },
  {
    why: 'X-Ray has no resources',
    is: ({ statement }) =>
      list(statement.Action).every((action) => /^xray:Put(TraceSegments|TelemetryRecords)$/.test(action)),
  },
  {
    why: 'DescribeAlarms is checked against all alarms',
    is: ({ statement }) => statement.Action === 'cloudwatch:DescribeAlarms',
  },
  {
    why: 'Firehose makes up the names of the objects that it puts below two prefixes of the record',
    is: ({ statement }) =>
      list(statement.Action).every((action) => /^s3:(PutObject|AbortMultipartUpload)$/.test(action)) &&
      list(statement.Resource).every((resource) =>
        /RecordBucket.*"\/(receipts|errors)\/\*"/.test(JSON.stringify(resource)),
      ),
  },
  {
    why: 'Athena reads the objects of the record and writes answers, whose names it makes up',
    is: ({ statement }) =>
      list(statement.Action).every((action) => /^s3:(GetObject|PutObject|AbortMultipartUpload)$/.test(action)) &&
      list(statement.Resource).every((resource) =>
        /RecordBucket.*"\/(receipts|answers)\/\*"/.test(JSON.stringify(resource)),
      ),
  },
];

const stateful = [
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::Logs::LogGroup',
  'AWS::KMS::Key',
];

// What an authorizer's error says is AWS's.
const personalVariable = /identity|userAgent|sourceIp|path|query|authorizer(?!\.error$)|header/i;
const secretName = /token|secret|password|credential|api_?key/i;

export const policies = {
  ...operationPolicies,

  'every queue has dead letters, or takes those of another': (template) => {
    const queues = ofType(template, 'AWS::SQS::Queue');
    const isTarget = (id: string) => queues.some(([, { Properties }]) => refersTo(Properties.RedrivePolicy, id));
    return queues.flatMap(([id, { Properties }]) =>
      Properties.RedrivePolicy?.maxReceiveCount > 0 || isTarget(id) ? [] : [`${id} has no dead letters`],
    );
  },

  'every queue has an alarm': (template) => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
    return ofType(template, 'AWS::SQS::Queue').flatMap(([id]) =>
      alarms.some(([, { Properties }]) => refersTo(Properties.Dimensions, id)) ? [] : [`${id} has no alarm`],
    );
  },

  'every alarm reports somewhere, or takes a version back, and says what to do': (template) =>
    ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties }]) => [
      ...((list(Properties.AlarmActions).length > 0 && Properties.ActionsEnabled !== false) || isForCanary(template, id)
        ? []
        : [`${id} reports to nobody`]),
      ...((Properties.AlarmDescription ?? '').length > 20 ? [] : [`${id} says nothing`]),
    ]),

  'no permission has a wildcard, but those AWS leaves no choice about': (template) =>
    allows(template)
      .filter((placed) => !allowedWildcards.some(({ is }) => is(placed)))
      .flatMap(({ id, statement }) => [
        ...list(statement.Action).flatMap((action) => (action.includes('*') ? [`${id} allows ${action}`] : [])),
        ...list(statement.Resource).flatMap((resource) =>
          JSON.stringify(resource).includes('*') ? [`${id} allows its actions on ${JSON.stringify(resource)}`] : [],
        ),
        ...(JSON.stringify(statement.Principal ?? '').includes('"*"') ? [`${id} allows everybody`] : []),
      ]),

  'no role has a managed policy': (template) => [
    ...ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
      list(Properties.ManagedPolicyArns).map((arn) => `${id} has ${JSON.stringify(arn)}`),
    ),
    ...ofType(template, 'AWS::IAM::ManagedPolicy').map(([id]) => `${id} is a managed policy`),
  ],

  'only the delivery function reads a token': (template) => {
    // By its name and its emptiness: a secret of the pipeline's own has none, or a value that was made for it.
    const tokens = ofType(template, 'AWS::SecretsManager::Secret').filter(
      ([, { Properties }]) => 'Name' in Properties && !('GenerateSecretString' in Properties),
    );
    return allows(template)
      .filter(({ statement }) =>
        list(statement.Action).some((action) => /^(secretsmanager:(GetSecretValue|\*)|\*)/.test(action)),
      )
      .filter(
        ({ statement }) =>
          JSON.stringify(statement.Resource).includes('*') ||
          tokens.some(([token]) => refersTo(statement.Resource, token)),
      )
      .filter(({ target }) => !/DeliverRole/.test(JSON.stringify(target)))
      .map(({ id }) => `${id} lets another than deliver read a token`);
  },

  'queues and topics refuse connections without TLS': (template) => {
    const guards = statementsOf(template).filter(
      ({ statement: { Effect, Principal, Condition } }) =>
        Effect === 'Deny' &&
        JSON.stringify(Principal).includes('*') &&
        JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    );
    return [...ofType(template, 'AWS::SQS::Queue'), ...ofType(template, 'AWS::SNS::Topic')].flatMap(([id]) =>
      guards.some(({ target }) => refersTo(target, id)) ? [] : [`${id} can be used without TLS`],
    );
  },

  'nothing can be reached over TLS below 1.2, or without it': (template) => [
    ...ofType(template, 'AWS::ApiGatewayV2::DomainName').flatMap(([id, { Properties }]) =>
      Properties.DomainNameConfigurations.every(
        (each: { SecurityPolicy?: string }) => each.SecurityPolicy === 'TLS_1_2',
      )
        ? []
        : [`${id} takes old TLS`],
    ),
    ...ofType(template, 'AWS::CloudFront::Distribution').flatMap(
      ([
        id,
        {
          Properties: { DistributionConfig },
        },
      ]) => [
        ...(DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy === 'https-only'
          ? []
          : [`${id} takes plain HTTP`]),
        ...(DistributionConfig.ViewerCertificate?.MinimumProtocolVersion?.startsWith('TLSv1.2') === false
          ? [`${id} takes old TLS`]
          : []),
        ...DistributionConfig.Origins.flatMap(({ CustomOriginConfig: origin }: { CustomOriginConfig: never }) =>
          origin['OriginProtocolPolicy'] === 'https-only' ? [] : [`${id} speaks plain HTTP to its origin`],
        ),
      ],
    ),
  ],

  'every queue is encrypted at rest': (template) =>
    ofType(template, 'AWS::SQS::Queue').flatMap(([id, { Properties }]) =>
      Properties.SqsManagedSseEnabled === true || Properties.KmsMasterKeyId !== undefined
        ? []
        : [`${id} is not encrypted`],
    ),

  "a customer's key, where there is one, covers queues, secrets, logs and the alarm topic": (template) => {
    if (ofType(template, 'AWS::KMS::Key').length === 0) return [];
    const keyProperty = {
      'AWS::SQS::Queue': 'KmsMasterKeyId',
      'AWS::SecretsManager::Secret': 'KmsKeyId',
      'AWS::Logs::LogGroup': 'KmsKeyId',
      'AWS::SNS::Topic': 'KmsMasterKeyId',
    };
    return Object.entries(keyProperty).flatMap(([type, property]) =>
      ofType(template, type).flatMap(([id, { Properties }]) =>
        Properties[property] === undefined ? [`${id} is not encrypted with the key`] : [],
      ),
    );
  },

  'the event source takes an answer for each message': (template) =>
    ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, { Properties }]) =>
      list(Properties.FunctionResponseTypes).includes('ReportBatchItemFailures')
        ? []
        : [`${id} repeats a whole batch for one message`],
    ),

  'a message stays hidden for six timeouts of the function it goes to': (template) =>
    ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, { Properties }]) => {
      const [queue] = ofType(template, 'AWS::SQS::Queue').filter(([each]) => refersTo(Properties.EventSourceArn, each));
      const [alias] = ofType(template, 'AWS::Lambda::Alias').filter(([each]) =>
        refersTo(Properties.FunctionName, each),
      );
      const [fn] = ofType(template, 'AWS::Lambda::Function').filter(([each]) => refersTo(alias?.[1].Properties, each));
      const hidden = Number(queue?.[1].Properties.VisibilityTimeout);
      return hidden >= 6 * Number(fn?.[1].Properties.Timeout) ? [] : [`${id} may hand a slow batch out twice`];
    }),

  'functions are called through their alias only': (template) => {
    const aliases = ofType(template, 'AWS::Lambda::Alias').map(([id]) => id);
    const callers: readonly [type: string, property: string][] = [
      ['AWS::Lambda::EventSourceMapping', 'FunctionName'],
      ['AWS::Lambda::Permission', 'FunctionName'],
      ['AWS::ApiGatewayV2::Integration', 'IntegrationUri'],
      ['AWS::ApiGatewayV2::Authorizer', 'AuthorizerUri'],
    ];
    return callers.flatMap(([type, property]) =>
      ofType(template, type).flatMap(([id, { Properties }]) =>
        aliases.some((alias) => refersTo(Properties[property], alias)) ? [] : [`${id} calls past the alias`],
      ),
    );
  },

  'every log is kept for a stated time': (template) =>
    ofType(template, 'AWS::Logs::LogGroup').flatMap(([id, { Properties }]) =>
      Properties.RetentionInDays > 0 ? [] : [`${id} is kept for ever`],
    ),

  'every function is arm64, on Node 24, with a log group and a role of its own': (template) => {
    const functions = ofType(template, 'AWS::Lambda::Function');
    const isOwn = (property: string, value: unknown) =>
      functions.filter(([, { Properties }]) => JSON.stringify(Properties[property]) === JSON.stringify(value))
        .length === 1;
    return functions.flatMap(([id, { Properties }]) => [
      ...(Properties.Architectures?.[0] === 'arm64' ? [] : [`${id} is not arm64`]),
      ...(Properties.Runtime === 'nodejs24.x' ? [] : [`${id} runs on ${Properties.Runtime}`]),
      ...(Properties.LoggingConfig?.LogGroup && isOwn('LoggingConfig', Properties.LoggingConfig)
        ? []
        : [`${id} shares its log`]),
      ...(isOwn('Role', Properties.Role) ? [] : [`${id} shares its role`]),
    ]);
  },

  'no secret stands in an environment variable': (template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
      Object.entries(Properties.Environment?.Variables ?? {}).flatMap(([name, value]) => {
        const isText = typeof value === 'string';
        const isResolved = JSON.stringify(value).includes('{{resolve:');
        return isResolved || (isText && secretName.test(name)) ? [`${id} holds a secret in ${name}`] : [];
      }),
    ),

  'the API is throttled': (template) =>
    ofType(template, 'AWS::ApiGatewayV2::Stage').flatMap(([id, { Properties }]) => {
      const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = Properties.DefaultRouteSettings ?? {};
      return rate > 0 && burst > 0 ? [] : [`${id} has no limit`];
    }),

  'every request is logged, without anything personal': (template) =>
    ofType(template, 'AWS::ApiGatewayV2::Stage').flatMap(([id, { Properties }]) => {
      const format = Properties.AccessLogSettings?.Format;
      if (format === undefined) return [`${id} logs no requests`];
      const variables: readonly string[] = Object.values(JSON.parse(format));
      return [
        ...(variables.includes(accessLogFields.requestId) ? [] : [`${id} logs no request id`]),
        ...variables.filter((variable) => personalVariable.test(variable)).map((variable) => `${id} logs ${variable}`),
      ];
    }),
} satisfies Record<string, Policy>;

/** Kept when the stack goes; not when it fails to come. */
const kept = 'RetainExceptOnCreate';

/** Of an environment that protects data. */
export const keepsItsData: Policy = ({ Resources }) =>
  Object.entries(Resources).flatMap(([id, { Type, DeletionPolicy, UpdateReplacePolicy }]) =>
    stateful.includes(Type) && (DeletionPolicy !== kept || UpdateReplacePolicy !== 'Retain')
      ? [`${id} goes with the stack, or when it is replaced`]
      : [],
  );

/** Of any other environment. */
export const leavesNothing: Policy = ({ Resources }) =>
  Object.entries(Resources).flatMap(([id, { Type, DeletionPolicy }]) =>
    // Versions go with their function.
    (DeletionPolicy ?? 'Delete') === 'Delete' || Type === 'AWS::Lambda::Version'
      ? []
      : [`${id} stays when the stack goes`],
  );
