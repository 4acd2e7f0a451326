import { describe, expect, it } from 'vitest';
import { fakeDestination } from './support/fake-destination.ts';
import { ids, SimulatedQueue } from './support/simulated-queue.ts';

const refusedToken = { action: 'hold', label: 'graph_190', aboutCredential: true } as const;

/** A destination whose token is refused until it is mended, beside one that works. */
function held({ canTell = true, containers = 5, maxRetryDelaySeconds = 900 } = {}) {
  let isWrong = true;
  const destination = fakeDestination(() => (isWrong ? refusedToken : undefined), {
    mayBeMended: () => canTell && !isWrong,
  });
  const other = fakeDestination(undefined, { name: 'other' });
  const queue = new SimulatedQueue({ destinations: [destination, other], containers, maxRetryDelaySeconds });
  return {
    ...{ destination, other, queue },
    mend: () => {
      isWrong = false;
    },
  };
}

// feldera/feldera#7099: a refused token that is read again at once is the same dead token until somebody replaces it.
describe('a destination whose token is refused', () => {
  it.each([
    ['', 900],
    [', with waits that are cut short', 30],
  ])('gets ten requests a minute at most after two minutes, none with more than ten events%s', async (_, seconds) => {
    const { destination, other, queue } = held({ maxRetryDelaySeconds: seconds });
    queue.add(ids(5_000));
    await queue.run(120);

    for (let minute = 0; minute < 10; minute++) {
      const before = destination.requests.length;
      // Others send on, to both.
      for (let second = 0; second < 60; second += 10) {
        queue.add(ids(5, `fresh-${minute}-${second}`));
        await queue.run(10);
      }

      const sent = destination.requests.slice(before);
      expect(sent.length).toBeLessThanOrEqual(10);
      expect(Math.max(0, ...sent.map(({ length }) => length))).toBeLessThanOrEqual(10);
    }
    expect(other.delivered).toHaveLength(5_000 + 300);
  });

  it.each([
    ['another token in its secret', true, 300],
    ['the same token, with a permission that was missing', false, 600],
  ])('drains by itself once it is mended with %s', async (_, canTell, seconds) => {
    const { destination, queue, mend } = held({ canTell });
    queue.add(ids(5_000));
    await queue.run(600);

    mend();
    await queue.run(seconds);

    expect(destination.delivered.toSorted()).toEqual(ids(5_000).toSorted());
    expect(queue.letters).toEqual([]);
  });

  it('drains within quarter of an hour and some minutes when it was held for days', async () => {
    const { destination, queue, mend } = held();
    queue.add(ids(500));
    await queue.run(2 * 86_400);

    mend();
    await queue.run(900 + 300);

    expect(destination.delivered).toHaveLength(500);
  });

  it('costs a put-back every quarter of an hour when it is held for long, and no try', async () => {
    const { queue } = held();
    queue.add(ids(50));
    await queue.run(4_000);
    const before = queue.results.length;

    await queue.run(36_000);

    // One message, back after 450 to 900 seconds.
    expect(queue.results.length - before).toBeLessThanOrEqual(36_000 / 450 + 1);
    const histories = queue.results.at(-1)?.report.holds;
    expect(histories).toMatchObject([{ destination: 'main', waiting: 50, drainSeconds: 900 }]);
  });

  it('names no event in the log after its first try', async () => {
    const { queue } = held();
    queue.add(ids(5));
    await queue.run(600);

    const named = queue.results
      .map(({ groups }) => [...groups.pages(1_000)].flat())
      .map((page) => page.filter(({ outcome }) => outcome === 'waiting').flatMap(({ messageIds }) => messageIds));

    expect(named.flat().toSorted()).toEqual(ids(5).toSorted());
  });

  it('names an event once that came while it was held', async () => {
    const { queue } = held();
    queue.add(ids(5));
    await queue.run(300);
    const before = queue.results.length;

    queue.add(['late-1']);
    await queue.run(600);

    const named = queue.results.slice(before).flatMap(({ groups }) => [...groups.pages(1_000)].flat());
    const waiting = named.filter(({ outcome, destination }) => outcome === 'waiting' && destination === 'main');
    expect(waiting.flatMap(({ messageIds }) => messageIds)).toEqual(['late-1']);
    expect(waiting.length).toBeGreaterThan(1);
  });

  it('says for how long it was held and how long the rest takes to come back', async () => {
    const { queue, mend } = held();
    queue.add(ids(5));
    await queue.run(600);

    mend();
    await queue.run(300);

    const mended = queue.results.flatMap(({ report }) => report.mended);
    expect(mended.length).toBeGreaterThan(0);
    for (const each of mended) {
      expect(each).toMatchObject({ destination: 'main', drainSeconds: 240 });
      expect(each.heldSeconds).toBeGreaterThanOrEqual(600);
    }
  });

  it('is asked with one event by a container that knows nothing of it', async () => {
    const { destination, queue } = held({ containers: 1 });
    queue.add(ids(300));
    await queue.run(1);
    const [held300] = queue.results;
    expect(held300?.report.held).toEqual(['main']);
    const fresh = new SimulatedQueue({ destinations: [destination], containers: 1 });
    fresh.adopt(queue);
    const before = destination.requests.length;

    await fresh.run(60);

    expect(destination.requests[before]).toHaveLength(1);
  });
});
