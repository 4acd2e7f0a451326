import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CandidateAnswer, CandidateWork } from './candidate-process.ts';

/** Runs a candidate in a fresh process. @throws with the error that ended it */
export async function runCandidate(work: CandidateWork): Promise<CandidateAnswer> {
  const file = resolve(import.meta.dirname, 'candidate-process.ts');
  const child = spawn(process.execPath, ['--expose-gc', file, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  if (last.startsWith('{')) return JSON.parse(last) as CandidateAnswer;
  throw new Error(`${work.candidate} could not be run: ${causeIn(errors)}`);
}

/** Message of an uncaught error, which stands before its stack; else the end of the text. */
const causeIn = (errors: string): string =>
  /^\w*Error: .+$/m.exec(errors)?.[0] ?? errors.trim().split('\n').slice(-8).join('\n');
