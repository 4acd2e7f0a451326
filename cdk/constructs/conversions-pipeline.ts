import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { DeliveryFunction } from './delivery-function.ts';
import { DestinationSecrets } from './destination-secrets.ts';
import { EventQueue } from './event-queue.ts';
import { IngestApi } from './ingest-api.ts';

export interface ConversionsPipelineProps {
  readonly settings: EnvironmentSettings;
  /** The secrets of the configuration's destinations, each name once. They are created empty. */
  readonly tokenSecretNames: readonly string[];
  /** Folders the build made, each with `index.mjs` and the `config.json` it runs on. */
  readonly bundles: { readonly ingest: string; readonly deliver: string };
  /**
   * What the functions call this deployment in what they report.
   *
   * @default - the name of the stack
   */
  readonly environmentName?: string;
}

/**
 * The whole pipeline, for any stack: HTTP API → ingest → events queue → deliver → Meta, with dead letters beside it.
 *
 * @example
 * new ConversionsPipeline(this, 'Capi', { settings, tokenSecretNames: ['capi/main'], bundles: { ingest, deliver } });
 */
export class ConversionsPipeline extends Construct {
  /** Where client libraries send, without a trailing slash. */
  readonly endpoint: string;
  readonly queue: EventQueue;

  constructor(scope: Construct, id: string, props: ConversionsPipelineProps) {
    super(scope, id);
    const { settings, bundles, environmentName = Stack.of(this).stackName } = props;
    const removalPolicy = settings.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    const queue = new EventQueue(this, 'Queue', { settings, removalPolicy });
    const secrets = new DestinationSecrets(this, 'Secrets', { names: props.tokenSecretNames, removalPolicy });
    const common = { settings, environmentName, queue, removalPolicy };

    const { endpoint } = new IngestApi(this, 'Ingest', { ...common, bundle: bundles.ingest });
    new DeliveryFunction(this, 'Deliver', { ...common, bundle: bundles.deliver, secrets });

    this.endpoint = endpoint;
    this.queue = queue;
  }
}
