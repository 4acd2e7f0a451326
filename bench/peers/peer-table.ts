import { markdownTable } from '../../commands/kit/table.ts';
import type { CandidateName } from './candidate.ts';
import type { PeerFigures } from './compare-peers.ts';

/** How many times as fast as each of them the project means to be. */
const targets: Readonly<Partial<Record<CandidateName, number>>> = {
  "Segment's action": 8,
  "Segment's framework": 20,
  "Meta's SDK": 3,
  'by hand over JSON.parse': 1.5,
  'from bytes to bytes': 0.75,
};

const times = (ratio: number): string => (ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2));

/** Table of the comparison in Markdown: how many times as fast this project is. */
export const peerTable = (figures: readonly PeerFigures[]): string =>
  markdownTable(
    ['held against', 'orders', 'mixed events', 'target', 'CPU µs an order', 'CPU µs a mixed event'],
    figures.map(({ name, version, byCorpus: { orders, mixed } }) => [
      version === '' ? name : `${name} ${version}`,
      times(orders.ratio),
      times(mixed.ratio),
      String(targets[name] ?? ''),
      orders.leastCpu.toFixed(1),
      mixed.leastCpu.toFixed(1),
    ]),
  );
