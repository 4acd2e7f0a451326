import { randomUUID } from 'node:crypto';
import { limits } from './limits.ts';
import { newMessage } from './message.ts';
import type { Queue } from './queue.ts';
import type { QueueRegistry } from './queue-registry.ts';
import { invalidParameter, sqsError, within } from './sqs-error.ts';

type Status = 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

interface MoveTask {
  readonly handle: string;
  readonly source: Queue;
  readonly destination: Queue | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly total: number;
  status: Status;
  moved: number;
  failure?: string;
}

export interface StartMove {
  readonly sourceArn: string;
  readonly destinationArn?: string | undefined;
  readonly perSecond?: number | undefined;
}

const messagesPerTurn = 100;

/**
 * Redrive: brings dead letters back to the queue each came from, or to one that is named.
 * A moved message is a new one to its queue, with a new id, time and receive count.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export class MoveTasks {
  readonly #registry: QueueRegistry;
  readonly #tasks: MoveTask[] = [];

  constructor(registry: QueueRegistry) {
    this.#registry = registry;
  }

  start({ sourceArn, destinationArn, perSecond }: StartMove): string {
    if (perSecond !== undefined) within('MaxNumberOfMessagesPerSecond', perSecond, 1, limits.moveRatePerSecond);
    const source = this.#queue(sourceArn);
    const destination = destinationArn === undefined ? undefined : this.#queue(destinationArn);
    if (this.#registry.sourcesOf(source).length === 0) {
      throw invalidParameter('SourceArn', `${source.name} is no queue's dead letter queue`);
    }
    if (destination === source) throw invalidParameter('DestinationArn', 'it is the source');
    if (this.#tasks.some((task) => task.source === source && task.status === 'RUNNING')) {
      throw invalidParameter('SourceArn', 'a task is running for it already');
    }
    const task: MoveTask = {
      handle: Buffer.from(`${randomUUID()} ${source.name}`).toString('base64'),
      source,
      destination,
      perSecond,
      startedAt: this.#registry.now(),
      total: source.counts().visible,
      status: 'RUNNING',
      moved: 0,
    };
    this.#tasks.unshift(task);
    setImmediate(() => this.#step(task));
    return task.handle;
  }

  /** The most recent first; more than one only when asked. */
  list(sourceArn: string, max = 1): object[] {
    within('MaxResults', max, 1, limits.moveTasksListed);
    const source = this.#queue(sourceArn);
    return this.#tasks
      .filter((task) => task.source === source)
      .slice(0, max)
      .map((task) => ({
        ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
        Status: task.status,
        SourceArn: task.source.arn,
        DestinationArn: task.destination?.arn,
        MaxNumberOfMessagesPerSecond: task.perSecond,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.total,
        FailureReason: task.failure,
        StartedTimestamp: task.startedAt,
      }));
  }

  /** @returns how many messages were moved already; they stay where they are */
  cancel(handle: string): number {
    const task = this.#tasks.find((one) => one.handle === handle);
    if (task === undefined) throw sqsError('ResourceNotFoundException', 'There is no such task.');
    if (task.status !== 'RUNNING') throw sqsError('UnsupportedOperation', `The task is ${task.status} already.`);
    task.status = 'CANCELLED';
    return task.moved;
  }

  /** Leaves what was not moved where it is. */
  close(): void {
    for (const task of this.#tasks) if (task.status === 'RUNNING') task.status = 'CANCELLED';
  }

  #step(task: MoveTask): void {
    for (let turn = 0; turn < (task.perSecond ? 1 : messagesPerTurn); turn += 1) {
      if (task.status === 'RUNNING' && task.moved < task.total) this.#moveOne(task);
    }
    if (task.status !== 'RUNNING') return;
    if (task.moved >= task.total) task.status = 'COMPLETED';
    else if (task.perSecond) setTimeout(() => this.#step(task), 1000 / task.perSecond).unref();
    else setImmediate(() => this.#step(task));
  }

  #moveOne(task: MoveTask): void {
    const message = task.source.extract();
    if (message === undefined) {
      task.status = 'COMPLETED';
      return;
    }
    const origin = message.deadLetterSource ? this.#registry.withArn(message.deadLetterSource) : undefined;
    const destination = task.destination ?? origin;
    if (destination === undefined) {
      task.status = 'FAILED';
      task.failure = 'CouldNotDetermineMessageSource';
      task.source.add(message);
      return;
    }
    const moved = newMessage({ ...message, id: randomUUID() }, this.#registry.now());
    destination.add(moved);
    const { name: queue } = task.source;
    this.#registry.journal.append({ type: 'move', queue, id: message.id, to: destination.name, message: moved });
    task.moved += 1;
  }

  #queue(arn: string): Queue {
    const queue = this.#registry.withArn(arn);
    if (queue) return queue;
    throw sqsError('ResourceNotFoundException', `The queue ${arn} does not exist.`);
  }
}
