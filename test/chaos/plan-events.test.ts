import { describe, expect, it } from 'vitest';
import { eventKinds } from './event-kinds.ts';
import { callOf, expectedOf, planEvents, refusalsOf } from './plan-events.ts';
import { seededRandom } from './seeded-random.ts';

const plan = (seed = 1) => planEvents(1_000, { poison: 0.01, nameless: 0.005 }, seededRandom(seed));

describe('planEvents', () => {
  it('gives each kind its share and each event an id of its own', () => {
    const events = plan();
    const count = (kind: string): number => events.filter((event) => event.kind === kind).length;

    expect([count('good'), count('poison'), count('nameless')]).toEqual([985, 10, 5]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_000);
  });

  it('puts bad events elsewhere for another seed', () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(1)).not.toEqual(plan(2));
  });

  it('names the events that the Graph API refuses', () => {
    const events = plan();

    const refused = refusalsOf(events);

    expect([...refused.keys()]).toEqual(events.filter(({ kind }) => kind === 'poison').map(({ id }) => id));
    expect(new Set(refused.values())).toEqual(new Set([2804050]));
  });

  it.each(Object.keys(eventKinds) as (keyof typeof eventKinds)[])('writes a call of the kind %s', (kind) => {
    const event = { id: 'event-1', number: 1, kind };

    expect(callOf(event)).toMatchObject({ messageId: 'event-1', type: 'track', userId: 'user-1' });
    expect(expectedOf(event)).toBe(eventKinds[kind].expected);
  });
});
