import { checkEvent, withRequestBags } from '../segment/check-event.ts';
import { isObject } from '../segment/event.ts';
import { segmentLimits } from '../segment/limits.ts';
import { mergeBags, pruned } from '../segment/merge-bags.ts';
import type { Calls } from '../segment/read-calls.ts';
import type { Rejection } from '../segment/rejection.ts';
import type { Route } from '../segment/routes.ts';
import type { Source } from '../segment/write-key.ts';
import type { DeadLetter } from '../queue/dead-letter.ts';
import type { IngestEffects, IngestRequest } from './ingest.ts';
import { largestMessageBytes, packMessages } from '../queue/message.ts';
import { messageText } from '../lib/json/message-text.ts';

export interface Queued {
  /** Message ids. */
  readonly accepted: readonly string[];
  readonly rejected: readonly Rejection[];
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
  { clock, randomId, events, deadLetters }: IngestEffects,
): Promise<Queued> {
  const receivedAt = clock();
  const defaults = {
    source: source.name,
    type: route.kind === 'event' || route.kind === 'pixel' ? route.type : undefined,
    sentAt: calls.sentAt,
    context: mergeBags(connectionContext(source, request, route), calls.context),
    integrations: calls.integrations,
    receivedAt,
    randomId,
  };
  const good: { json: string; bytes: number; messageId: string }[] = [];
  const rejected: Rejection[] = [];
  for (const [index, raw] of calls.events.entries()) {
    const checked = checkEvent(raw, defaults);
    if ('rejection' in checked) rejected.push({ index, ...checked.rejection });
    else good.push(checked);
  }
  const bodies = packMessages({ source: source.name }, good);
  await Promise.all([
    events.send(bodies.map((body) => ({ body, groupId: source.groupId }))),
    deadLetters.send(
      rejected.map((rejection) => ({
        body: letterText(deadLetter(rejection, calls.events[rejection.index], defaults)),
      })),
    ),
  ]);
  return { accepted: good.map(({ messageId }) => messageId), rejected };
}

/** A browser's event carries no address: the connection knows it. For a server's it would be the shop's own. */
function connectionContext(
  source: Source,
  { headers, sourceIp }: IngestRequest,
  { kind }: Route,
): Record<string, string> | undefined {
  const fromBrowser = source.allowedOrigins !== undefined && (headers['origin'] !== undefined || kind === 'pixel');
  if (!fromBrowser) return undefined;
  const userAgent = headers['user-agent'];
  return { ...(sourceIp && { ip: sourceIp }), ...(userAgent && { userAgent }) };
}

function deadLetter(
  { code, message, fix }: Rejection,
  event: unknown,
  defaults: Parameters<typeof checkEvent>[1],
): DeadLetter {
  const failedAt = defaults.receivedAt.toISOString();
  return {
    version: 1,
    stage: 'ingest',
    code,
    reason: message,
    fix,
    source: defaults.source,
    attempts: 0,
    firstFailedAt: failedAt,
    lastFailedAt: failedAt,
    event: pruned(asSent(event, defaults), segmentLimits.eventDepth),
  };
}

/**
 * A number of four characters may take twenty as JSON, so that a rejected event can outgrow the queue. It was never
 * accepted: what tells which one it was is enough.
 */
function letterText(letter: DeadLetter): string {
  const text = messageText(letter);
  if (Buffer.byteLength(text) <= largestMessageBytes) return text;
  const event = isObject(letter.event) ? letter.event : {};
  const known = ['type', 'messageId', 'userId', 'anonymousId', 'event', 'name'].flatMap((member) => {
    const value = event[member];
    return typeof value === 'string' ? [[member, value.slice(0, 200)] as const] : [];
  });
  const reason = `${letter.reason} The rest of the event was too large to keep.`;
  return messageText({ ...letter, reason, event: Object.fromEntries(known) });
}

/** The event with all that its request said about it, so that nothing is forgotten when it is sent again. */
function asSent(event: unknown, defaults: Parameters<typeof checkEvent>[1]): unknown {
  if (!isObject(event)) return event;
  const { type = defaults.type, sentAt = defaults.sentAt, context, integrations } = event;
  return {
    ...withRequestBags(event, defaults),
    ...(type !== undefined && { type }),
    ...(sentAt !== undefined && { sentAt }),
    // What is wrong with the event may be these very members.
    ...(isWrongBag(context) && { context }),
    ...(isWrongBag(integrations) && { integrations }),
  };
}

const isWrongBag = (value: unknown): boolean => value !== undefined && value !== null && !isObject(value);
