import type { JsonObject } from '../../shared/segment/event.ts';
import { planEvent } from '../../shared/delivery/plan.ts';
import { explainEvent } from '../../shared/explain/explain-event.ts';
import { createIngest } from '../../shared/ingest/ingest.ts';
import { wantedMembers } from '../../shared/delivery/wanted-members.ts';
import { sha256InLanes } from '../../shared/lib/sha256/sha256-lanes.ts';
import { compileDestinationsNow } from '../../shared/meta/compile-destinations.ts';
import { fastBody } from '../../shared/queue/fast-body.ts';
import { loggedId } from '../../shared/queue/logged-id.ts';
import { generalBody, wholeEvent } from '../../shared/queue/message-reader.ts';
import { personDigests } from '../../shared/record/person-digests.ts';
import { createRecorder } from '../../shared/record/recorder.ts';
import { hostileConfig } from './hostile-config.ts';

/** A part of an event's way, by itself: what it costs is what is done between the call and the end of what it gives. */
export interface Stage {
  readonly name: string;
  /** Everything that the part is given; undefined for an event that does not come so far. */
  prepare(event: JsonObject): Promise<(() => unknown) | undefined>;
}

const now = new Date('2026-03-10T12:00:00.000Z');
const noQueue = { send: async () => {} };

/** The stages of an event: taken in, read from the queue, and planned and explained for each destination of `hostile-config.ts`. */
export function hostileStages(): Stage[] {
  const record = createRecorder({
    level: 'receipts',
    digest: () => personDigests('secret'),
    sink: { put: async (records) => [...records.keys()] },
  });
  let queued: readonly string[] = [];
  const ingest = createIngest({
    config: hostileConfig,
    events: {
      send: async (messages) => {
        queued = messages.map(({ body }) => body);
      },
    },
    deadLetters: noQueue,
    clock: () => now,
    randomId: () => 'made',
    record,
  });
  const destinations = [...compileDestinationsNow(hostileConfig, sha256InLanes)];
  const read = fastBody(wantedMembers(destinations.map(([, destination]) => destination)));
  const readMessage = (body: string) => read(body) ?? generalBody(body);
  /** The message that ingest makes of an event; undefined where it takes none. */
  const queuedBody = async (event: JsonObject): Promise<string | undefined> => {
    queued = [];
    await ingest(post(JSON.stringify({ batch: [event] })));
    return queued[0];
  };
  const queuedEvent = async (event: JsonObject) => {
    const body = await queuedBody(event);
    return body === undefined ? undefined : readMessage(body)?.events[0];
  };
  return [
    {
      name: 'take in',
      async prepare(event) {
        const body = JSON.stringify({ batch: [event] });
        return async () => {
          await ingest(post(body));
          await record.flush(neverAborted);
        };
      },
    },
    {
      name: 'read',
      async prepare(event) {
        const body = await queuedBody(event);
        return body === undefined ? undefined : () => readMessage(body);
      },
    },
    {
      name: 'log the id',
      async prepare(event) {
        const id = (await queuedEvent(event))?.members.messageId;
        return id === undefined ? undefined : () => loggedId(id, sha256InLanes);
      },
    },
    ...destinations.flatMap(([name, destination]): Stage[] => [
      {
        name: `plan for ${name}`,
        async prepare(event) {
          const members = (await queuedEvent(event))?.members;
          return members && (() => planEvent(members, destination, now));
        },
      },
      {
        name: `explain for ${name}`,
        async prepare(event) {
          const queued = await queuedEvent(event);
          const whole = queued && wholeEvent(queued);
          return whole && (() => explainEvent(whole, destination, { now }));
        },
      },
    ]),
  ];
}

const neverAborted = new AbortController().signal;
const authorization = `Basic ${Buffer.from('local-write-key:').toString('base64')}`;

const post = (body: string) => ({
  method: 'POST',
  path: '/v1/batch',
  query: {},
  headers: { authorization },
  clientAddress: () => '203.0.113.7',
  readBody: () => body,
});
