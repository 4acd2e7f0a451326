import { Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DomainSettings, FirewallSettings } from '../../shared/config/environment-settings.ts';
import { functionDescriptions } from '../../shared/config/function-descriptions.ts';
import { accessLogFields } from './access-log-fields.ts';
import { ApiDomain } from './api-domain.ts';
import { regionOf } from './arn.ts';
import { BundledFunction } from './bundled-function.ts';
import { EdgeFirewall } from './edge-firewall.ts';
import type { EventQueue } from './event-queue.ts';
import { OriginGuard } from './origin-guard.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { metricNamespace, type PipelineMetricName } from './pipeline-metrics.ts';

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
  readonly firewall: EdgeFirewall | undefined;
  /** Log group with a line of API Gateway's for every request. */
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const { settings, queue } = props;
    const { firewall, domain } = settings;

    this.ingest = new BundledFunction(this, 'Ingest', {
      ...props,
      description: functionDescriptions.ingest,
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
      ...(guard?.authorizer && { defaultAuthorizer: guard.authorizer }),
      createDefaultStage: false,
      // CloudFront needs the address itself.
      ...(domain?.onlyAddress && !firewall && { disableExecuteApiEndpoint: true }),
    });
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'Segment libraries send a write key in one of three places; the ingest function checks it.',
    });
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: settings.logRetentionDays,
      removalPolicy: props.removalPolicy,
      ...(props.key && { encryptionKey: props.key }),
    });
    const stage = this.#addStage(props);

    this.firewall = firewall && guard && new EdgeFirewall(this, 'Firewall', { api: this.api, guard, firewall, domain });
    const distribution = this.firewall?.distribution;
    const named =
      domain &&
      new ApiDomain(this, 'Domain', {
        api: this.api,
        stage,
        domain,
        distribution,
        atApi: firewall === undefined || keepsNameAtApi(domain, firewall, Stack.of(this).region),
      });
    if (guard?.authorizer && this.firewall) {
      // Nothing is refused before what lets it in stands, and the name leads there.
      this.api.node.findChild('DefaultRoute').node.addDependency(this.firewall, ...(named ? [named] : []));
    }
    const ownName = domain?.name ?? distribution?.distributionDomainName;
    // What stands in front puts a name of its own into the Host header, by which the function would call itself else.
    if (ownName !== undefined) this.ingest.handler.addEnvironment('ENDPOINT_URL', `https://${ownName}`);
    this.endpoint = ownName === undefined ? this.api.apiEndpoint : `https://${ownName}`;
    this.dnsTarget = domain?.hostedZone ? undefined : named?.dnsTarget;
  }

  #addStage({ settings, environmentName }: IngestApiProps): HttpStage {
    // Among API Gateway's own metrics both are a 4xx of many. Requests over the limit come again; refused ones do not.
    this.#countAnswers('Throttled', 'RequestsOverLimit', ['429']);
    this.#countAnswers('Refused', 'AnswersRefused', refusedStatuses);
    return this.api.addStage('DefaultStage', {
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.ratePerSecond, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLogs),
        format: AccessLogFormat.custom(JSON.stringify({ environment: environmentName, ...accessLogFields })),
      },
    });
  }

  #countAnswers(id: string, metricName: PipelineMetricName, statuses: readonly string[]): void {
    this.accessLogs.addMetricFilter(id, {
      filterPattern: FilterPattern.any(...statuses.map((status) => FilterPattern.stringValue('$.status', '=', status))),
      metricNamespace,
      metricName,
      dimensions: { environment: '$.environment' },
    });
  }
}

/** After these a library drops what it sent: bad request, unknown key, forbidden, unknown path, too large. */
const refusedStatuses = ['400', '401', '403', '404', '413'];

/**
 * While CloudFront is being taken into use, the name still has to lead to the API for those who have its old address in
 * their cache. For that the API needs a certificate of its own region.
 */
const keepsNameAtApi = ({ certificateArn }: DomainSettings, firewall: FirewallSettings, region: string): boolean =>
  firewall.enforce !== true && (firewall.certificateArn !== undefined || regionOf(certificateArn) === region);
