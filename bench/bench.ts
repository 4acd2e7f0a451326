import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { measureColdStart } from './cold-start.ts';
import { createBenchDelivery } from './deliver.ts';
import {
  destinationsSubjects,
  growWithEvents,
  mappingsSubjects,
  memoryPerMillion,
  productsSubjects,
} from './growth.ts';
import { ingestSubjects } from './ingest.ts';
import { deliveryLatencies, drain, takeAndDeliver } from './local-pipeline.ts';
import { floorName, mappingSubjects } from './map-events.ts';
import { type Cost, measure, type Subject } from './measure.ts';
import { bytesPerEvent } from './memory.ts';
import { withGeneratedTables } from '../docs/generate/generated-tables.ts';
import { defineCommand } from '../commands/kit/define-command.ts';
import { type BenchOptions, benchOptions, type PartName } from './options.ts';
import { comparePeers } from './peers/compare-peers.ts';
import { installPeers } from './peers/install-peers.ts';
import { peerTable } from './peers/peer-table.ts';
import { runCandidate } from './peers/run-candidate.ts';
import { queuedOrders } from './queued-orders.ts';
import { startStandIn } from './start-stand-in.ts';

const root = resolve(import.meta.dirname, '..');
const latencyMs = 150;
const inFlight = 8;

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const kib = (bytes: number): string => `${Math.ceil(bytes / 1_024)} KiB`;

function printCosts(costs: ReadonlyMap<string, Cost>): void {
  console.table(
    [...costs].map(([what, { cpu, wall, ofFloor }]) => ({
      what,
      'of the floor': ofFloor.toFixed(2),
      'CPU µs an event': cpu.toFixed(1),
      'events a second of a core': whole(1e6 / cpu),
      'wall µs an event': wall.toFixed(1),
    })),
  );
}

const floorSubject = (): Subject[] => mappingSubjects().filter(({ name }) => name === floorName);

const parts: Readonly<Record<PartName, (options: BenchOptions) => Promise<void>>> = {
  async cost({ rounds }) {
    printCosts(await measure([...mappingSubjects(), ...ingestSubjects()], rounds));
  },

  async ingest({ rounds }) {
    printCosts(await measure([...floorSubject(), ...ingestSubjects()], rounds));
  },

  async deliver({ rounds }) {
    const events = 20_000;
    const bodies = queuedOrders(events);
    await using standIn = await startStandIn(latencyMs);
    const invoke = await createBenchDelivery(standIn.url);
    const name = `deliver to a Graph API ${latencyMs} ms away`;
    const costs = await measure(
      [...floorSubject(), { name, events, floor: floorName, run: () => invoke(bodies) }],
      rounds,
    );
    const { requests, connections, mostAtOnce, ...counts } = await standIn.counts();
    printCosts(costs);
    const perThousand = (requests / counts.events) * 1_000;
    console.log(
      `${whole(1e6 / (costs.get(name)?.wall ?? Number.NaN))} events a second from one process; ${perThousand.toFixed(2)} requests for ` +
        `1,000 events, at most ${mostAtOnce} of ${inFlight} at once, on ${connections - 1} connections for ${rounds + 1} invocations`,
    );
  },

  async memory() {
    console.log(`An order takes ${whole(bytesPerEvent(10_000))} bytes while its request is under way.`);
  },

  async growth({ growth, rounds }) {
    const grown = [
      mappingsSubjects([1, 10, 100, 500]),
      destinationsSubjects([1, 5, 20]),
      productsSubjects([1, 3, 10, 50]),
    ];
    const costs = await measure(grown.flat(), rounds);
    console.table(
      [...costs].map(([what, { cpu, ofFloor }]) => ({
        'an order with': what,
        'CPU µs': cpu.toFixed(1),
        'of the first': ofFloor.toFixed(2),
      })),
    );
    await using standIn = await startStandIn(0);
    const delivered = await growWithEvents(standIn.url, growth ? 1_000_000 : 100_000);
    console.table(
      delivered.map(({ events, cpu, rssMiB, liveMiB }) => ({
        events: whole(events),
        'CPU µs an event': cpu.toFixed(1),
        'of the first': (cpu / (delivered[0]?.cpu ?? Number.NaN)).toFixed(2),
        'memory MiB': whole(rssMiB),
        'in use MiB': liveMiB.toFixed(1),
      })),
    );
    console.log(
      `Memory in use grows by ${memoryPerMillion(delivered).toFixed(1)} MiB a million events, by the second half against the first.`,
    );
  },

  async pipeline({ growth }) {
    const events = growth ? 100_000 : 20_000;
    const { seconds, takenSeconds, medianMs, turnedAway, requests } = await takeAndDeliver(events);
    console.log(
      `npm start takes ${whole(events)} orders in ${takenSeconds.toFixed(1)} s, ${whole(events / takenSeconds)} a second, answering in ` +
        `${whole(medianMs)} ms at the median, and has delivered them in ${seconds.toFixed(1)} s: ${whole(events / seconds)} a second, ` +
        `${((requests / events) * 1_000).toFixed(2)} requests for 1,000 events, ${turnedAway} answers 503`,
    );
  },

  async latency() {
    const latencies = await deliveryLatencies([10, 100, 1_000], 10);
    console.table(
      latencies.map(({ eventsPerSecond, p50, p99 }) => ({
        'events a second': whole(eventsPerSecond),
        'p50 ms': whole(p50),
        'p99 ms': whole(p99),
      })),
    );
  },

  async drain({ growth }) {
    const events = growth ? 200_000 : 20_000;
    const { takenSeconds, halfSeconds, seconds } = await drain(events);
    console.log(
      `npm start takes ${whole(events)} orders in ${takenSeconds.toFixed(1)} s while Meta is down; once Meta answers, half of them ` +
        `are there after ${halfSeconds.toFixed(1)} s and all after ${seconds.toFixed(1)} s: ${whole(events / seconds)} a second`,
    );
  },

  async 'cold-start'({ rounds }) {
    const measured = await measureColdStart(root, rounds * 2 + 1);
    const bare = measured.find(({ name }) => name === 'bare SQS client')?.cpuMs ?? Number.NaN;
    console.table(
      measured.map(({ name, startBytes, totalBytes, cpuMs, leastCpuMs }) => ({
        'in a fresh process': name,
        'of the bare client': (cpuMs / bare).toFixed(2),
        'CPU ms': Math.round(cpuMs),
        'at least': Math.round(leastCpuMs),
        'loaded at start': kib(startBytes),
        'in all': kib(totalBytes),
      })),
    );
  },
};

