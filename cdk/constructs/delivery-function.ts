import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../../shared/config/environment-settings.ts';
import { BundledFunction } from './bundled-function.ts';
import type { DestinationSecrets } from './destination-secrets.ts';
import type { EventQueue } from './event-queue.ts';

export interface DeliveryFunctionProps {
  readonly settings: EnvironmentSettings;
  readonly bundle: string;
  readonly environmentName: string;
  readonly queue: EventQueue;
  readonly secrets: DestinationSecrets;
  readonly removalPolicy: RemovalPolicy;
}

/** Takes batches off the events queue and sends them to Meta; the only reader of the tokens. */
export class DeliveryFunction extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryFunctionProps) {
    super(scope, id);
    const { settings, queue } = props;

    const { handler } = new BundledFunction(this, 'Deliver', {
      description: "Sends queued events to Meta's Conversions API",
      bundle: props.bundle,
      memoryMb: settings.deliver.memoryMb,
      timeoutSeconds: settings.deliver.timeoutSeconds,
      // What is still owed goes back on the queue that calls this function, for as long as Meta accepts the event. Left
      // to its default, Lambda would take the retries for a runaway loop and stop them.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: { ...queue.environment, ENVIRONMENT: props.environmentName },
      logRetentionDays: settings.logRetentionDays,
      removalPolicy: props.removalPolicy,
    });
    queue.grantConsume(handler);
    queue.grantSend(handler);
    props.secrets.grantRead(handler);

    // `SqsEventSource` would add permissions of its own choosing to those above.
    new EventSourceMapping(this, 'EventSource', {
      target: handler,
      eventSourceArn: queue.events.queueArn,
      batchSize: settings.deliver.batchSize,
      maxBatchingWindow: Duration.seconds(settings.deliver.batchingWindowSeconds),
      maxConcurrency: settings.deliver.maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}
