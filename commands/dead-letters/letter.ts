import type { DeadLetter } from '../../shared/queue/dead-letter.ts';
import { isObject } from '../../shared/segment/event.ts';

/** One event in the dead letter queue, whoever put it there. */
export interface Letter extends Pick<DeadLetter, 'stage' | 'code' | 'reason' | 'fix' | 'attempts' | 'graph'> {
  /** Of the SQS message that holds it; several events may share one. */
  readonly id: string;
  /** Of the event, if it has one. */
  readonly messageId: string | undefined;
  readonly eventName: string;
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly mapping: string | undefined;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  readonly event: unknown;
  /** How many events it stands for: more than one where a request held so many that they were only counted. */
  readonly events: number;
}

/** The name of a track call; of any other call, its type. */
export function eventNameOf(event: unknown): string {
  if (!isObject(event)) return '(no event)';
  const { type, event: name } = event;
  if (typeof name === 'string' && name !== '') return name;
  return typeof type === 'string' && type !== '' ? type : '(no type)';
}

export function messageIdOf(event: unknown): string | undefined {
  const id = isObject(event) ? event['messageId'] : undefined;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}
