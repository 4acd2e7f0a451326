import * as z from 'zod';
import { flag, oneOf, text, texts, wholeNumberFrom } from '../commands/kit/option.ts';

export const partNames = [
  'cost',
  'ingest',
  'deliver',
  'memory',
  'growth',
  'pipeline',
  'latency',
  'drain',
  'cold-start',
] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** A million events delivered, 100,000 through the local pipeline, and 200,000 that waited: minutes instead of seconds. */
  readonly growth: boolean;
  /** Compares with other packages instead of measuring the parts. */
  readonly peers: boolean;
  /** Searches for the costliest events instead of measuring the parts. */
  readonly hostile: boolean;
  /** Folder of a built checkout of RudderStack's transformer, to be compared with as well. */
  readonly rudderstack: string | undefined;
  /** Writes the tables of the comparison into docs/performance.md. */
  readonly write: boolean;
}

export const benchOptions = {
  only: texts('<part>', `${partNames.join(', ')}; all if left out`, z.array(oneOf(partNames)).default([...partNames])),
  rounds: text('<n>', 'rounds to take the median of, 1 to 99; 5 if left out', wholeNumberFrom(1, 99).default(5)),
  growth: flag('a million events, and 100,000 or more through the local pipeline: minutes instead of seconds'),
  peers: flag("compare with Segment's, Meta's and RudderStack's code in one run instead, which is installed for it"),
  hostile: flag(
    'search for the events of 64 KB that take longest in each stage instead: minutes; the more rounds, the longer',
  ),
  rudderstack: text(
    '<folder>',
    "with --peers: built checkout of RudderStack's transformer, to compare with it as well",
  ),
  write: flag('with --peers: write the table into docs/performance.md'),
};
