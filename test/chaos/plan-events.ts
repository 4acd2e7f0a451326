import { type EventKind, type Expected, eventKinds } from './event-kinds.ts';
import { shuffled } from './seeded-random.ts';

/** Shares of the kinds of events; the rest are good. */
export type EventMix = Readonly<Partial<Record<Exclude<EventKind, 'good'>, number>>>;

export interface PlannedEvent {
  /** `messageId`, and `event_id` at the Graph API. */
  readonly id: string;
  readonly number: number;
  readonly kind: EventKind;
}

/** As many events as asked for, of each kind its share to the nearest whole, in an order that the seed decides. */
export function planEvents(count: number, mix: EventMix, random: () => number): PlannedEvent[] {
  const bad = (Object.entries(mix) as [EventKind, number][]).flatMap(([kind, share]) =>
    Array.from({ length: Math.round(share * count) }, () => kind),
  );
  const good = Array.from({ length: Math.max(0, count - bad.length) }, (): EventKind => 'good');
  return shuffled([...bad.slice(0, count), ...good], random).map((kind, number) => ({
    id: `${kind}-${String(number).padStart(6, '0')}`,
    number,
    kind,
  }));
}

export const expectedOf = ({ kind }: PlannedEvent): Expected => eventKinds[kind].expected;

export const callOf = ({ id, number, kind }: PlannedEvent): Readonly<Record<string, unknown>> => ({
  messageId: id,
  ...eventKinds[kind].call(number),
});

/** Subcodes of the events that the Graph API is to refuse, by event id. */
export const refusalsOf = (events: readonly PlannedEvent[]): ReadonlyMap<string, number> =>
  new Map(
    events.flatMap(({ id, kind }) => {
      const definition = eventKinds[kind];
      return 'refusedWith' in definition ? [[id, definition.refusedWith] as const] : [];
    }),
  );
