import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { functionDescriptions } from '../../shared/config/function-descriptions.ts';
import { BundledFunction } from './bundled-function.ts';
import type { DestinationSecrets } from './destination-secrets.ts';
import type { EventQueue } from './event-queue.ts';
import type { PipelineContext } from './pipeline-context.ts';

export interface DeliveryFunctionProps extends PipelineContext {
  readonly bundle: string;
  readonly queue: EventQueue;
  readonly secrets: DestinationSecrets;
}

/** Takes batches off the events queue and sends them to Meta; the only reader of the tokens. */
export class DeliveryFunction extends Construct {
  readonly deliver: BundledFunction;

  constructor(scope: Construct, id: string, props: DeliveryFunctionProps) {
    super(scope, id);
    const { settings, queue } = props;

    this.deliver = new BundledFunction(this, 'Deliver', {
      ...props,
      description: functionDescriptions.deliver,
      memoryMb: settings.deliver.memoryMb,
      timeoutSeconds: settings.deliver.timeoutSeconds,
      // What is still owed goes back on the queue that calls this function, for as long as Meta accepts the event. Left
      // to its default, Lambda would take the retries for a runaway loop and stop them.
      recursiveLoop: RecursiveLoop.ALLOW,
      environment: {
        ...queue.environment,
        ENVIRONMENT: props.environmentName,
        LOG_MESSAGE_IDS: settings.logMessageIds,
      },
    });
    queue.grantConsume(this.deliver.handler);
    queue.grantSend(this.deliver.handler);
    props.secrets.grantRead(this.deliver.handler);

    // `SqsEventSource` would add permissions of its own choosing to those above.
    new EventSourceMapping(this, 'EventSource', {
      target: this.deliver.target,
      eventSourceArn: queue.events.queueArn,
      batchSize: settings.deliver.batchSize,
      maxBatchingWindow: Duration.seconds(settings.deliver.batchingWindowSeconds),
      maxConcurrency: settings.deliver.maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}
