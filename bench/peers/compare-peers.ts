import { type CorpusName, corpusNames } from '../varied-orders.ts';
import { median } from '../measure.ts';
import { type CandidateName, candidateNames, minimum } from './candidate.ts';
import type { CandidateAnswer, CandidateWork } from './candidate-process.ts';
import { differences, knownDifferences, unknownDifferences } from './compare-work.ts';

export interface PeerFigures {
  readonly name: CandidateName;
  readonly version: string;
  /** Members that it writes otherwise than is known: its ratios are of other work. */
  readonly unknown: readonly string[];
  readonly byCorpus: Readonly<Record<CorpusName, CorpusFigures>>;
}

export interface CorpusFigures {
  /** How many events this project maps in the CPU time that the candidate takes for one: the median of the rounds. */
  readonly ratio: number;
  /** Least of the rounds, in microseconds of CPU an event. */
  readonly leastCpu: number;
}

export interface Comparison {
  readonly rounds: number;
  /** Of a built checkout of rudder-transformer; that candidate is left out without it. */
  readonly rudderstackFolder: string | undefined;
  readonly now: Date;
  readonly run: (work: CandidateWork) => Promise<CandidateAnswer>;
  readonly say: (line: string) => void;
}

const events = 2_000;
const sampled = 100;
/** V8 compiles for some 40,000 events of what this project generates, which is two seconds. */
const duration = { warmUpMs: 4_000, measuredMs: 600 };
const self = 'this project' satisfies CandidateName;

/**
 * Compares this project with others in one run: first whether all do the same work, then what an event costs. A candidate has a
 * process of its own in every round, and all take turns in each, so that a busy moment is one for all of them.
 */
export async function comparePeers({ rounds, rudderstackFolder, now, run, say }: Comparison): Promise<PeerFigures[]> {
  const names = candidateNames.filter(
    (name) => name !== "RudderStack's transformer" || rudderstackFolder !== undefined,
  );
  if (names.length < candidateNames.length) {
    say(
      "RudderStack's transformer is left out: it is not on npm. --rudderstack <folder> names a built checkout of it.",
    );
  }
  const work = (candidate: CandidateName, corpus: CorpusName, count: number): CandidateWork => ({
    candidate,
    corpus,
    rudderstackFolder: rudderstackFolder ?? '',
    events: count,
    at: now.getTime(),
  });

  const found = new Map<CandidateName, Set<string>>(names.map((name) => [name, new Set()]));
  const unknown = new Map<CandidateName, string[]>(names.map((name) => [name, []]));
  const versions = new Map<CandidateName, string>();
  for (const corpus of corpusNames) {
    const { samples: expected } = await run(work(minimum, corpus, sampled));
    for (const name of names) {
      const { samples, version } = await run(work(name, corpus, sampled));
      const members = differences(samples, expected);
      for (const member of members.keys()) found.get(name)?.add(member);
      unknown.set(name, [...new Set([...(unknown.get(name) ?? []), ...unknownDifferences(name, members)])]);
      versions.set(name, version);
    }
  }
  for (const name of names) for (const line of tellDifferences(name, found.get(name) ?? [])) say(line);

  const costs = new Map<string, number[]>();
  const costsOf = (name: CandidateName, corpus: CorpusName): number[] => costs.get(`${corpus} ${name}`) ?? [];
  for (const corpus of corpusNames) {
    for (let round = 1; round <= rounds; round++) {
      for (const name of names) {
        const { cpu } = await run({ ...work(name, corpus, events), measure: duration });
        costs.set(`${corpus} ${name}`, [...costsOf(name, corpus), cpu]);
      }
      say(`${corpus}: round ${round} of ${rounds}`);
    }
  }
  const figures = (name: CandidateName, corpus: CorpusName): CorpusFigures => {
    const [own, others] = [costsOf(self, corpus), costsOf(name, corpus)];
    return {
      ratio: median(others.map((cpu, round) => cpu / (own[round] ?? Number.NaN))),
      leastCpu: Math.min(...others),
    };
  };
  return names.map((name) => ({
    name,
    version: versions.get(name) ?? '',
    unknown: unknown.get(name) ?? [],
    byCorpus: { orders: figures(name, 'orders'), mixed: figures(name, 'mixed') },
  }));
}

/** Lines about what a candidate does differently from the minimum, with the reason where it is known. */
function* tellDifferences(name: CandidateName, members: Iterable<string>): Generator<string> {
  const known = knownDifferences[name];
  const below = (member: string): string => `${member.slice(0, member.indexOf('.'))}.*`;
  for (const member of members) {
    yield `  ${name}: ${member} ${known[member] ?? known[below(member)] ?? 'differs, which was not known: compare before measuring'}`;
  }
}
