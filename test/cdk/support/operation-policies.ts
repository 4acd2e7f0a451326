import { statementsOf } from './statements.ts';
import { list, ofType, type Policy, refersTo, type TemplateJson } from './template.ts';

const longestSeconds = (properties: { readonly Metrics?: readonly { MetricStat?: { Period: number } }[] }): number =>
  Math.max(0, ...(properties.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Period ?? 0));

/** Whether an alarm is there for a deployment, which reads it, and for nobody else. */
export const isForCanary = (template: TemplateJson, alarm: string): boolean =>
  /Canary/.test(alarm) &&
  ofType(template, 'AWS::CodeDeploy::DeploymentGroup').some(([, { Properties }]) => refersTo(Properties, alarm));

/** Policies of operation: whatever runs stays in its bounds, is watched, and is taken back when it goes wrong. */
export const operationPolicies = {
  'every alarm says what no data means, and when it is over': (template) =>
    ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties }]) => [
      // To one that waits for traffic no data is the fault.
      ...(Properties.TreatMissingData === (/SourceSilent/.test(id) ? 'breaching' : 'notBreaching')
        ? []
        : [`${id} is in no state while nothing comes in`]),
      ...(list(Properties.OKActions).length > 0 || isForCanary(template, id)
        ? []
        : [`${id} does not say when it is over`]),
      ...((Properties.DatapointsToAlarm ?? 1) <= Properties.EvaluationPeriods ? [] : [`${id} can never ring`]),
      // CloudWatch looks back a day at most.
      ...((Properties.Period ?? longestSeconds(Properties)) * Properties.EvaluationPeriods <= 86_400
        ? []
        : [`${id} looks back for more than a day`]),
    ]),

  'a gradual deployment is taken back by itself when an alarm rings': (template) =>
    ofType(template, 'AWS::CodeDeploy::DeploymentGroup').flatMap(([id, { Properties }]) => {
      const { AlarmConfiguration: alarms, AutoRollbackConfiguration: rollback } = Properties;
      const rings =
        alarms?.Enabled === true && alarms.IgnorePollAlarmFailure !== true && list(alarms.Alarms).length > 0;
      const goesBack =
        rollback?.Enabled === true &&
        ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'].every((event) => list(rollback.Events).includes(event));
      return [...(rings ? [] : [`${id} listens to no alarm`]), ...(goesBack ? [] : [`${id} does not go back`])];
    }),

  'every function says what it does, and has a bound of time and number': (template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) => {
      const { Description: description, Timeout: seconds, RecursiveLoop: loop } = Properties;
      return [
        ...(description?.length > 20 ? [] : [`${id} does not say what it does`]),
        ...(seconds > 0 && loop !== undefined ? [] : [`${id} may run on`]),
      ];
    }),

  'the event source runs a bounded number of functions': (template) =>
    ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, { Properties }]) =>
      Properties.ScalingConfig?.MaximumConcurrency >= 2 ? [] : [`${id} takes all the concurrency there is`],
    ),

  'a dead letter is kept at least as long as the event was': (template) => {
    const queues = ofType(template, 'AWS::SQS::Queue');
    return queues.flatMap(([id, { Properties }]) =>
      queues
        .filter(([target]) => refersTo(Properties.RedrivePolicy, target))
        .flatMap(([target, { Properties: letters }]) =>
          letters.MessageRetentionPeriod >= Properties.MessageRetentionPeriod ? [] : [`${target} forgets before ${id}`],
        ),
    );
  },

  'who may write traces has tracing on': (template) => {
    const traced = ofType(template, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties.TracingConfig?.Mode === 'Active',
    );
    return statementsOf(template)
      .filter(({ statement }) => list(statement.Action).some((action) => action.startsWith('xray:')))
      .filter(({ target }) => traced.every(([, { Properties }]) => !refersTo(target, Properties.Role['Fn::GetAtt'][0])))
      .map(({ id }) => `${id} allows traces of a function that makes none`);
  },

  'services that act for many accounts act for this one only': (template) => {
    const isBound = (condition: unknown) =>
      /"aws:Source(Account|Arn)"|kms:EncryptionContext/.test(JSON.stringify(condition ?? ''));
    const trusted = ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
      list<{ Principal: unknown; Condition?: unknown }>(Properties.AssumeRolePolicyDocument.Statement)
        // Lambda checks by itself that a function's role is of the function's account.
        .filter(({ Principal, Condition }) => !refersTo(Principal, 'lambda.amazonaws.com') && !isBound(Condition))
        .map(() => `${id} can be taken for another account`),
    );
    const placed = statementsOf(template)
      .filter(({ statement: { Effect, Principal } }) => Effect === 'Allow' && refersTo(Principal, 'Service'))
      // AWS documents no condition for alarms that use a key, and one that does not match would silence them.
      .filter(({ type, statement: { Sid } }) => !(type === 'AWS::KMS::Key' && Sid === 'CloudWatchAlarms'))
      .filter(({ statement: { Condition } }) => !isBound(Condition))
      .map(({ id }) => `${id} lets a service in for any account`);
    const invoked = ofType(template, 'AWS::Lambda::Permission').flatMap(([id, { Properties }]) =>
      (Properties.SourceArn ?? Properties.SourceAccount) ? [] : [`${id} lets a service in for any account`],
    );
    return [...trusted, ...placed, ...invoked];
  },

  'a web ACL counts or blocks by all of its rules, and keeps no requests': (template) =>
    ofType(template, 'AWS::WAFv2::WebACL').flatMap(([id, { Properties }]) => {
      const rules: readonly { Action?: object; OverrideAction?: object }[] = Properties.Rules;
      const does = rules.map(({ Action, OverrideAction }) =>
        'Count' in (Action ?? OverrideAction ?? {}) ? 'counts' : 'blocks',
      );
      return [
        ...(new Set(does).size === 1 ? [] : [`${id} blocks by halves`]),
        ...(JSON.stringify(Properties).includes('"SampledRequestsEnabled":true') ? [`${id} keeps requests`] : []),
      ];
    }),

  'function versions are kept, so that the alias can be turned back': (template) =>
    ofType(template, 'AWS::Lambda::Version').flatMap(([id, { DeletionPolicy, UpdateReplacePolicy }]) =>
      DeletionPolicy === 'RetainExceptOnCreate' && UpdateReplacePolicy === 'Retain'
        ? []
        : [`${id} goes with the next deployment`],
    ),

  'functions log JSON, and Lambda itself only what is wrong': (template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
      Properties.LoggingConfig?.LogFormat === 'JSON' && Properties.LoggingConfig.SystemLogLevel === 'WARN'
        ? []
        : [`${id} pays for lines of Lambda's own`],
    ),

  'queues take the largest message that is sent': (template) =>
    ofType(template, 'AWS::SQS::Queue').flatMap(([id, { Properties }]) =>
      Properties.MaximumMessageSize === 1_048_576 ? [] : [`${id} relies on a default of SQS`],
    ),
} satisfies Record<string, Policy>;
