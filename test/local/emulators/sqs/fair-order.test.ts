import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairOrder } from '../../../../local/emulators/sqs/fair-order.ts';

const start = 1_000_000;
const always = (): boolean => true;

/** An order with a clock, whose messages are named after their group and number. */
function orderWith() {
  const order = new FairOrder();
  const clock = { now: start };
  const counts = new Map<string, number>();
  const groupOf = (id: string): string | undefined => id.split('-')[0] || undefined;
  return {
    order,
    clock,
    send(group: string, count = 1) {
      for (let sent = 0; sent < count; sent++) {
        const number = counts.get(group) ?? 0;
        counts.set(group, number + 1);
        order.sent(group || undefined, clock.now);
        order.show(group || undefined, `${group}-${number}`);
      }
    },
    receive(count = 1): string[] {
      const got: string[] = [];
      for (let id: string | undefined; got.length < count; got.push(id)) {
        id = order.next(always, clock.now);
        if (id === undefined) break;
        order.take(groupOf(id));
      }
      return got;
    },
    done: (id: string, busyMs = 0) => order.finish(groupOf(id), busyMs),
  };
}

// Emulators took no group on standard queues for long, or dropped it: localstack/localstack#12898, kibertoad/fauxqs#263.
describe('FairOrder', () => {
  it('hands out the oldest first while nobody is noisy', () => {
    const { send, receive } = orderWith();
    send('a', 2);
    send('b');
    send('');
    send('a');
    expect(receive(10)).toEqual(['a-0', 'a-1', 'b-0', '-0', 'a-2']);
  });

  it('hands out the messages of others before the backlog of a group with many in flight', () => {
    const { send, receive } = orderWith();
    send('flood', 1_000);
    receive(30);
    send('shop');
    expect(receive(2)).toEqual(['shop-0', 'flood-30']);
  });

  it.each([
    { title: '29 of its messages are in flight', inFlight: 29, others: 0 },
    { title: 'a tenth of what is in flight is its own', inFlight: 30, others: 270 },
  ])('calls no group noisy of which $title', ({ inFlight, others }) => {
    const { send, receive } = orderWith();
    for (let other = 0; other < others / 10; other++) send(`other${other}`, 10);
    send('busy', inFlight + 1);
    receive(others + inFlight);
    send('shop');
    expect(receive(2)).toEqual([`busy-${inFlight}`, 'shop-0']);
  });

  it('hands out after others what takes the time of the consumers', () => {
    const { send, receive, done } = orderWith();
    send('slow', 10);
    for (const id of receive(2)) done(id, 5_000);
    send('shop');
    expect(receive(2)).toEqual(['shop-0', 'slow-2']);
  });

  it('calls no message without a group noisy', () => {
    const { send, receive } = orderWith();
    send('', 100);
    receive(50);
    send('shop');
    expect(receive(2)).toEqual(['-50', '-51']);
  });

  it('begins with the noisy group that has the fewest in flight', () => {
    const { send, receive } = orderWith();
    send('a', 200);
    send('b', 200);
    receive(100);
    receive(80);
    const next = receive(40).map((id) => id.split('-')[0]);
    expect(next.filter((group) => group === 'a')).toHaveLength(20);
  });

  it('goes on with a noisy group alone', () => {
    const { send, receive } = orderWith();
    send('flood', 100);
    expect(receive(100)).toHaveLength(100);
    expect(receive()).toEqual([]);
  });

  it.each([
    { title: 'its backlog is gone', change: (with_: ReturnType<typeof orderWith>) => with_.receive(1_000) },
    {
      title: 'it sent nothing for five minutes',
      change: ({ clock }: ReturnType<typeof orderWith>) => (clock.now += 300_000),
    },
  ])('forgives a group once $title', ({ title, change }) => {
    const it_ = orderWith();
    it_.send('flood', 100);
    for (const id of it_.receive(40)) if (title.startsWith('its')) it_.done(id);
    change(it_);
    if (title.startsWith('its')) {
      for (let id = 40; id < 100; id++) it_.done(`flood-${id}`);
      it_.receive();
      it_.send('flood');
    }
    it_.send('shop');
    expect(it_.receive(1)[0]).toMatch(/^flood/);
  });

  it('passes over what is no longer in sight', () => {
    const { order, send } = orderWith();
    send('a', 3);
    order.prune((id) => id !== 'a-0');
    expect(order.size).toBe(2);
    expect(order.next((id) => id !== 'a-1', start)).toBe('a-2');
    expect(order.size).toBe(0);
  });

  it('hands out every message once, and those of a group in their order', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ send: fc.constantFrom('', 'a', 'b', 'c'), count: fc.integer({ min: 1, max: 60 }) }),
        fc.record({ receive: fc.integer({ min: 1, max: 50 }) }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (taken) => {
        const { send, receive } = orderWith();
        const got: string[] = [];
        for (const step of taken) {
          if ('send' in step) send(step.send, step.count);
          else got.push(...receive(step.receive));
        }
        got.push(...receive(3_000));
        const sent = new Map<string, number>();
        for (const step of taken) if ('send' in step) sent.set(step.send, (sent.get(step.send) ?? 0) + step.count);
        for (const [group, count] of sent) {
          const own = got.filter((id) => id.startsWith(`${group}-`)).map((id) => Number(id.split('-')[1]));
          expect(own).toEqual(Array.from({ length: count }, (_, index) => index));
        }
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  it('keeps the dwell time of a quiet group apart from a backlog', () => {
    const { send, receive, done } = orderWith();
    const inFlight: string[] = [];
    send('flood', 20_000);
    let waited = 0;
    for (let step = 0; step < 200; step++) {
      send('shop');
      const taken = receive(50);
      waited += taken.includes(`shop-${step}`) ? 0 : 1;
      inFlight.push(...taken);
      if (inFlight.length > 200) for (const id of inFlight.splice(0, 50)) done(id, 100);
    }
    expect(waited).toBeLessThanOrEqual(1);
  });
});
