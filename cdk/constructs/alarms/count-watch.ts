import { Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BundledFunction } from '../bundled-function.ts';
import type { EventRecord } from '../event-record.ts';
import type { PipelineContext } from '../pipeline-context.ts';

export interface CountWatchProps extends PipelineContext {
  readonly bundle: string;
  readonly record: EventRecord;
}

/** Compares each hour how often every event name came with the weeks before: reads the record, and may do nothing else. */
export class CountWatch extends Construct {
  readonly watch: BundledFunction;

  constructor(scope: Construct, id: string, props: CountWatchProps) {
    super(scope, id);
    this.watch = new BundledFunction(this, 'Watch', {
      ...props,
      description: 'Compares counts of events with those of the weeks before',
      memoryMb: 256,
      timeoutSeconds: 120,
      recursiveLoop: RecursiveLoop.TERMINATE,
      environment: { ENVIRONMENT: props.environmentName },
    });
    props.record.letAsk(this.watch.handler);
    // A quarter past: Firehose writes up to five minutes late.
    const schedule = new Rule(this, 'Hourly', { schedule: Schedule.cron({ minute: '15' }) });
    schedule.addTarget(new LambdaTarget(this.watch.target, { retryAttempts: 2 }));
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5',
      reason: 'Athena reads the objects of the record and writes answers whose names it makes up, in the one bucket.',
    });
  }
}
