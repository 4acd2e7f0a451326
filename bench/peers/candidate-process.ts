import type { JsonObject } from '../../shared/segment/event.ts';
import { type CorpusName, variedEvents } from '../varied-orders.ts';
import type { Candidate, CandidateName } from './candidate.ts';
import { loadCandidate } from './load-candidate.ts';
import { switchNetworkOff } from './no-network.ts';

/** Work of a process of its own for one candidate. Durations are of CPU, in milliseconds. */
export interface CandidateWork {
  readonly candidate: CandidateName;
  readonly rudderstackFolder: string;
  readonly corpus: CorpusName;
  readonly events: number;
  /** When the last event of the corpus happened, in milliseconds since 1970. */
  readonly at: number;
  /** Left out where only samples are wanted: the server event of each event. */
  readonly measure?: { readonly warmUpMs: number; readonly measuredMs: number };
}

export interface CandidateAnswer {
  readonly version: string;
  readonly samples: readonly JsonObject[];
  /** CPU of the whole process for an event, in microseconds. */
  readonly cpu: number;
}

const eventsPerCall = 100;
const leastEvents = 6_000;
const leastMeasured = 300;

async function answer({ candidate: name, rudderstackFolder, corpus, events, at, measure }: CandidateWork) {
  const texts = variedEvents(corpus, events, new Date(at));
  const candidate = await loadCandidate(name, rudderstackFolder);
  const { version = '' } = candidate;
  if (measure === undefined) {
    const samples: JsonObject[] = [];
    for (const text of texts) samples.push(await candidate.sample(text));
    return { version, samples, cpu: Number.NaN };
  }
  const pass = passOver(candidate, texts);
  // Slow candidates, too, run until V8 has compiled them.
  await pass(measure.warmUpMs, leastEvents);
  globalThis.gc?.();
  return { version, samples: [], cpu: await pass(measure.measuredMs, leastMeasured) };
}

/** Goes on over the texts, round and round, until so much CPU has been used for so many events; tells the CPU of an event. */
function passOver(candidate: Candidate, texts: readonly string[]) {
  const calls = Array.from({ length: Math.ceil(texts.length / eventsPerCall) }, (_, index) =>
    texts.slice(index * eventsPerCall, (index + 1) * eventsPerCall),
  );
  let next = 0;
  return async (cpuMs: number, atLeast: number): Promise<number> => {
    const before = process.cpuUsage();
    for (let done = 0; ; ) {
      const call = calls[next] ?? [];
      // What is remembered of people who come again is worth something within a pass, not from one to the next.
      if (next === 0) candidate.reset?.();
      const bytes = await candidate.run(call);
      if (bytes === 0) throw new Error('Nothing was made of the events.');
      next = (next + 1) % calls.length;
      done += call.length;
      const { user, system } = process.cpuUsage(before);
      if (done >= atLeast && user + system >= cpuMs * 1_000) return (user + system) / done;
    }
  };
}

switchNetworkOff();
const [, , work = ''] = process.argv;
// Peers may write to the output as well: the last line counts.
process.stdout.write(`\n${JSON.stringify(await answer(JSON.parse(work) as CandidateWork))}\n`, () => process.exit(0));
