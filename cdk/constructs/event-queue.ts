import { Duration, Names, Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { visibilityTimeoutSeconds } from '../../shared/config/environment-settings.ts';
import { largestMessageBytes } from '../../shared/queue/message.ts';
import { grantKey } from './grant-key.ts';
import type { PipelineContext } from './pipeline-context.ts';

/** The events queue and its dead letter queue, encrypted and reachable over TLS only. */
export class EventQueue extends Construct {
  readonly events: Queue;
  readonly deadLetters: Queue;
  /** Environment variables that a function needs to use the queues. */
  readonly environment: { readonly EVENTS_QUEUE_URL: string; readonly DEAD_LETTER_QUEUE_URL: string };

  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, { settings, removalPolicy, key, retiringKey }: PipelineContext) {
    super(scope, id);
    this.#key = key ?? retiringKey;

    const guarded = {
      ...(key
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      enforceSSL: true,
      removalPolicy,
      // What ingest and deliver pack for, and no default that may be another one day.
      maxMessageSizeBytes: largestMessageBytes,
    } satisfies QueueProps;
    const name = Names.uniqueResourceName(this, { separator: '-', allowedSpecialCharacters: '-', maxLength: 60 });

    // Each queue names the other. A name known in advance breaks the circle that two references would close.
    const eventsName = `${name}-events`;
    const eventsByName = Queue.fromQueueArn(
      this,
      'EventsByName',
      Stack.of(this).formatArn({ service: 'sqs', resource: eventsName }),
    );

    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...guarded,
      queueName: `${name}-dead-letters`,
      retentionPeriod: Duration.days(settings.deadLetterQueue.retentionDays),
      redriveAllowPolicy: { redrivePermission: RedrivePermission.BY_QUEUE, sourceQueues: [eventsByName] },
    });

    this.events = new Queue(this, 'Events', {
      ...guarded,
      queueName: eventsName,
      retentionPeriod: Duration.days(settings.eventsQueue.retentionDays),
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds(settings)),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: settings.eventsQueue.maxReceiveCount },
    });

    this.environment = {
      EVENTS_QUEUE_URL: this.events.queueUrl,
      DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl,
    };
  }

  /** Allows putting messages on both queues, and nothing else. */
  grantSend(grantee: IGrantable): void {
    this.events.grant(grantee, 'sqs:SendMessage');
    this.deadLetters.grant(grantee, 'sqs:SendMessage');
    grantKey(this.#key, grantee, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  /** Allows what Lambda does with the events queue on behalf of a function it feeds. */
  grantConsume(grantee: IGrantable): void {
    this.events.grant(
      grantee,
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    );
    grantKey(this.#key, grantee, 'kms:Decrypt');
  }
}
