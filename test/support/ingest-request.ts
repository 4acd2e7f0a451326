import { createIngest } from '../../shared/ingest/ingest.ts';
import type { IngestEffects, IngestRequest, IngestResult } from '../../shared/ingest/request.ts';
import { config, now, serverKey } from './factories.ts';
import { type RecordingQueue, recordingQueue } from './recording-queue.ts';

export const basic = (user: string): string => `Basic ${Buffer.from(user).toString('base64')}`;

type Overrides = Partial<IngestRequest>;

/** A server's request, with its key in the Authorization header unless `headers` are given. Text is sent as it is. */
export const post = (path: string, body: unknown, overrides: Overrides = {}): IngestRequest => ({
  method: 'POST',
  path,
  query: {},
  headers: { authorization: basic(`${serverKey}:`) },
  clientAddress: () => '203.0.113.7',
  readBody: () => (typeof body === 'string' ? body : JSON.stringify(body)),
  ...overrides,
});

export const get = (path: string, query: Record<string, string> = {}, overrides: Overrides = {}): IngestRequest => ({
  ...post(path, '', { method: 'GET', headers: {}, query }),
  ...overrides,
});

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[] | undefined;
  readonly body: string;
  readonly isBase64?: boolean | undefined;
  /** The body, parsed. */
  json(): unknown;
  readonly facts: IngestResult['facts'];
}

export interface TestIngest {
  readonly events: RecordingQueue;
  readonly deadLetters: RecordingQueue;
  send(request: IngestRequest): Promise<TestAnswer>;
  /** The events that were queued, of all messages in order. */
  queued(): Record<string, unknown>[];
}

/** An ingest whose queues record; its clock stands at `now`, and its random ids are `random-1`, `random-2` and so on. */
export function testIngest(overrides: Partial<IngestEffects> = {}): TestIngest {
  const events = recordingQueue();
  const deadLetters = recordingQueue();
  let ids = 0;
  const randomId = (): string => `random-${++ids}`;
  const ingest = createIngest({ config: config(), events, deadLetters, clock: () => now, randomId, ...overrides });
  return {
    events,
    deadLetters,
    send: async (request) => {
      const { answer, facts } = await ingest(request);
      return { ...answer, json: () => JSON.parse(answer.body) as unknown, facts };
    },
    queued: () => events.bodies().flatMap((body) => (body as { events: Record<string, unknown>[] }).events),
  };
}
