import type { Round } from './round.ts';
import { order, sendUntilTaken, until } from './send.ts';

/** Events whose members have the wrong types, among good ones: what the checks pass, the Graph API takes. */
export const poison: Round = async ({ pipeline, graph, random, short }) => {
  const count = short ? 200 : 2_000;
  const before = graph.requests();
  const batch = Array.from({ length: count }, (_, n) =>
    n % 10 === 0 ? poisoned(`poison-${n}`, random) : order(`beside-${n}`),
  );
  await sendUntilTaken(pipeline.url, 'server-key', batch);
  const good = batch.map(({ messageId }) => String(messageId)).filter((id) => id.startsWith('beside-'));
  await until(() => good.every((id) => graph.stored.has(id)), 60_000);
  const missing = good.filter((id) => !graph.stored.has(id)).length;
  return {
    figures: [
      `${count} events, a tenth with members of the wrong type: ${graph.requests() - before} requests to the Graph API, ` +
        `${good.length - missing} of ${good.length} good events delivered`,
    ],
    breaches: missing > 0 ? [`${missing} good events did not arrive`] : [],
  };
};

const wrong: readonly unknown[] = ['abc', 5, {}, [], 'x', true, null, -1, '1e999', ['a', {}], { a: 1 }, 1e21];
const members = ['value', 'currency', 'order_id', 'contents', 'num_items', 'content_ids', 'content_type', 'status'];

function poisoned(id: string, random: () => number): Record<string, unknown> {
  const pick = (): unknown => wrong[Math.floor(random() * wrong.length)];
  return order(id, { event: 'Custom X', properties: Object.fromEntries(members.map((name) => [name, pick()])) });
}
