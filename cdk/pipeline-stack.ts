import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentName } from '../shared/config/environment-settings.ts';
import { ConversionsPipeline, type ConversionsPipelineProps } from './constructs/conversions-pipeline.ts';

export interface PipelineStackProps extends ConversionsPipelineProps {
  readonly environmentName: EnvironmentName;
}

/** One environment's pipeline, and what the person who deploys it needs next. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    const { protectData, region } = props.settings;
    super(scope, id, {
      description: "Segment-compatible pipeline into Meta's Conversions API",
      terminationProtection: protectData,
      ...(region !== undefined && { env: { region } }),
    });

    // By these the account's bill can be split, once they are activated as cost allocation tags.
    Tags.of(this).add('project', 'conversions-pipeline');
    Tags.of(this).add('environment', props.environmentName);

    const pipeline = new ConversionsPipeline(this, 'Pipeline', props);
    const { endpoint, dnsTarget, alarmTopic, noticeTopic } = pipeline;
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });

    output('Endpoint', endpoint, 'The host to give to Segment libraries');
    if (dnsTarget !== undefined) output('DnsTarget', dnsTarget, `Next step: a CNAME record from ${endpoint} to this`);
    for (const [index, [secret, destination]] of destinationsBySecret(props.tokenSecrets).entries()) {
      output(
        `SetToken${index + 1}`,
        `npm run token:set -- --env ${props.environmentName} --destination ${destination}`,
        `Next step: put the system user token into the secret ${secret}`,
      );
    }
    output(
      'SendFirstEvent',
      firstEvent(endpoint),
      'Then: send an event with your write key; it arrives within a minute',
    );
    output('DashboardUrl', pipeline.dashboardUrl, 'Then: watch it arrive');
    output('AlarmTopicArn', alarmTopic.topicArn, 'Where urgent alarms go: subscribe to it, or set alarms.emails');
    output(
      'NoticeTopicArn',
      noticeTopic.topicArn,
      'Where the others go: subscribe to it, or set alarms.notices.emails',
    );
    output('EventsQueueUrl', pipeline.eventsQueue.queueUrl, 'Where accepted events wait');
    output('DeadLetterQueueUrl', pipeline.deadLetterQueue.queueUrl, 'Where events end that could not be delivered');
  }
}

/** Each secret once, with the first destination that uses it. */
function destinationsBySecret(tokenSecrets: Readonly<Record<string, string>>): readonly [string, string][] {
  const destinations = new Map<string, string>();
  for (const [destination, secret] of Object.entries(tokenSecrets)) {
    if (!destinations.has(secret)) destinations.set(secret, destination);
  }
  return [...destinations];
}

const firstEvent = (endpoint: string): string =>
  `curl -u '<write key>:' '${endpoint}/v1/track' -H 'content-type: application/json' ` +
  `-d '{"event": "Order Completed", "userId": "user-1", ` +
  `"properties": {"order_id": "TEST-1", "revenue": 1, "currency": "EUR"}, ` +
  `"context": {"userAgent": "curl", "page": {"url": "https://shop.example/thanks"}}}'`;
