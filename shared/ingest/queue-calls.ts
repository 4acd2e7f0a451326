import { packMessages } from '../queue/message.ts';
import type { RequestDefaults } from '../segment/check-event.ts';
import type { Connection } from '../segment/connection.ts';
import { isObject } from '../segment/event.ts';
import type { IngestWarning } from '../segment/ingest-warning.ts';
import type { Calls } from '../segment/read-calls.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { Route } from '../segment/routes.ts';
import type { Source } from '../segment/write-key.ts';
import { FirstOfMany } from './first-of-many.ts';
import { type AcceptedCall, recordCalls } from './ingest-receipts.ts';
import type { IngestEffects, IngestRequest } from './request.ts';
import { lettersOfRejected, type RefusedEvent } from './letters-of-rejected.ts';

export interface Queued {
  /** Message ids. */
  readonly accepted: readonly string[];
  readonly rejected: FirstOfMany<Rejection>;
  readonly warnings: FirstOfMany<IngestWarning>;
}

/**
 * Checks each call by itself, queues the good ones and keeps the others as dead letters.
 *
 * @throws QueueUnavailableError when a queue did not confirm a message: the sender still owns all of its events
 */
export async function queueCalls(
  calls: Calls,
  source: Source,
  request: IngestRequest,
  route: Route,
  { clock, randomId, events, deadLetters, record }: IngestEffects,
): Promise<Queued> {
  const defaults: RequestDefaults = {
    source: source.name,
    type: route.kind === 'event' || route.kind === 'pixel' ? route.type : undefined,
    sentAt: calls.sentAt,
    context: calls.context,
    integrations: calls.integrations,
    connection: connectionOf(source, request, route),
    receivedAt: clock(),
    randomId,
    ...source.rules,
  };
  const good: AcceptedCall[] = [];
  const rejected = new FirstOfMany<Rejection>();
  const kept = new FirstOfMany<RefusedEvent>();
  const warnings = new FirstOfMany<IngestWarning>();
  for (const warning of calls.warnings) warnings.add(warning);
  for (const [index, call] of calls.events.entries()) {
    const checked = call.check(defaults);
    if ('rejection' in checked) {
      rejected.add({ index, ...checked.rejection });
      const { value } = call;
      if (isObject(value)) kept.add({ ...checked.rejection, event: value });
      continue;
    }
    good.push(checked);
    for (const concern of checked.concerns) warnings.add({ index, messageId: checked.messageId, ...concern });
  }
  const bodies = packMessages({ source: source.name }, good);
  await Promise.all([
    events.send(bodies.map((body) => ({ body, groupId: source.groupId }))),
    deadLetters.send(kept.count === 0 ? [] : lettersOfRejected(kept, defaults).map((body) => ({ body }))),
  ]);
  if (record !== undefined) {
    recordCalls(record, { source: source.name, good, rejected, calls: calls.events }, defaults.receivedAt);
  }
  return { accepted: good.map(({ messageId }) => messageId), rejected, warnings };
}

/** A browser shows itself by the origin that it names; beacons and images are sent by nobody else. */
const connectionOf = (source: Source, { headers, clientAddress }: IngestRequest, route: Route): Connection => ({
  isBrowser:
    route.kind === 'pixel' ||
    (route.kind === 'batch' && route.isBeacon === true) ||
    (source.allowedOrigins !== undefined && headers['origin'] !== undefined),
  address: clientAddress,
  userAgent: headers['user-agent'],
});
