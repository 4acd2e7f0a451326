import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ConversionsPipeline, type ConversionsPipelineProps } from './constructs/conversions-pipeline.ts';

/** One environment's pipeline, and what the person who deploys it needs next. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: ConversionsPipelineProps) {
    super(scope, id, {
      description: "Segment-compatible pipeline into Meta's Conversions API",
      terminationProtection: props.settings.protectData,
    });

    const { endpoint, queue } = new ConversionsPipeline(this, 'Pipeline', props);

    new CfnOutput(this, 'Endpoint', { value: endpoint, description: 'The host to give to Segment libraries' });
    new CfnOutput(this, 'EventsQueueUrl', { value: queue.events.queueUrl });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: queue.deadLetters.queueUrl });
    for (const [index, name] of props.tokenSecretNames.entries()) {
      new CfnOutput(this, `PutToken${index + 1}`, {
        value: `aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://token.txt`,
        description: `Next step: put the system user token into the secret ${name}`,
      });
    }
  }
}
