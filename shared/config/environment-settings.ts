/**
 * How one deployment runs. One module feeds the CDK stack and the local runtime, so that what runs on a laptop is
 * what is deployed. Values live in `config/environments.ts`.
 */
export type EnvironmentName = 'development' | 'staging' | 'production';

export interface EnvironmentSettings {
  /**
   * Where `npm run deploy` puts the stack, such as `eu-west-1`.
   *
   * @default - the region of the AWS credentials
   */
  readonly region?: string;
  readonly ingest: {
    readonly memoryMb: number;
    /** API Gateway gives up after 30 s; stay below it. */
    readonly timeoutSeconds: number;
    /**
     * Concurrent invocations set aside for ingest, and its maximum.
     *
     * @default - none: it shares the account's concurrency, and `throttle` bounds it
     */
    readonly reservedConcurrency?: number;
  };
  readonly deliver: {
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    /** SQS messages handed to one invocation, at most 10,000; above 10 a batching window is needed. */
    readonly batchSize: number;
    /** How long the event source waits for a full batch, 0 to 300 s: freshness traded for cost. */
    readonly batchingWindowSeconds: number;
    /** Concurrent deliver invocations, 2 to 1,000. */
    readonly maxConcurrency: number;
  };
  readonly eventsQueue: {
    readonly retentionDays: number;
    /** Times a message is handed out before SQS moves it to the dead letter queue. */
    readonly maxReceiveCount: number;
  };
  readonly deadLetterQueue: {
    /** At most 14, SQS's limit. */
    readonly retentionDays: number;
  };
  /** The freshness promise: an alarm rings when an event has waited on the queue for longer, in seconds. */
  readonly freshnessSeconds: number;
  readonly logRetentionDays: number;
  /**
   * Whose message ids the functions print: of `all` events, or of `failures` only. Deliver counts every outcome but
   * `delivered` as one, ingest every rejected event.
   */
  readonly logMessageIds: 'all' | 'failures';
  /** Requests per second and burst that API Gateway lets through. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** Keep queues, secrets, logs and the key when the stack is deleted, and refuse to delete it. */
  readonly protectData: boolean;
  /** How a new version of a function takes over. */
  readonly deployment: 'all-at-once' | CanaryDeployment;
  readonly alarms: AlarmSettings;
  /**
   * Encrypt queues, secrets, logs and alarm topics with a key of your own in KMS, which costs about $1 a month and $0.03
   * for 10,000 uses, and can be revoked. `retiring` is the way back: nothing new is encrypted with the key, and what
   * was can still be read. Stay there for as long as events and dead letters are kept, then say `false`.
   *
   * @default false - encrypted with keys that AWS manages
   */
  readonly customerManagedKey?: boolean | 'retiring';
  /**
   * Secrets of tokens that are there already, by the name or ARN that the configuration has as `accessTokenSecret`. They
   * are used, and neither made nor removed. A secret that the configuration names by its ARN need not be here.
   *
   * @default - every secret is made, empty
   */
  readonly existingSecrets?: Readonly<Record<string, ExistingSecret>>;
  /**
   * A record of what became of each event, in a bucket of the account, for `npm run events`.
   *
   * @default - none: nothing is recorded and nothing paid for
   */
  readonly record?: RecordSettings;
  /**
   * Record X-Ray traces of both functions, $5 for a million.
   *
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Where clients send, instead of an address that AWS makes up.
   *
   * @default - the address of API Gateway, or of CloudFront with `firewall`
   */
  readonly domain?: DomainSettings;
  /**
   * A web application firewall. An HTTP API cannot carry one, so CloudFront goes in front, and the API refuses whatever
   * did not come through it.
   *
   * @default - none
   */
  readonly firewall?: FirewallSettings;
}

export interface RecordSettings {
  /** `receipts` hold digests of persons' identifiers, and nothing else of them; `events` the events too, for a replay. */
  readonly level: 'receipts' | 'events';
  /** Days after which all of it is gone. */
  readonly keepDays: number;
  /**
   * Most that one question may read, in GB; Athena charges $5 for 1,000 of them.
   *
   * @default 100
   */
  readonly scanLimitGb?: number;
}

