/** The effects the pipeline needs, as arguments. `functions/aws/` implements them over AWS; tests pass recorders. */
export interface OutgoingMessage {
  readonly body: string;
  /** SQS fair queues: messages of one group wait behind each other, not behind other groups. */
  readonly groupId?: string | undefined;
  /** 0 to 900. */
  readonly delaySeconds?: number | undefined;
  /** Marks a message that may be what crashes the function, so that it is handled by itself. */
  readonly isSuspect?: boolean | undefined;
}

export interface MessageQueue {
  /**
   * Resolves when the queue has confirmed every message.
   *
   * @throws QueueUnavailableError when at least one message was not confirmed after retries; its `unconfirmed` are the
   *   places of those, all others are on the queue
   */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
}

/** Credentials of one destination, as its secret holds them. */
export interface DestinationToken {
  readonly accessToken: string;
  readonly appSecret?: string | undefined;
}

export interface TokenSource {
  /** @throws TokenUnavailableError when the secret cannot be read or holds no token */
  get(secretName: string): Promise<DestinationToken>;
  /**
   * Forgets a cached token, so that the next `get` reads the secret again.
   *
   * @param refused as `get` gave it; what was read since stays
   */
  drop(secretName: string, refused?: DestinationToken): void;
}

export type Clock = () => Date;

/** One JSON line per fact. Never given user data, bodies or tokens. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  facts?: Readonly<Record<string, unknown>>,
) => void;
