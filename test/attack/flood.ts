import type { Round } from './round.ts';
import { median, order, sendUntilTaken, until } from './send.ts';

/** Eight requests of 2,500 orders in parallel, three times in a row: each order arrives exactly once. */
export const flood: Round = async ({ pipeline, graph, short }) => {
  const [bursts, requests, perRequest] = short ? [1, 8, 250] : [3, 8, 2_500];
  const figures: string[] = [];
  const breaches: string[] = [];
  for (let burst = 1; burst <= bursts; burst++) {
    const batches = Array.from({ length: requests }, (_, request) =>
      Array.from({ length: perRequest }, (_, n) => order(`flood-${burst}-${request}-${n}`)),
    );
    const ids = batches.flat().map(({ messageId }) => String(messageId));
    const startedAt = Date.now();
    const answers = await Promise.all(
      batches.map(async (batch) => {
        const statuses = await sendUntilTaken(pipeline.url, 'server-key', batch);
        return { statuses, ms: Date.now() - startedAt };
      }),
    );
    const statuses = answers.flatMap((answer) => answer.statuses);
    const answeredMs = median(answers.map(({ ms }) => ms));
    const isComplete = await until(() => ids.every((id) => graph.stored.has(id)), 120_000);
    const seconds = (Date.now() - startedAt) / 1_000;
    const missing = ids.filter((id) => !graph.stored.has(id)).length;
    const repeated = ids.filter((id) => (graph.stored.get(id) ?? 0) > 1).length;
    const others = statuses.filter((status) => status !== 200 && status !== 503);
    figures.push(
      `burst ${burst}: ${ids.length} orders in ${requests} parallel requests, taken after ${answeredMs} ms at the median ` +
        `(503 × ${statuses.filter((status) => status === 503).length}), ` +
        `${isComplete ? 'all' : ids.length - missing} delivered after ${seconds.toFixed(1)} s, ${repeated} more than once`,
    );
    if (missing > 0) breaches.push(`burst ${burst}: ${missing} orders did not arrive`);
    if (repeated > 0) breaches.push(`burst ${burst}: ${repeated} orders arrived more than once`);
    if (others.length > 0) breaches.push(`burst ${burst}: answers ${[...new Set(others)].join(', ')}`);
    if (!short && seconds > 30) breaches.push(`burst ${burst}: took ${seconds.toFixed(1)} s, more than 30`);
  }
  return { figures, breaches };
};
