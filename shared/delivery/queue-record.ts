/** A message as the events queue hands it over. */
export interface QueueRecord {
  readonly recordId: string;
  readonly body: string;
  /** Message group: the source, or source and destination. Undefined where the deployment has no groups. */
  readonly groupId?: string | undefined;
  /** Times that the queue handed it out, this time included. */
  readonly receiveCount?: number | undefined;
  /** It was handed out too often before, and put back by itself. */
  readonly isSuspect?: boolean | undefined;
}