/** Some of the traffic goes to the new version first; an alarm in that time takes it back. */
export interface CanaryDeployment {
  /** Share of the invocations that the new version gets, 1 to 99. */
  readonly canaryPercent: number;
  /** Before it gets the rest. */
  readonly canaryMinutes: number;
}

/** Where alarms of one severity go. */
export interface AlarmTarget {
  /**
   * An SNS topic of yours, in the region of the stack. Its policy must let `cloudwatch.amazonaws.com` publish.
   *
   * @default - a topic is made
   */
  readonly topicArn?: string;
  /**
   * Addresses to subscribe. Each gets a mail with a link to confirm.
   *
   * @default - none
   */
  readonly emails?: readonly string[];
}

/** Where urgent alarms go, for which somebody gets up; and notices, which can wait for the morning. */
export interface AlarmSettings extends AlarmTarget {
  /**
   * Of a notice.
   *
   * @default - the topic of the urgent ones if that is yours; else a second topic, with the same addresses
   */
  readonly notices?: AlarmTarget;
  /**
   * Name of a secret of yours that holds the HTTPS address of a webhook, of Slack, Teams or anything else. A small function then
   * posts every alarm of both topics to it, with its cause and the command to run.
   *
   * @default - nothing is posted, and there is no such function
   */
  readonly webhookSecret?: string;
  /**
   * Compare each hour how often every event name came with the same weekday and hour of the weeks before, and ring when one fell
   * or grew. Asks the record with Athena, which costs by what it reads: `npm run cost` has the line.
   *
   * @default true - where there are a webhook and a record that is kept for 22 days
   */
  readonly compareCounts?: boolean;
  /**
   * Page with what to do for each alarm, which the posted ones link to.
   *
   * @default - none
   */
  readonly runbookUrl?: string;
}

export interface ExistingSecret {
  /**
   * ARN of the KMS key that the secret is encrypted with, if that is a key of yours.
   *
   * @default - the key `aws/secretsmanager`
   */
  readonly keyArn?: string;
}

export interface DomainSettings {
  /** Such as `events.example.com`. */
  readonly name: string;
  /**
   * A certificate of ACM for the name, in the stack's region. With a `firewall` that has no `certificateArn` of its own:
   * in us-east-1.
   */
  readonly certificateArn: string;
  /**
   * The Route 53 zone to write the name into.
   *
   * @default - none is written; the output `DnsTarget` says what the name must point to
   */
  readonly hostedZone?: { readonly id: string; readonly name: string };
  /**
   * Switch off the address that AWS made up. Only once no client uses it: what is sent there is refused.
   *
   * @default false - both addresses work
   */
  readonly onlyAddress?: boolean;
}

/** A web ACL of yours, made for CloudFront in us-east-1; or one made by the stack, which then must be in us-east-1. */
export type FirewallSettings = FirewallSteps &
  (
    | { readonly webAclArn: string }
    | {
        /** Requests that one address may make in five minutes, at least 10. Server sources send from few addresses. */
        readonly requestsPerAddress: number;
        /**
         * Refuse what the rules match. Before, they only count, so that one sees on the dashboard what they would refuse.
         *
         * @default false
         */
        readonly block?: boolean;
      }
  );

export interface FirewallSteps {
  /**
   * Refuse what did not come through CloudFront. First deploy without, and let every client use the new address: whoever
   * still sends to the API directly then is refused, and libraries drop what is refused.
   *
   * @default false - CloudFront stands there, and the API takes requests past it too
   */
  readonly enforce?: boolean;
  /**
   * A certificate of us-east-1 for `domain.name`, so that the name works with and without CloudFront while it moves.
   *
   * @default - `domain.certificateArn`
   */
  readonly certificateArn?: string;
}

/** AWS asks for six times the function's timeout, plus the batching window, so that a slow batch is not handed out twice. */
export const visibilityTimeoutSeconds = ({ deliver }: EnvironmentSettings): number =>
  6 * deliver.timeoutSeconds + deliver.batchingWindowSeconds;
