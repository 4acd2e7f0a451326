import type { Candidate, CandidateName } from './candidate.ts';
import { mapperCandidate } from './mapper-candidate.ts';

/**
 * Loads a candidate, and nothing of the others.
 *
 * @param rudderstackFolder see the candidate; empty where it is not asked for
 */
export async function loadCandidate(name: CandidateName, rudderstackFolder: string): Promise<Candidate> {
  return loaders[name](rudderstackFolder);
}

const loaders: Readonly<Record<CandidateName, (rudderstackFolder: string) => Promise<Candidate>>> = {
  'this project': async () => {
    const { createBenchMapper } = await import('../mapper.ts');
    return mapperCandidate(createBenchMapper());
  },
  "Segment's action": async () => (await import('./segment.ts')).segmentAction(),
  "Segment's framework": async () => (await import('./segment.ts')).segmentFramework(),
  "Meta's SDK": async () => (await import('./meta-sdk.ts')).metaSdk(),
  "RudderStack's transformer": async (folder) => (await import('./rudderstack.ts')).rudderstack(folder),
  'by hand over JSON.parse': async () => {
    const { createHandWrittenMapper } = await import('./hand-written.ts');
    return mapperCandidate(createHandWrittenMapper());
  },
  'from bytes to bytes': async () => {
    const { createBytesToBytesMapper } = await import('./bytes-to-bytes.ts');
    return mapperCandidate(createBytesToBytesMapper());
  },
};
