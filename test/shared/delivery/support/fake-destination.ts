import type {
  Answer,
  Destination,
  RequestBody,
  RetryAction,
  ServiceError,
} from '../../../../shared/queue/destination.ts';
import { MemberTree } from '../../../../shared/lib/json/reader/member-tree.ts';
import type { JsonObject } from '../../../../shared/segment/event.ts';

/** Fault that a request asks for, in words of no vendor. */
export interface Fault extends Partial<ServiceError> {
  readonly action: RetryAction;
}

/** Decides on a request by the ids of its events. @returns undefined when all of them are taken */
export type Judge = (ids: readonly string[], request: number) => Fault | undefined;

export interface FakeDestination extends Destination {
  /** Ids of the events of every request, in order. */
  readonly requests: readonly (readonly string[])[];
  readonly delivered: readonly string[];
}

class FakeBody implements RequestBody {
  readonly ids: string[] = [];

  hasRoomFor(): boolean {
    return true;
  }

  add(json: string): void {
    this.ids.push(json);
  }

  release(): void {}
}

const actions = new WeakMap<ServiceError, RetryAction>();

/** An error as a service gives it, for which the fake retry logic answers with the fault's action. */
function errorOf({ action, ...facts }: Fault): ServiceError {
  const error = { reason: 'A reason.', label: action, aboutEvent: false, letter: letterOf(action), ...facts };
  actions.set(error, action);
  return error;
}

const letterOf = (code: string) => ({ code, fix: 'Mend it.' });

/** A destination without a vendor: an event's JSON is its id, every track call is sent under its own id. */
export function fakeDestination(
  judge: Judge = () => undefined,
  overrides: Partial<Destination> & { readonly mayBeMended?: () => boolean } = {},
): FakeDestination {
  const requests: (readonly string[])[] = [];
  const delivered: string[] = [];
  const mapping = {
    name: 'each',
    matches: () => true,
    build: ({ messageId }: JsonObject) => ({
      json: String(messageId),
      partition: undefined,
      eventName: 'Event',
      eventId: String(messageId),
      warnings: [],
    }),
  };
  const { mayBeMended = () => false, ...rest } = overrides;
  return {
    name: 'main',
    names: ['main'],
    consentCategories: [],
    deliverAfterSeconds: 0,
    mappings: [mapping],
    candidates: () => [mapping],
    wanted: () => new MemberTree(),
    problems: {},
    limits: { eventsPerRequest: 1_000 },
    requestBuilder: { open: () => new FakeBody() },
    service: {
      async send({ body, places }): Promise<Answer> {
        const ids = places.map((place) => (body as FakeBody).ids[place] as string);
        const fault = judge(ids, requests.push(ids) - 1);
        // An answer takes its time: what is sent at once is under way at once.
        await Promise.resolve();
        if (fault !== undefined) return { accepted: false, error: errorOf(fault) };
        delivered.push(...ids);
        return { accepted: true, received: ids.length };
      },
      mayBeMended: async () => mayBeMended(),
    },
    retryLogic: { actionFor: (error) => actions.get(error) ?? 'retry' },
    ...rest,
    requests,
    delivered,
  };
}
