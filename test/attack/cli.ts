import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { seededRandom } from '../chaos/seeded-random.ts';
import { endPipelines, freePort, startPipeline } from '../e2e/support/pipeline.ts';
import { startCountingGraph } from './counting-graph.ts';
import { flood } from './flood.ts';
import { fullDisk } from './full-disk.ts';
import { canaries, fuzz } from './fuzz.ts';
import { hostile } from './hostile.ts';
import { kills } from './kills.ts';
import { poison } from './poison.ts';
import type { Round } from './round.ts';

/** `npm run attack`: exits with 0 when the pipeline held, with 1 when not, with 2 for a wrong option. */
const rounds = { fuzz, hostile, poison, flood, kills, 'full-disk': fullDisk } satisfies Record<string, Round>;
type RoundName = keyof typeof rounds;

const usage = `Usage: npm run attack -- [options]

Attacks a copy of the pipeline that it starts on 127.0.0.1, and prints what happened.

  --only <round>   ${Object.keys(rounds).join(', ')}; may be repeated (default all)
  --seed <number>  which requests, texts and moments (default 1)
  --minutes <n>    how long the round "hostile" attacks, 1 to 60 (default 1)
  --short          a fraction of the size, for a run of half a minute that judges no times
  --help

Example: npm run attack -- --only flood --seed 7`;

const Options = z.object({
  only: z.array(z.enum(Object.keys(rounds) as [RoundName, ...RoundName[]])).optional(),
  seed: z.coerce.number().int().min(0).default(1),
  minutes: z.coerce.number().int().min(1).max(60).default(1),
  short: z.boolean().default(false),
});

// What the rounds started is ended, and only then cleared away: a process that is dying may still write.
for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, () => void endPipelines().then(() => process.exit(code)));
}
process.exitCode = await main();

async function main(): Promise<number> {
  let options: z.infer<typeof Options>;
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        seed: { type: 'string' },
        minutes: { type: 'string' },
        short: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) {
      console.log(usage);
      return 0;
    }
    options = Options.parse(values);
  } catch (error) {
    console.error(`${error instanceof z.ZodError ? z.prettifyError(error) : error}\n\n${usage}`);
    return 2;
  }
  return attack(options);
}

async function attack({ only, seed, minutes, short }: z.infer<typeof Options>): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'attack-'));
  const leave = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', leave);
  const graph = await startCountingGraph(Object.values(canaries));
  const port = await freePort();
  const start = () =>
    startPipeline({
      port,
      stateDirectory: join(directory, 'state'),
      env: { GRAPH_API_URL: graph.url, CONFIG: 'test/attack/config.ts', WRITE_KEY: 'server-key' },
    });
  const target = {
    pipeline: await start(),
    graph,
    random: seededRandom(seed),
    short,
    minutes,
    stateDirectory: join(directory, 'state'),
    async restart() {
      await target.pipeline.kill();
      target.pipeline = await start();
    },
  };
  let held = true;
  try {
    for (const name of only ?? (Object.keys(rounds) as RoundName[])) {
      const { figures, breaches } = await rounds[name](target);
      for (const line of figures) console.log(`${name}: ${line}`);
      for (const line of breaches) console.log(`${name}: NOT HELD: ${line}`);
      held &&= breaches.length === 0;
    }
  } finally {
    await target.pipeline.stop();
    await graph.close();
    leave();
  }
  console.log(`seed ${seed}: ${held ? 'the pipeline held' : 'the pipeline did not hold'}`);
  return held ? 0 : 1;
}