async function compareWithPeers(
  { rounds, rudderstack, write }: BenchOptions,
  now: Date,
  say: (line: string) => void,
): Promise<void> {
  installPeers(say);
  const figures = await comparePeers({ rounds, rudderstackFolder: rudderstack, now, run: runCandidate, say });
  const table = peerTable(figures);
  say(`\nThis project maps so many events in the CPU time that the other takes for one:\n\n${table}`);
  if (!write) return;
  const others = figures.filter(({ unknown }) => unknown.length > 0).map(({ name }) => name);
  if (others.length > 0)
    throw new Error(`Nothing is written: other work than is known is done by ${others.join(', ')}.`);
  const file = resolve(root, 'docs/performance.md');
  writeFileSync(file, withGeneratedTables(readFileSync(file, 'utf8'), { peers: () => table }));
  say(`\nwritten to ${file}`);
}

async function searchSlow(rounds: number, say: (line: string) => void): Promise<void> {
  const { hostileStages } = await import('./hostile/stages.ts');
  const { searchSlowEvents } = await import('./hostile/times-of-events.ts');
  const search = { seed: 12, rounds, climbs: 4 * rounds, oneIn: Math.ceil(100 / rounds) };
  for (const stage of hostileStages()) {
    const { ordinary, worst } = await searchSlowEvents(stage, search);
    say(`\n${stage.name}: an ordinary event ${ordinary.toFixed(0)} µs`);
    for (const { kind, place, shape, recipe, cost } of worst) {
      const times = ordinary < 1 ? '' : `${(cost / ordinary).toFixed(1)} ×, `;
      say(`${cost.toFixed(0)} µs, ${times}${kind}: ${place}, ${shape}, ${JSON.stringify(recipe)}`);
    }
  }
}

export const bench = defineCommand({
  name: 'bench',
  summary: 'What one event costs in each stage, against the floor, and what a function loads before its first.',
  page: 'docs/performance.md',
  examples: [
    'npm run bench',
    'npm run bench -- --only cost --rounds 9',
    'npm run bench -- --peers',
    'npm run bench -- --hostile',
  ],
  options: benchOptions,
  async run({ only, ...options }, { say, clock }) {
    const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { readonly version: string };
    const processors = cpus();
    say(
      `meta-conversions-pipeline ${version}, Node ${process.version}, ${processors.length} × ${processors[0]?.model ?? 'unknown'}, medians of ${options.rounds} rounds`,
    );
    if (options.peers) {
      await compareWithPeers(options, clock(), say);
      return { result: undefined };
    }
    if (options.hostile) {
      await searchSlow(options.rounds, say);
      return { result: undefined };
    }
    for (const part of only) {
      say(`\n${part}`);
      await parts[part](options);
    }
    return { result: undefined };
  },
});
