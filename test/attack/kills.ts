import { setTimeout as sleep } from 'node:timers/promises';
import type { Round } from './round.ts';
import { order, sendBatch, until } from './send.ts';

/** Kills the whole pipeline with SIGKILL at random moments under traffic: what was answered 200 arrives. */
export const kills: Round = async (target) => {
  const { graph, random, short } = target;
  const rounds = short ? 2 : 10;
  const accepted = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    let sending = true;
    const sender = (async () => {
      for (let n = 0; sending; n++) {
        const batch = Array.from({ length: 20 }, (_, each) => order(`kill-${round}-${n}-${each}`));
        const { status } = await sendBatch(target.pipeline.url, 'server-key', batch);
        if (status === 200) for (const { messageId } of batch) accepted.add(String(messageId));
        else await sleep(20);
      }
    })();
    await sleep(300 + random() * 1_500);
    await target.restart();
    sending = false;
    await sender;
  }
  await until(() => [...accepted].every((id) => graph.stored.has(id)), 120_000);
  const lost = [...accepted].filter((id) => !graph.stored.has(id)).length;
  const twice = [...accepted].filter((id) => (graph.stored.get(id) ?? 0) > 1).length;
  return {
    figures: [
      `${rounds} kills: ${accepted.size} events answered 200, ${accepted.size - lost} delivered, ${twice} sent again under the same id`,
    ],
    breaches: lost > 0 ? [`${lost} events were answered 200 and lost`] : [],
  };
};
