import { randomUUID } from 'node:crypto';
import { buildBundles } from '../build/bundles.ts';
import config from '../config/local.ts';
import { compileDestinations } from '../shared/pipeline/compile-destinations.ts';
import { packMessages } from '../shared/pipeline/message.ts';
import { planEvent } from '../shared/pipeline/plan.ts';
import { checkEvent } from '../shared/segment/check-event.ts';
import type { JsonObject } from '../shared/segment/event.ts';
import { coldStart } from './cold-start.ts';
import { orderCompleted } from './order-completed.ts';
import { sha256Hex } from '../shared/meta/sha256-hex.ts';

/** `npm run bench`: what one event costs in each stage, and what a function loads before its first. */
const root = new URL('..', import.meta.url).pathname;
const rounds = 7;
const events = 20_000;

const destination = (await compileDestinations(config, sha256Hex)).get('main');
if (destination === undefined) throw new Error('config/local.ts has no destination "main"');
const now = new Date();
const defaults = { source: 'bench', receivedAt: now, randomId: randomUUID };
const raw = Array.from({ length: events }, (_, index) => orderCompleted(index, now));
const checked = raw.map((event) => checkEvent(event, defaults)).filter((event) => 'json' in event);
const accepted = checked.map(({ json }) => JSON.parse(json) as JsonObject);

report('check and write an event', () => raw.map((event) => checkEvent(event, defaults)));
report('pack it into a message', () => packMessages({ source: 'bench' }, checked));
report('map, normalise and hash it', () => accepted.map((event) => planEvent(event, destination, now)));

for (const { name, startBytes, totalBytes } of await buildBundles(root)) {
  console.log(`${name} bundle: ${kib(startBytes)} loaded at start, ${kib(totalBytes)} in all`);
}
for (const { name, cpuMs, emptyMs } of await coldStart(root)) {
  console.log(`${name} cold start: ${cpuMs} ms of CPU to load (an empty module: ${emptyMs} ms)`);
}

/** The best of some rounds: the one that the machine disturbed least. */
function report(what: string, run: () => unknown): void {
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1_000;
  });
  const microseconds = Math.min(...times) / events;
  console.log(
    `${what}: ${microseconds.toFixed(1)} µs, ${Math.round(1e6 / microseconds).toLocaleString('en')} a second`,
  );
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
