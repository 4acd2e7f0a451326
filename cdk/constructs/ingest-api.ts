import { Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogFields } from './access-log-fields.ts';
import { ApiDomain } from './api-domain.ts';
import { BundledFunction } from './bundled-function.ts';
import { EdgeFirewall } from './edge-firewall.ts';
import type { EventQueue } from './event-queue.ts';
import { OriginGuard } from './origin-guard.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { metricNamespace } from './pipeline-metrics.ts';

export interface IngestApiProps extends PipelineContext {
  readonly bundle: string;
  readonly queue: EventQueue;
}

/** The public endpoint: every path and method goes to the ingest function, which knows them and answers CORS itself. */
export class IngestApi extends Construct {
  /** `https://…` without a trailing slash, as client libraries want it. */
  readonly endpoint: string;
  /** Name that the DNS record of a domain of yours must point to, when nothing here may write its zone. */
  readonly dnsTarget: string | undefined;
  readonly ingest: BundledFunction;
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const { settings, queue } = props;
    const { firewall, domain } = settings;

    this.ingest = new BundledFunction(this, 'Ingest', {
      ...props,
      description: 'Checks Segment calls and puts their events on the queue',
      memoryMb: settings.ingest.memoryMb,
      timeoutSeconds: settings.ingest.timeoutSeconds,
      reservedConcurrency: settings.ingest.reservedConcurrency,
      recursiveLoop: RecursiveLoop.TERMINATE,
      environment: {
        ...queue.environment,
        ENVIRONMENT: props.environmentName,
        LOG_MESSAGE_IDS: settings.logMessageIds,
        // Behind CloudFront, the address that connects is CloudFront's.
        ...(firewall && { TRUSTED_PROXIES: '1' }),
      },
    });
    queue.grantSend(this.ingest.handler);

    const guard = firewall && new OriginGuard(this, 'OriginGuard', props);
    this.api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      description: "Takes Segment calls for Meta's Conversions API",
      defaultIntegration: new HttpLambdaIntegration('Ingest', this.ingest.target),
      ...(guard && { defaultAuthorizer: guard.authorizer }),
      createDefaultStage: false,
      // One way in: past a domain's own certificate and name there is no other. CloudFront needs the address itself.
      ...(domain && !firewall && { disableExecuteApiEndpoint: true }),
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'Segment libraries send a write key in one of three places; the ingest function checks it.',
    });
    const stage = this.#addStage(props);

    const front =
      firewall && guard
        ? new EdgeFirewall(this, 'Firewall', { api: this.api, guard, firewall, domain })
        : domain && new ApiDomain(this, 'Domain', { api: this.api, stage, domain });
    // What stands in front puts a name of its own into the Host header, by which the function would call itself else.
    if (front !== undefined) this.ingest.handler.addEnvironment('ENDPOINT_URL', front.endpoint);
    this.endpoint = front?.endpoint ?? this.api.apiEndpoint;
    this.dnsTarget = domain && !domain.hostedZone ? front?.dnsTarget : undefined;
  }

  #addStage({ settings, environmentName, removalPolicy, key }: IngestApiProps): HttpStage {
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: settings.logRetentionDays,
      removalPolicy,
      ...(key && { encryptionKey: key }),
    });
    // Among API Gateway's own metrics a request over the limit is one 4xx of many.
    accessLogs.addMetricFilter('Throttled', {
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace,
      metricName: 'RequestsOverLimit',
      dimensions: { environment: '$.environment' },
    });
    return this.api.addStage('DefaultStage', {
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.ratePerSecond, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify({ environment: environmentName, ...accessLogFields })),
      },
    });
  }
}
