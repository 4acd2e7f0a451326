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
   * Encrypt queues, secrets, logs and alarm topic with a key of your own in KMS, which costs about $1 a month and $0.03
   * for 10,000 uses, and can be revoked.
   *
   * @default false - encrypted with keys that AWS manages
   */
  readonly customerManagedKey?: boolean;
  /**
   * Record X-Ray traces of both functions, $5 for a million.
   *
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Where clients send, instead of an address that AWS makes up. With it, that address is switched off.
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

/** Some of the traffic goes to the new version first; an alarm in that time takes it back. */
export interface CanaryDeployment {
  /** Share of the invocations that the new version gets, 1 to 99. */
  readonly canaryPercent: number;
  /** Before it gets the rest. */
  readonly canaryMinutes: number;
}

export interface AlarmSettings {
  /**
   * An SNS topic of yours that every alarm reports to. Its policy must let `cloudwatch.amazonaws.com` publish.
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

export interface DomainSettings {
  /** Such as `events.example.com`. */
  readonly name: string;
  /** A certificate of ACM for the name: in the stack's region, or in us-east-1 when there is a `firewall`. */
  readonly certificateArn: string;
  /**
   * The Route 53 zone to write the name into.
   *
   * @default - none is written; the output `DnsTarget` says what the name must point to
   */
  readonly hostedZone?: { readonly id: string; readonly name: string };
}

/** A web ACL of yours, made for CloudFront in us-east-1; or one made by the stack, which then must be in us-east-1. */
export type FirewallSettings =
  | { readonly webAclArn: string }
  | {
      /** Requests that one address may make in five minutes, at least 10. Server sources send from few addresses. */
      readonly requestsPerAddress: number;
    };

/** AWS asks for six times the function's timeout, plus the batching window, so that a slow batch is not handed out twice. */
export const visibilityTimeoutSeconds = ({ deliver }: EnvironmentSettings): number =>
  6 * deliver.timeoutSeconds + deliver.batchingWindowSeconds;
