/**
 * How one deployment runs. One module feeds the CDK stack and the local runtime, so that what runs on a laptop is
 * what is deployed. Values live in `config/environments.ts`.
 */
export type EnvironmentName = 'development' | 'staging' | 'production';

export interface EnvironmentSettings {
  readonly ingest: {
    readonly memoryMb: number;
    /** API Gateway gives up after 30 s; stay below it. */
    readonly timeoutSeconds: number;
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
  readonly logRetentionDays: number;
  /** Requests per second and burst that API Gateway lets through. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
  /** Keep queues and the secret when the stack is deleted. */
  readonly protectData: boolean;
}

/** AWS asks for six times the function's timeout, plus the batching window, so that a slow batch is not handed out twice. */
export const visibilityTimeoutSeconds = ({ deliver }: EnvironmentSettings): number =>
  6 * deliver.timeoutSeconds + deliver.batchingWindowSeconds;
