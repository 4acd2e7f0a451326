import * as z from 'zod';
import { flag, oneOf, text, texts, wholeNumberFrom } from '../commands/kit/option.ts';

export const partNames = ['cost', 'ingest', 'deliver', 'memory', 'growth', 'pipeline', 'cold-start'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** A million events, and 100,000 through the local pipeline: minutes instead of seconds. */
  readonly growth: boolean;
}

export const benchOptions = {
  only: texts('<part>', `${partNames.join(', ')}; all if left out`, z.array(oneOf(partNames)).default([...partNames])),
  rounds: text('<n>', 'rounds to take the median of, 1 to 99; 5 if left out', wholeNumberFrom(1, 99).default(5)),
  growth: flag('a million events, and 100,000 through the local pipeline: minutes instead of seconds'),
};
