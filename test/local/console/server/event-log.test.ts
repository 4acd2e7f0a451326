import { describe, expect, it } from 'vitest';
import { EventLog, type OutcomeGroup } from '../../../../local/console/server/event-log.ts';
import { eventIn } from '../../../../local/console/server/message-texts.ts';
import type { Outcome } from '../../../../local/console/server/wire.ts';
import { sha256Hex } from '../../../../shared/lib/sha256/sha256-hex.ts';
import type { DeadLetter } from '../../../../shared/queue/dead-letter.ts';
import { loggedId } from '../../../../shared/queue/logged-id.ts';
import type { EventMessage } from '../../../../shared/queue/message.ts';

const start = Date.parse('2026-11-22T12:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const idle = { visible: 0, inFlight: 0, delayed: 0 };

const event = (messageId: string, name = 'Order Completed') => ({
  type: 'track' as const,
  event: name,
  messageId,
  timestamp: iso(start),
  receivedAt: iso(start),
});

const message = (messageIds: readonly string[], retry?: EventMessage['retry']): EventMessage => ({
  version: 1,
  source: 'shop',
  events: messageIds.map((id) => event(id)),
  ...(retry && { retry }),
});

const group = (outcome: Outcome, messageIds: readonly string[], more: Partial<OutcomeGroup> = {}): OutcomeGroup => ({
  ...{ destination: 'main', mapping: 'Purchase', outcome, messageIds },
  ...more,
});

const retry = { destination: 'main', mappings: ['Purchase'], attempt: 1, firstFailedAt: iso(start) };

const letter = (messageId: string, overrides: Partial<DeadLetter> = {}): DeadLetter => ({
  version: 1,
  stage: 'deliver',
  code: 'field_missing',
  reason: 'The required field currency is missing.',
  fix: 'Send it.',
  source: 'shop',
  destination: 'main',
  mapping: 'Purchase',
  attempts: 0,
  firstFailedAt: iso(start),
  lastFailedAt: iso(start),
  event: event(messageId),
  ...overrides,
});

function logOf({ destinations = ['main'], capacity = 100 } = {}) {
  const clock = { now: start };
  const log = new EventLog({ destinationsOf: () => destinations, now: () => clock.now, capacity });
  return {
    log,
    clock,
    stages: () => log.lines().map(({ messageId, stage }) => `${messageId} ${stage}`),
    balance: (depth = idle, isBusy = false) => log.ledger.balance(depth, isBusy, clock.now),
  };
}

describe('EventLog', () => {
  it('follows an event from the queue to its delivery', () => {
    const { log, stages } = logOf();
    const seen: string[] = [];
    for (const step of [
      () => log.queued(message(['order-1'])),
      () => log.taken(message(['order-1'])),
      () => log.outcomes([group('delivered', ['order-1'])]),
    ]) {
      step();
      seen.push(...stages());
    }
    expect(seen).toEqual(['order-1 queued', 'order-1 mapping', 'order-1 delivered']);
  });

  it('shows the newest first', () => {
    const { log, stages } = logOf();
    log.queued(message(['order-1', 'order-2']));
    expect(stages()).toEqual(['order-2 queued', 'order-1 queued']);
  });

  it('is not done before each destination has an outcome', () => {
    const { log, stages } = logOf({ destinations: ['main', 'second'] });
    log.queued(message(['order-1']));
    log.taken(message(['order-1']));
    log.outcomes([group('delivered', ['order-1'])]);
    expect(stages()).toEqual(['order-1 mapping']);
    log.outcomes([group('skipped', ['order-1'], { destination: 'second', reason: 'consent_missing' })]);
    expect(stages()).toEqual(['order-1 delivered']);
  });

  it('waits when deliver puts an event back, and says why once it is told', () => {
    const { log } = logOf();
    log.queued(message(['order-1']));
    log.queued(message(['order-1'], retry));
    log.outcomes([group('waiting', ['order-1'], { reason: 'http_503' })]);
    expect(log.lines()).toMatchObject([{ stage: 'waiting', retries: 1, outcomes: [{ reason: 'http_503' }] }]);
  });

  it('keeps a final outcome when the line about waiting comes late', () => {
    const { log, stages } = logOf();
    log.queued(message(['order-1']));
    log.outcomes([group('delivered', ['order-1'])]);
    log.outcomes([group('waiting', ['order-1'])]);
    expect(stages()).toEqual(['order-1 delivered']);
  });

  it('takes why an event is dead from its dead letter, and that it was redriven from the queue', () => {
    const { log, stages } = logOf();
    log.queued(message(['order-1']));
    log.letter(letter('order-1'));
    expect(log.lines()).toMatchObject([{ stage: 'dead', outcomes: [{ reason: 'field_missing' }] }]);
    log.queued(message(['order-1'], retry));
    expect(log.lines()).toMatchObject([{ stage: 'waiting', outcomes: [{ reason: 'redriven' }] }]);
    log.outcomes([group('delivered', ['order-1'])]);
    expect(stages()).toEqual(['order-1 delivered']);
  });

  it('shows what the endpoint rejected, which owes nothing to anybody', () => {
    const { log, balance } = logOf();
    log.letter(letter('order-1', { stage: 'ingest', code: 'identity_missing' }));
    expect(log.lines()).toMatchObject([{ messageId: 'order-1', stage: 'rejected' }]);
    expect(balance()).toMatchObject({ accepted: 0, owed: 0, rejected: 1, state: 'balanced' });
  });

  it('follows an event that was on the queue before the start', () => {
    const { log, stages, balance } = logOf();
    log.taken(message(['order-1']));
    log.outcomes([group('delivered', ['order-1'])]);
    expect(stages()).toEqual(['order-1 delivered']);
    expect(balance()).toMatchObject({ accepted: 1, delivered: 1, state: 'balanced' });
  });

  it('counts an event twice that came twice', () => {
    const { log, stages, balance } = logOf();
    log.queued(message(['order-1']));
    log.queued(message(['order-1']));
    log.outcomes([group('delivered', ['order-1'])]);
    expect(stages()).toEqual(['order-1 queued', 'order-1 delivered']);
    log.outcomes([group('delivered', ['order-1'])]);
    expect(balance()).toMatchObject({ accepted: 2, delivered: 2 });
  });

  it('finds an event whose id logs do not show', () => {
    const { log, stages } = logOf();
    log.queued(message(['jane@shop.example']));
    log.outcomes([group('delivered', [loggedId('jane@shop.example', sha256Hex)])]);
    expect(stages()).toEqual(['jane@shop.example delivered']);
  });

  it('keeps the latest only, and still counts the others', () => {
    const { log, stages, balance } = logOf({ capacity: 2 });
    log.queued(message(['order-1', 'order-2', 'order-3']));
    expect(stages()).toEqual(['order-3 queued', 'order-2 queued']);
    log.outcomes([group('delivered', ['order-1', 'order-2', 'order-3'])]);
    expect(balance()).toMatchObject({ accepted: 3, delivered: 3, waiting: 0 });
  });

  it('tells only what changed since the last time', () => {
    const { log } = logOf();
    log.queued(message(['order-1', 'order-2']));
    expect(log.takeChanges()).toHaveLength(2);
    log.outcomes([group('delivered', ['order-2'])]);
    expect(log.takeChanges().map(({ messageId }) => messageId)).toEqual(['order-2']);
    expect(log.takeChanges()).toEqual([]);
  });
});

/** Steps that it takes to follow events, counted as looks at what an entry still lacks. */
function looksFor(events: number, idOf: (index: number) => string, outcome: Outcome): number {
  const { log } = logOf({ capacity: 10 });
  let looks = 0;
  const { isOpen } = log.ledger;
  log.ledger.isOpen = (entry) => {
    looks++;
    return isOpen(entry);
  };
  const ids = Array.from({ length: events }, (_, index) => idOf(index));
  for (const id of ids) log.queued(message([id]));
  for (const id of ids) log.taken(message([id]));
  for (const id of ids) log.outcomes([group(outcome, [id])]);
  return looks;
}

describe('a backlog', () => {
  it.each([
    { title: 'of events that are delivered', idOf: (index: number) => `order-${index}`, outcome: 'delivered' as const },
    { title: 'of events that keep waiting', idOf: (index: number) => `order-${index}`, outcome: 'waiting' as const },
    { title: 'of events with one id', idOf: () => 'order-1', outcome: 'delivered' as const },
  ])('$title costs each event the same, however long it is', ({ idOf, outcome }) => {
    const perEvent = (events: number): number => looksFor(events, idOf, outcome) / events;
    expect(perEvent(20_000)).toBeLessThan(perEvent(1_000) * 1.1 + 1);
  });

  it('is remembered whole while it has no outcome, and as a window afterwards', () => {
    const { log, balance } = logOf({ capacity: 2 });
    const ids = Array.from({ length: 100 }, (_, index) => `order-${index}`);
    for (const id of ids) log.queued(message([id]));
    log.outcomes([group('delivered', ids)]);
    log.outcomes([group('skipped', ids.slice(-4), { mapping: 'Lead', reason: 'no_mapping' })]);
    expect(balance()).toMatchObject({ accepted: 100, delivered: 100, waiting: 0 });
    expect(balance().reasons.skipped).toEqual({ no_mapping: 4 });
  });

  it('finds a redriven event of an id that was sent hundreds of times', () => {
    const { log, balance } = logOf();
    const ids = Array.from({ length: 300 }, () => 'order-1');
    log.queued(message(ids));
    log.outcomes([group('delivered', ids.slice(1))]);
    log.outcomes([group('dead', ['order-1'], { reason: 'graph_100' })]);
    log.queued(message(['order-1'], retry));
    log.outcomes([group('delivered', ['order-1'])]);
    expect(balance()).toMatchObject({ accepted: 300, delivered: 300, dead: 0, waiting: 0 });
  });

  it('keeps the text of an event as its message brought it', () => {
    const { log } = logOf();
    log.queued(message(['order-1', 'order-2']));
    const entry = log.entry(2);
    expect(eventIn(entry?.text, entry?.position)).toEqual(event('order-2'));
  });
});

describe('an event that is queued while the configuration changes', () => {
  it.each([
    { now: ['main'], ends: ['main'], owed: 1 },
    { now: ['main', 'second', 'third'], ends: ['main', 'second', 'third'], owed: 3 },
    { now: [], ends: [''], owed: 0 },
  ])('is owed to the destinations that it has when it is handed over: $now', ({ now, ends, owed }) => {
    const destinations = ['main', 'second'];
    const { log, balance, clock } = logOf({ destinations });
    log.queued(message(['order-1']));
    expect(balance().owed).toBe(2);

    destinations.splice(0, 2, ...now);
    log.taken(message(['order-1']));
    log.outcomes(ends.map((destination) => group('delivered', ['order-1'], { destination })));
    balance();
    clock.now += 4_000;

    expect(balance()).toMatchObject({ owed, delivered: owed, waiting: 0, missing: 0, state: 'balanced' });
  });
});

describe('Ledger', () => {
  it('counts every event and destination once, whatever the number of mappings', () => {
    const { log, balance } = logOf({ destinations: ['main', 'second'] });
    log.queued(message(['order-1', 'order-2']));
    log.outcomes([
      group('delivered', ['order-1', 'order-2']),
      group('delivered', ['order-1'], { mapping: 'Lead' }),
      group('skipped', ['order-1', 'order-2'], { destination: 'second', reason: 'consent_missing' }),
    ]);
    expect(balance()).toMatchObject({ accepted: 2, owed: 4, delivered: 2, skipped: 2, dead: 0, waiting: 0 });
    expect(balance().reasons.skipped).toEqual({ consent_missing: 2 });
  });

  it('forgets the reason of an outcome that was replaced', () => {
    const { log, balance } = logOf();
    log.queued(message(['order-1']));
    log.outcomes([group('waiting', ['order-1'], { reason: 'http_503' })]);
    log.outcomes([group('delivered', ['order-1'])]);
    expect(balance().reasons.waiting).toEqual({});
  });

  it.each([
    { title: 'while messages are queued', depth: { ...idle, visible: 1 }, isBusy: false },
    { title: 'while messages wait for their time', depth: { ...idle, delayed: 1 }, isBusy: false },
    { title: 'while the function runs', depth: idle, isBusy: true },
  ])('settles $title', ({ depth, isBusy }) => {
    const { log, clock, balance } = logOf();
    log.queued(message(['order-1']));
    balance(depth, isBusy);
    clock.now += 60_000;
    expect(balance(depth, isBusy)).toMatchObject({ state: 'settling', waiting: 1, missing: 0 });
  });

  it('has a gap when an event is nowhere for three seconds', () => {
    const { log, clock, balance } = logOf();
    log.queued(message(['order-1']));
    expect(balance().state).toBe('settling');
    clock.now += 3_000;
    expect(balance()).toMatchObject({ state: 'gap', missing: 1 });
  });

  it('has a gap when ingest accepted more than was queued', () => {
    const { log, clock, balance } = logOf();
    log.ledger.acceptedByIngest(1);
    balance();
    clock.now += 3_000;
    expect(balance().state).toBe('gap');
  });

  it('closes the gap with what the queue itself moved to the dead letters', () => {
    const { log, clock, balance } = logOf();
    log.queued(message(['order-1']));
    balance();
    clock.now += 3_000;
    const { destination: _, ...moved } = letter('order-1', { code: 'received_too_often' });
    log.movedByQueue(moved);
    expect(balance()).toMatchObject({ state: 'balanced', dead: 1, waiting: 0 });
  });
});

describe('a refused request', () => {
  it('is a row with its reason, and counts as no event', () => {
    const log = new EventLog({ destinationsOf: () => ['main'], now: () => 1_000 });

    log.refused({ status: 401, code: 'write_key_unknown', reason: 'Not known.', fix: 'Set it.', requests: 1 });
    log.refused({ status: 404, code: 'path_unknown', reason: 'Nothing.', fix: 'Look.', source: 'shop', requests: 40 });

    expect(log.lines()).toMatchObject([
      { name: '40 requests refused', type: 'HTTP 404', source: 'shop', stage: 'rejected', notes: ['path_unknown'] },
      { name: 'Request refused', type: 'HTTP 401', source: '', notes: ['write_key_unknown'] },
    ]);
    expect(log.entry(1)?.letters).toMatchObject([{ code: 'write_key_unknown', reason: 'Not known.', fix: 'Set it.' }]);
    expect(log.ledger.balance({ visible: 0, inFlight: 0, delayed: 0 }, false, 0)).toMatchObject({
      rejected: 0,
      owed: 0,
    });
  });
});
