import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { BundledFunction } from './bundled-function.ts';
import type { EventQueue } from './event-queue.ts';

export interface IngestApiProps {
  readonly settings: EnvironmentSettings;
  readonly bundle: string;
  readonly environmentName: string;
  readonly queue: EventQueue;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * What an access log line holds. Addresses, user agents and query strings are personal; a path may carry a write key
 * and whatever else a caller types; so none of them is here. `ingestRequestId` leads to the function's own line.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  errorType: '$context.error.responseType',
  latencyMs: '$context.responseLatency',
  responseBytes: '$context.responseLength',
  lambdaStatus: '$context.integration.status',
  ingestStatus: '$context.integration.integrationStatus',
  ingestLatencyMs: '$context.integration.latency',
  ingestRequestId: '$context.integration.requestId',
};

/** The public endpoint: every path and method goes to the ingest function, which knows them and answers CORS itself. */
export class IngestApi extends Construct {
  /** `https://…` without a trailing slash, as client libraries want it. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const { settings, queue, removalPolicy } = props;

    const ingest = new BundledFunction(this, 'Ingest', {
      description: 'Checks Segment calls and puts their events on the queue',
      bundle: props.bundle,
      memoryMb: settings.ingest.memoryMb,
      timeoutSeconds: settings.ingest.timeoutSeconds,
      recursiveLoop: RecursiveLoop.TERMINATE,
      environment: { ...queue.environment, ENVIRONMENT: props.environmentName },
      logRetentionDays: settings.logRetentionDays,
      removalPolicy,
    });
    queue.grantSend(ingest.handler);

    const api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      description: "Takes Segment calls for Meta's Conversions API",
      defaultIntegration: new HttpLambdaIntegration('Ingest', ingest.handler),
      createDefaultStage: false,
    });
    const accessLogs = new LogGroup(this, 'AccessLogs', { retention: settings.logRetentionDays, removalPolicy });
    api.addStage('DefaultStage', {
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.ratePerSecond, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });

    this.endpoint = api.apiEndpoint;
  }
}
